/** What plan, drift and apply have in common: the plan that policies come to, within the daily quota and with secrets remembered. */
import type { ZoomReader } from '../model/zoom-api.ts';
import type { LoadedPolicies } from '../policy/load.ts';
import { makePlan, type Planned, type PlanningOptions } from '../reconcile/plan/make-plan.ts';
import { selectionFrom } from '../reconcile/plan/select.ts';
import type { Connection } from '../zoom/connection.ts';
import type { Session } from '../zoom/zoom.ts';
import { type Call, today } from './call.ts';
import { refuseReading } from './quota.ts';
import { secretMemory } from './secrets.ts';
import type { Connected } from './with-zoom.ts';

export interface PlanningSettings {
  readonly target: readonly string[];
  readonly assumeUnlocked: boolean;
  readonly writeSecret?: readonly string[];
}

export async function planPolicies(
  call: Call,
  settings: PlanningSettings,
  policies: Pick<LoadedPolicies, 'desired' | 'secrets' | 'waivers'>,
  { zoom, connection }: Connected<ZoomReader & Session>,
): Promise<Planned> {
  const ofSecret = await secretMemory(call, settings.writeSecret ?? [], zoom.account, policies);
  const onReads = (documents: number) => refuseReading(zoom, connection, documents);
  const { waivers } = policies;
  const options = { ...planningOptions(call, settings, connection), waivers, today: today() };
  return makePlan(policies, zoom, { ...options, ofSecret, onReads });
}

export function planningOptions(
  call: Call,
  { target, assumeUnlocked }: PlanningSettings,
  connection: Connection,
): PlanningOptions {
  const atOnce = targetsAtOnce(connection);
  return { selection: selectionFrom(target), assumeUnlocked, onProgress: call.progress, atOnce };
}

/** Enough to keep the requests flowing. */
export function targetsAtOnce({ concurrency }: Connection): number {
  return concurrency * 2;
}
