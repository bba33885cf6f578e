/**
 * Why an attempt has to be judged again.
 * - limited: 429, the account is over its requests a second
 * - busy: 429, another update of the same account, group or user is under way
 * - daily: 429, over the requests a day
 * - unavailable: 5xx, a broken or missing answer, no connection
 * - hopeless: trying again cannot help (a redirect, a certificate that is not trusted)
 */
export type TroubleKind = 'limited' | 'busy' | 'daily' | 'unavailable' | 'hopeless';

/** Tries in all, the first one included. */
const TRIES: Readonly<Record<TroubleKind, number>> = { limited: 8, busy: 8, daily: 1, unavailable: 5, hopeless: 1 };
const BASE = 500;
const CAP = 20_000;

/** For a 429 that says nothing: Zoom's limits are per second. */
export const USUAL_WAIT = 1000;

/** A year: what is farther away is no time that a date could hold. */
const FARTHEST = 365 * 24 * 3600 * 1000;

/** A wait that is longer is a daily limit or an outage; nobody wants a run that hangs that long. */
export const LONGEST_WAIT = 5 * 60 * 1000;

/**
 * How long to wait before trying again after the `attempt`th trouble of its kind (1 is the first), or `undefined` to
 * give up. Pure: chance comes in as `random`.
 */
export function retryDelay(
  attempt: number,
  { kind, retryAfter }: { readonly kind: TroubleKind; readonly retryAfter?: number },
  random: () => number,
): number | undefined {
  if (attempt >= TRIES[kind] || (retryAfter ?? 0) > LONGEST_WAIT) return undefined;
  if (kind === 'limited' || kind === 'busy') {
    // The jitter grows, so that callers that were refused together do not come back together.
    return (retryAfter ?? USUAL_WAIT) + random() * 250 * attempt;
  }
  const backOff = random() * Math.min(CAP, BASE * 2 ** (attempt - 1));
  return Math.max(backOff, retryAfter ?? 0);
}

/**
 * Milliseconds from `now` that a `Retry-After` asks for: seconds, an HTTP date, or an ISO time as Zoom documents for
 * daily limits (zoom-api section 2). `undefined` where it is absent or says nothing.
 */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.min(Number(text) * 1000, FARTHEST);
  // Date.parse alone would read a date out of nearly anything.
  if (!/^(?:[A-Z][a-z]{2,8}, |\d{4}-\d{2}-\d{2}T)/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : Math.min(Math.max(0, time - now), FARTHEST);
}
