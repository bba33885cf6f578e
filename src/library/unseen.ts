/** Why a call with a result ends as if it had none. */
import { EXIT, type ExitCode } from '../errors.ts';
import { type Tally, unseenIn, unseenWords } from '../model/outcomes.ts';
import type { RunWarning } from './hooks.ts';

/** Differences, and what was applied in part, are told by the result itself. */
export function unseenWarnings(tally: Tally, exitCode: ExitCode): readonly RunWarning[] {
  const isError = exitCode === EXIT.error || exitCode === EXIT.credentials;
  if (!isError || unseenIn(tally) === 0) return [];
  return [{ kind: 'unseen', message: `not all could be seen: ${unseenWords(tally)}; the report says what, and why` }];
}
