import type { RateClass } from './rates.ts';

/** Notifications while requests are sent, for progress and logs. They hold no header and no body. */
export interface ClientEvents {
  /** One request is about to be sent; retries count. `path` is relative to the API's base and holds the query. */
  onRequest?(event: { readonly method: string; readonly path: string; readonly rateClass: RateClass | 'oauth' }): void;
  /** More than a second will pass before the next request: the rate limit, or a pause before a retry. */
  onWait?(event: { readonly milliseconds: number; readonly why: string }): void;
}

export const NOTEWORTHY_WAIT = 1000;
