import type { RateClass } from './rates.ts';

/** What a caller can be told while requests go out, for progress and logs. No header and no body is in it. */
export interface ClientEvents {
  /** One request is about to be sent; retries count. `path` is relative to the API's base and holds the query. */
  onRequest?(event: { readonly method: string; readonly path: string; readonly rateClass: RateClass | 'oauth' }): void;
  /** More than a second is going to pass before the next request: the rate limit, or a pause before a retry. */
  onWait?(event: { readonly milliseconds: number; readonly why: string }): void;
}

export const NOTEWORTHY_WAIT = 1000;
