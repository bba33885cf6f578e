/** A plan through a client that has no way to write: all that `plan` and `drift` are handed. */
import type { Plan } from '../model/plan.ts';
import type { Budget, RequestTally } from '../report/index.ts';
import type { Host } from '../terminal.ts';
import { openReader } from '../zoom/zoom.ts';
import { budgetOf, tallyOf } from './budget.ts';
import { connected } from './connected.ts';
import { environmentOf, type Flags } from './flags.ts';
import { planPolicies } from './plan-policies.ts';
import { readPolicies } from './policies.ts';
import { tellCarryingOut } from './quota.ts';
import { tellWarnings } from './stderr.ts';
import { checkReports } from './write-report.ts';

export async function planReadOnly(
  host: Host,
  paths: readonly string[],
  flags: Flags,
): Promise<{ plan: Plan; budget: Budget; requests: RequestTally }> {
  await checkReports(host, flags);
  const env = await environmentOf(host, flags);
  // Of the policies no more than this is kept: of thousands of users the files would be a good part of the memory.
  const { desired, secrets, warnings } = await readPolicies(host, env, paths, flags, 'required');
  tellWarnings(host, warnings);
  return connected(host, env, flags, openReader, async (open) => {
    const { zoom, connection } = open;
    const { plan } = await planPolicies(host, flags, { desired, secrets }, open);
    tellCarryingOut(host, zoom, connection, plan);
    return { plan, budget: budgetOf(plan, connection), requests: tallyOf(zoom) };
  });
}
