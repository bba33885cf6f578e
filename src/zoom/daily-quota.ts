import type { RatePlan } from '../model/rate-plan.ts';
import { DAILY, type RateClass } from './rates.ts';

/**
 * What is left of the daily quota, as far as is known: Zoom's documented number less what this run has sent, or what Zoom
 * itself reported, whichever is less. Only the latter counts what other apps have sent.
 */
export interface DailyQuota {
  /** `undefined` if no number is known. */
  left(rateClass: RateClass): number | undefined;
  /** Zoom has reported that nothing is left. */
  isUsedUp(rateClass: RateClass): boolean;
  countSent(rateClass: RateClass): void;
  noteRemaining(rateClass: RateClass, remaining: number): void;
}

interface Spent {
  readonly day: number;
  sent: number;
  /** What Zoom reported, less what was sent since. */
  remaining: number | undefined;
}

const DAY = 86_400_000;

/** Zoom's day ends at 00:00 GMT. `share` is the part of the documented number that this run may use. */
export function createDailyQuota(plan: RatePlan, share: number, now: () => number): DailyQuota {
  const spent = new Map<RateClass, Spent>();
  const today = (rateClass: RateClass): Spent => {
    const day = Math.floor(now() / DAY);
    const current = spent.get(rateClass);
    if (current?.day === day) return current;
    const fresh = { day, sent: 0, remaining: undefined };
    spent.set(rateClass, fresh);
    return fresh;
  };
  return {
    left(rateClass) {
      const { sent, remaining } = today(rateClass);
      const most = plan === 'none' ? undefined : DAILY[plan][rateClass];
      const byPlan = most === undefined ? undefined : Math.max(0, Math.floor(most * share) - sent);
      return byPlan === undefined || remaining === undefined ? (byPlan ?? remaining) : Math.min(byPlan, remaining);
    },
    isUsedUp: (rateClass) => today(rateClass).remaining === 0,
    countSent(rateClass) {
      const spent = today(rateClass);
      spent.sent += 1;
      if (spent.remaining !== undefined) spent.remaining = Math.max(0, spent.remaining - 1);
    },
    noteRemaining(rateClass, remaining) {
      const spent = today(rateClass);
      // Responses overtake each other: the lower of two numbers is the newer one.
      spent.remaining = Math.min(spent.remaining ?? remaining, remaining);
    },
  };
}
