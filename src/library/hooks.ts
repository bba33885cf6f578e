/** What a run reports to the program that called it, while it goes on. */
import type { LockstepError } from '../errors.ts';
import type { Problem } from '../model/problem.ts';

/** Something that the caller should know and that stops nothing. `message` is for people. */
export type RunWarning =
  /** About a line of a policy. */
  | { readonly kind: 'policy'; readonly message: string; readonly problem: Problem }
  /** Policies that cannot be read where the answer is complete but for them. */
  | { readonly kind: 'policies-left-out'; readonly message: string; readonly error: LockstepError }
  /**
   * - daily-quota: what is left of the day's requests is not enough for an apply
   * - earlier-run: the last run was killed; what it left undone is planned again
   * - stale: a change of a saved plan that is left out, because Zoom has moved
   * - not-undone: a change of a run that cannot be undone
   * - environment: variables of the connection are set otherwise in the environment than in `envFile`, and win
   * - journal: something was done that the journal does not hold
   * - unseen: why the call ends with 1 or 5, or an export with another code than 0, although it has a result
   */
  | {
      readonly kind: 'daily-quota' | 'earlier-run' | 'environment' | 'stale' | 'not-undone' | 'journal' | 'unseen';
      readonly message: string;
    };

/** API requests sent, retries included, by Zoom's rate classes; and the fewest that would have done. */
export interface RequestsMade {
  readonly light: number;
  readonly medium: number;
  readonly heavy: number;
  readonly minimum: number;
}

export interface Hooks {
  /** Called with what the run is doing, as one line: `Reading Zoom: 3 of 10 targets`. */
  readonly onProgress?: (text: string) => void;
  /** Called with warnings as they are found. All of them are in what the call returns, too. */
  readonly onWarnings?: (warnings: readonly RunWarning[]) => void;
}

/** The same for calls that ask Zoom. */
export interface RequestHooks {
  /** Called before each request; retries count. */
  readonly onRequest?: (request: { readonly method: string; readonly path: string }) => void;
  /** Called once, when the last request is done, also when the call fails. */
  readonly onRequestsMade?: (requests: RequestsMade) => void;
}
