import { EXIT } from '../errors.ts';
import { hasDrift } from '../reconcile/outcome.ts';
import type { Host } from '../terminal.ts';
import type { Flags } from './flags.ts';
import { writeReport } from './output.ts';
import { planReadOnly } from './read-only.ts';

/** The same plan as `plan` makes, worded for somebody who did not ask for a change. */
export async function drift(host: Host, paths: readonly string[], flags: Flags): Promise<number> {
  const { plan, budget } = await planReadOnly(host, paths, flags);
  const exitCode = hasDrift(plan) ? EXIT.differences : EXIT.ok;
  await writeReport(host, flags, { kind: 'drift', plan, budget, exitCode });
  return exitCode;
}
