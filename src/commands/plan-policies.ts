/** What plan, drift and apply have in common: the plan that policies come to, with the day's limit kept and secrets remembered. */

import type { ZoomReader } from '../model/zoom-api.ts';
import type { LoadedPolicies } from '../policy/load.ts';
import { makePlan, type Planned } from '../reconcile/plan/make-plan.ts';
import type { Host } from '../terminal.ts';
import type { Session } from '../zoom/zoom.ts';
import type { Connected } from './connected.ts';
import type { Flags } from './flags.ts';
import { planningOptions } from './plan-options.ts';
import { refuseReading } from './quota.ts';
import { secretMemory } from './secrets.ts';

export async function planPolicies(
  host: Host,
  flags: Flags,
  policies: Pick<LoadedPolicies, 'desired' | 'secrets'>,
  { zoom, connection, progress }: Connected<ZoomReader & Session>,
): Promise<Planned> {
  const ofSecret = await secretMemory(host, flags, zoom.account, policies);
  const onReads = (documents: number) => refuseReading(zoom, connection, documents);
  return makePlan(policies, zoom, { ...planningOptions(flags, progress, connection), ofSecret, onReads });
}
