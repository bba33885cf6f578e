/** What the process ends with, from what a plan or a run came to. */
import { EXIT, type ExitCode, LockstepError } from '../errors.ts';
import { countResult } from '../model/counts.ts';
import { changesOf, type Plan } from '../model/plan.ts';
import type { ApplyResult, ChangeResult } from '../model/result.ts';

/**
 * Whether Zoom differs from the policies. A setting that Zoom does not offer is shown and is no difference: absent is
 * neither a value nor drift.
 */
export function hasDifferences(plan: Pick<Plan, 'waves' | 'blocked'>): boolean {
  return plan.waves.length > 0 || plan.blocked.some(({ reason }) => reason !== 'not-offered');
}

/**
 * As `hasDifferences`, for somebody who did not ask for a change: a secret that Zoom does not return and of which nothing
 * is known here, as in a fresh checkout, would otherwise be drift for ever.
 */
export function hasDrift(plan: Plan): boolean {
  const changes = changesOf(plan).filter((change) => change.kind !== 'set' || change.unconfirmed !== true);
  return hasDifferences({ ...plan, waves: changes.length === 0 ? [] : plan.waves });
}

export function exitCodeOf(result: ApplyResult): ExitCode {
  const { applied, remaining } = countResult(result);
  if (result.interrupted) return EXIT.interrupted;
  if (result.halted instanceof LockstepError && !result.results.some(mayHaveWritten)) return result.halted.exitCode;
  return applied === result.results.length && remaining === 0 ? EXIT.ok : EXIT.partial;
}

/** What was not read back may be in Zoom all the same. */
function mayHaveWritten(result: ChangeResult): boolean {
  switch (result.status) {
    case 'applied':
    case 'ineffective':
      return true;
    case 'failed':
      return result.refusal.mayBeTaken === true;
    case 'notAttempted':
      return false;
  }
}
