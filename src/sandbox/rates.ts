/** Zoom's rate limits: calls per second and per day, counted by label over the whole account. zoom-api, section 2. */
export type RatePlan = 'free' | 'pro' | 'business';
export type RateLabel = 'Light' | 'Medium' | 'Heavy';

interface Limit {
  readonly perSecond: number;
  readonly perDay?: number;
}

export const RATE_LIMITS: Readonly<Record<RatePlan, Readonly<Record<RateLabel, Limit>>>> = {
  free: {
    Light: { perSecond: 4, perDay: 6_000 },
    Medium: { perSecond: 2, perDay: 2_000 },
    Heavy: { perSecond: 1, perDay: 1_000 },
  },
  pro: { Light: { perSecond: 30 }, Medium: { perSecond: 20 }, Heavy: { perSecond: 10, perDay: 30_000 } },
  business: { Light: { perSecond: 80 }, Medium: { perSecond: 60 }, Heavy: { perSecond: 40, perDay: 60_000 } },
};

export interface RateRefusal {
  readonly type: 'QPS' | 'Daily-limit';
  readonly limit: number;
  /** Milliseconds since 1970; daily limits only. */
  readonly resetsAt?: number;
}

export interface RateMeter {
  /** Counts a call at this time, or returns the limit that refuses it; a refused call does not count. */
  take(label: RateLabel, now: number): RateRefusal | undefined;
}

const DAY = 86_400_000;

/** A meter that starts empty. The second is a sliding one, the stricter of the ways to count; the day ends at 00:00 GMT. */
export function createRateMeter(plan: RatePlan | 'none'): RateMeter {
  const lastSecond = new Map<RateLabel, number[]>();
  const today = new Map<RateLabel, { day: number; calls: number }>();
  return {
    take(label, now) {
      if (plan === 'none') return undefined;
      const { perSecond, perDay } = RATE_LIMITS[plan][label];
      const day = Math.floor(now / DAY);
      const calls = today.get(label)?.day === day ? (today.get(label)?.calls ?? 0) : 0;
      if (perDay !== undefined && calls >= perDay) {
        return { type: 'Daily-limit', limit: perDay, resetsAt: (day + 1) * DAY };
      }
      const recent = (lastSecond.get(label) ?? []).filter((time) => time > now - 1000);
      lastSecond.set(label, recent);
      if (recent.length >= perSecond) return { type: 'QPS', limit: perSecond };
      recent.push(now);
      today.set(label, { day, calls: calls + 1 });
      return undefined;
    },
  };
}

const MESSAGES = {
  QPS: 'You have reached the maximum per-second rate limit for this API. Try again later.',
  'Daily-limit':
    'You have reached the maximum daily rate limit for this API. Refer to the response header for details on when you can make another request.',
} as const;

/** Headers and body of the 429. `Retry-After` comes with daily limits only, as an ISO time without milliseconds. */
export function rateAnswer({ type, limit, resetsAt }: RateRefusal) {
  return {
    status: 429,
    body: { code: 429, message: MESSAGES[type] },
    headers: {
      'x-ratelimit-type': type,
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': '0',
      ...(resetsAt === undefined ? {} : { 'retry-after': isoSeconds(resetsAt) }),
    },
  };
}

/** `2020-05-31T00:00:00Z` */
export function isoSeconds(time: number): string {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
