/** A plan through a client that has no way to write: all that `plan` and `drift` are handed. */
import type { Plan } from '../model/plan.ts';
import { selectionFrom } from '../reconcile/select.ts';
import type { Budget } from '../report/index.ts';
import { type Host, startProgress } from '../terminal.ts';
import { openReader } from '../zoom/zoom.ts';
import { budgetOf } from './budget.ts';
import { connectionOf, environmentOf, type Flags, isOn, reportsOf, textsOf } from './flags.ts';
import { makePlan, readPolicies } from './planning.ts';
import { eventsFor, summaryOf, tellWarnings } from './telling.ts';

export async function planReadOnly(
  host: Host,
  paths: readonly string[],
  flags: Flags,
): Promise<{ plan: Plan; budget: Budget }> {
  reportsOf(flags);
  const env = await environmentOf(host, flags);
  const policies = await readPolicies(host, env, paths, flags, 'required');
  tellWarnings(host, policies.warnings);
  const connection = connectionOf(env, flags);
  const verbose = isOn(flags, 'verbose');
  const progress = await startProgress(host, { quiet: isOn(flags, 'quiet'), verbose });
  const zoom = openReader(connection, eventsFor(progress, verbose));
  try {
    const { plan } = await makePlan(policies, zoom, {
      selection: selectionFrom(textsOf(flags, 'target')),
      assumeUnlocked: isOn(flags, 'assumeUnlocked'),
      onProgress: progress.say,
    });
    return { plan, budget: budgetOf(plan, connection) };
  } finally {
    progress.stop();
    zoom.close();
    if (verbose) host.stderr.write(summaryOf(zoom.counts()));
  }
}
