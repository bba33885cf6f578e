import { LockstepError } from '../errors.ts';
import { plural } from '../util/plural.ts';
import type { Clock } from './clock.ts';
import { type ClientEvents, NOTEWORTHY_WAIT } from './events.ts';
import { retryDelay, type TroubleKind } from './retry.ts';

/** One attempt that did not bring an answer to keep. `reason` is fit for a message. */
export interface Trouble {
  readonly kind: TroubleKind;
  readonly reason: string;
  /** HTTP status and Zoom's code, where an answer came. */
  readonly status?: number;
  readonly code?: number;
  /** Milliseconds that the server asked for. */
  readonly retryAfter?: number;
  /** The request may have reached Zoom and been carried out. */
  readonly mayBeTaken: boolean;
  readonly hint?: string;
}

export type Attempt<T> =
  | { readonly kind: 'settled'; readonly value: T }
  | { readonly kind: 'trouble'; readonly trouble: Trouble };

/** No attempt brought an answer: the last trouble, in words that count the tries. */
export interface Failure extends Trouble {
  readonly tries: number;
}

export type Persisted<T> =
  | {
      readonly kind: 'settled';
      readonly value: T;
      /** A try before this one may have reached Zoom and been carried out. */
      readonly mayBeTaken: boolean;
    }
  | { readonly kind: 'failed'; readonly failure: Failure };

/**
 * Attempts until one settles or the policy of `retryDelay` gives up; each kind of trouble has its own count. What an
 * attempt throws is thrown, unless a try before it may have been carried out: that must be told, and comes first.
 */
export async function persist<T>(
  attempt: () => Promise<Attempt<T>>,
  { clock, signal, events }: { clock: Clock; signal: AbortSignal; events: ClientEvents },
): Promise<Persisted<T>> {
  const troubles = { limited: 0, busy: 0, daily: 0, unavailable: 0, hopeless: 0 };
  let mayBeTaken = false;
  let last: Trouble | undefined;
  for (let tries = 1; ; tries += 1) {
    const outcome = await attempt().catch((error: unknown): Attempt<never> => {
      if (last === undefined || !mayBeTaken || !(error instanceof LockstepError)) throw error;
      return {
        kind: 'trouble',
        trouble: { ...last, kind: 'hopeless', reason: `${last.reason}, then ${error.message}` },
      };
    });
    if (outcome.kind === 'settled') return { ...outcome, mayBeTaken };
    const { trouble } = outcome;
    troubles[trouble.kind] += 1;
    mayBeTaken ||= trouble.mayBeTaken;
    last = trouble;
    const delay = retryDelay(troubles[trouble.kind], trouble, clock.random);
    if (delay === undefined) return { kind: 'failed', failure: { ...trouble, mayBeTaken, tries } };
    if (delay > NOTEWORTHY_WAIT) {
      events.onWait?.({
        milliseconds: Math.round(delay),
        why: `${trouble.reason} (${plural(tries, 'try', 'tries')} so far)`,
      });
    }
    await clock.sleep(delay, signal);
  }
}
