/**
 * Why an attempt brought no reply.
 * - limited: 429, the account is over its requests a second
 * - busy: 429, another update of the same account, group or user is under way
 * - daily: 429, over the requests a day
 * - unavailable: 5xx, a broken or missing answer, no connection
 * - hopeless: trying again cannot help (a redirect, a certificate that is not trusted)
 */
export type FailureKind = 'limited' | 'busy' | 'daily' | 'unavailable' | 'hopeless';

/** A request without a reply: one attempt, or all of them, in which case the last one gives the reason. */
export interface RequestFailure {
  readonly kind: FailureKind;
  /** Safe to show. */
  readonly reason: string;
  /** HTTP status and Zoom's code, if there was an answer. */
  readonly status?: number;
  readonly code?: number;
  /** Milliseconds that the server asked to wait. */
  readonly retryAfter?: number;
  /** The request may have reached Zoom and may have been carried out. */
  readonly mayHaveApplied: boolean;
  readonly hint?: string;
  readonly tries: number;
}
