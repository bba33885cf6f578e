import { LockstepError } from '../errors.ts';
import { plural } from '../util/plural.ts';
import type { Clock } from './clock.ts';
import { type ClientEvents, NOTEWORTHY_WAIT } from './events.ts';
import type { FailureKind, RequestFailure } from './failure.ts';
import type { Reply } from './replies.ts';

/** Tries in all, including the first. */
const TRIES: Readonly<Record<FailureKind, number>> = { limited: 8, busy: 8, daily: 1, unavailable: 5, hopeless: 1 };
const BASE = 500;
const CAP = 20_000;

/** For a 429 without details: Zoom's limits are per second. */
export const USUAL_WAIT = 1000;

/** A year. Dates cannot represent much later times. */
const FARTHEST = 365 * 24 * 3600 * 1000;

/** A longer wait means a daily limit or an outage; nobody wants a run that hangs that long. */
export const LONGEST_WAIT = 5 * 60 * 1000;

/**
 * Attempts until one brings a reply or `retryDelay` gives up; each kind of failure is counted separately. An error that an
 * attempt throws is passed on, unless an earlier attempt may have been carried out: then reporting that comes first.
 */
export async function retry(
  attempt: () => Promise<Reply | RequestFailure>,
  { clock, signal, events }: { clock: Clock; signal: AbortSignal; events: ClientEvents },
): Promise<Reply | RequestFailure> {
  const failures = { limited: 0, busy: 0, daily: 0, unavailable: 0, hopeless: 0 };
  let mayHaveApplied = false;
  let last: RequestFailure | undefined;
  for (let tries = 1; ; tries += 1) {
    const outcome: Reply | RequestFailure = await (last === undefined || !mayHaveApplied
      ? attempt()
      : attemptAfter(last, attempt));
    if (outcome.kind === 'reply') return mayHaveApplied ? { ...outcome, mayHaveApplied } : outcome;
    failures[outcome.kind] += 1;
    mayHaveApplied ||= outcome.mayHaveApplied;
    last = outcome;
    const delay = retryDelay(failures[outcome.kind], outcome, clock.random);
    if (delay === undefined) return { ...outcome, mayHaveApplied, tries };
    if (delay > NOTEWORTHY_WAIT) {
      events.onWait?.({
        milliseconds: Math.round(delay),
        why: `${outcome.reason} (${plural(tries, 'try', 'tries')} so far)`,
      });
    }
    await clock.sleep(delay, signal);
  }
}

/** Turns what ends the run into a failure that also reports what happened before. */
async function attemptAfter(
  last: RequestFailure,
  attempt: () => Promise<Reply | RequestFailure>,
): Promise<Reply | RequestFailure> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof LockstepError)) throw error;
    return { ...last, kind: 'hopeless', reason: `${last.reason}, then ${error.message}` };
  }
}

/**
 * How long to wait before trying again after the `count`th failure of its kind (1 is the first), or `undefined` to
 * give up. Pure: chance comes in as `random`.
 */
export function retryDelay(
  count: number,
  { kind, retryAfter }: Pick<RequestFailure, 'kind' | 'retryAfter'>,
  random: () => number,
): number | undefined {
  if (count >= TRIES[kind] || (retryAfter ?? 0) > LONGEST_WAIT) return undefined;
  if (kind === 'limited' || kind === 'busy') {
    // The jitter grows, so that callers refused together do not come back together.
    return (retryAfter ?? USUAL_WAIT) + random() * 250 * count;
  }
  const backOff = random() * Math.min(CAP, BASE * 2 ** (count - 1));
  return Math.max(backOff, retryAfter ?? 0);
}

/**
 * Milliseconds from `now` that a `Retry-After` asks for: seconds, an HTTP date, or an ISO time as Zoom documents for
 * daily limits (zoom-api section 2). `undefined` if the header is missing or unusable.
 */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.min(Number(text) * 1000, FARTHEST);
  // Date.parse alone would find a date in nearly anything.
  if (!/^(?:[A-Z][a-z]{2,8}, |\d{4}-\d{2}-\d{2}T)/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : Math.min(Math.max(0, time - now), FARTHEST);
}
