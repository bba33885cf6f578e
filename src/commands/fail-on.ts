import { EXIT, LockstepError } from '../errors.ts';
import type { Plan } from '../model/plan.ts';
import { failuresOf } from '../reconcile/apply/guard.ts';
import { FAILURES } from '../reconcile/fail-on.ts';
import { type Flags, textsOf } from './flags.ts';

/** What `--fail-on` asks not to let pass, in whichever command. */
export function failOnRefusal(plan: Plan, flags: Flags): LockstepError | undefined {
  const found = failuresOf(
    plan,
    FAILURES.filter((failure) => textsOf(flags, 'failOn').includes(failure)),
  );
  if (found.length === 0) return undefined;
  return new LockstepError(found.map((failure) => `refused by --fail-on: ${failure}`).join('\n'), {
    exitCode: EXIT.refused,
    hint: 'nothing was sent',
  });
}
