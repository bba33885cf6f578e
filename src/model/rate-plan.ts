/** Zoom's plans as far as rates differ; `none` is for a server on this machine that does not limit. */
export const RATE_PLANS = ['free', 'pro', 'business', 'none'] as const;
export type RatePlan = (typeof RATE_PLANS)[number];
