import type { RatePlan } from '../model/rate-plan.ts';
import { DAILY, type RateClass } from './rates.ts';

/**
 * What is left of a day's requests, as far as that is known: of Zoom's documented number less what this run has sent, and
 * of what Zoom itself said was left. What other apps have sent is known in the second case only.
 */
export interface Day {
  /** `undefined` where no number holds. */
  left(rateClass: RateClass): number | undefined;
  /** Zoom has said that there is nothing left. */
  isOver(rateClass: RateClass): boolean;
  sent(rateClass: RateClass): void;
  told(rateClass: RateClass, remaining: number): void;
}

interface Spent {
  readonly day: number;
  sent: number;
  /** What Zoom said was left, less what was sent since. */
  told: number | undefined;
}

const DAY = 86_400_000;

/** Zoom's day ends at 00:00 GMT. `share` is the part of the documented number that this run may take. */
export function createDay(plan: RatePlan, share: number, now: () => number): Day {
  const spent = new Map<RateClass, Spent>();
  const today = (rateClass: RateClass): Spent => {
    const day = Math.floor(now() / DAY);
    const known = spent.get(rateClass);
    if (known?.day === day) return known;
    const fresh = { day, sent: 0, told: undefined };
    spent.set(rateClass, fresh);
    return fresh;
  };
  return {
    left(rateClass) {
      const { sent, told } = today(rateClass);
      const most = plan === 'none' ? undefined : DAILY[plan][rateClass];
      const byPlan = most === undefined ? undefined : Math.max(0, Math.floor(most * share) - sent);
      return byPlan === undefined || told === undefined ? (byPlan ?? told) : Math.min(byPlan, told);
    },
    isOver: (rateClass) => today(rateClass).told === 0,
    sent(rateClass) {
      const known = today(rateClass);
      known.sent += 1;
      if (known.told !== undefined) known.told = Math.max(0, known.told - 1);
    },
    told(rateClass, remaining) {
      const known = today(rateClass);
      // Answers overtake each other: of two the lower one is the newer.
      known.told = Math.min(known.told ?? remaining, remaining);
    },
  };
}
