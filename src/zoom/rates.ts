import type { RatePlan } from '../model/rate-plan.ts';

/** Zoom counts requests per account and by these labels, not by endpoint (zoom-api section 2). */
export type RateClass = 'light' | 'medium' | 'heavy';

type LimitedPlan = Exclude<RatePlan, 'none'>;

/** Requests per second that Zoom allows (zoom-api section 2, its table). */
export const RATES: Readonly<Record<LimitedPlan, Readonly<Record<RateClass, number>>>> = {
  free: { light: 4, medium: 2, heavy: 1 },
  pro: { light: 30, medium: 20, heavy: 10 },
  business: { light: 80, medium: 60, heavy: 40 },
};

/** Requests per day, if Zoom documents a number (zoom-api section 2, its table). */
export const DAILY: Readonly<Record<LimitedPlan, Readonly<Partial<Record<RateClass, number>>>>> = {
  free: { light: 6_000, medium: 2_000, heavy: 1_000 },
  pro: { heavy: 30_000 },
  business: { heavy: 60_000 },
};

/** API requests that were sent, including retries, without token requests. */
export interface RequestCounts {
  light: number;
  medium: number;
  heavy: number;
}
