import { isJsonObject } from '../util/json.ts';
import type { HttpResponse } from './client.ts';
import { excerpt } from './excerpt.ts';
import type { FailureKind, RequestFailure } from './failure.ts';
import { apiErrorText, type Reply, readReply, succeeded } from './replies.ts';
import { LONGEST_WAIT, retryAfter } from './retry.ts';

/**
 * A reply to use, or why there is none, by what all requests have in common: redirects, 429, 5xx. `now` is for servers
 * that send no `Date`.
 */
export function classify(response: HttpResponse, now: number): Reply | RequestFailure {
  const { status } = response;
  if (status >= 300 && status < 400) return redirected(response);
  const reply = readReply(response);
  // 501 is the only permanent one of its hundred.
  const unavailable = status >= 500 && status !== 501;
  if (status !== 429 && !unavailable) return reply;
  const wait = retryAfter(response.headers['retry-after'], serverTime(response, now));
  const { error } = reply;
  return {
    kind: unavailable ? 'unavailable' : limitKind(response, reply, wait),
    reason: error === undefined ? `HTTP ${status}` : apiErrorText(error),
    status,
    mayHaveApplied: status !== 429,
    tries: 1,
    ...(error?.code === undefined ? {} : { code: error.code }),
    ...(wait === undefined ? {} : { retryAfter: wait }),
  };
}

/** A gateway's page, or a truncated or empty body, where a document should be. */
export function unusable({ status, body, error }: Reply): RequestFailure | undefined {
  if (!succeeded(status) || error !== undefined) return undefined;
  if (body.ok && isJsonObject(body.value)) return undefined;
  const reason = `HTTP ${status} with ${body.ok ? 'JSON that is not an object' : body.why}`;
  return { kind: 'unavailable', reason, status, mayHaveApplied: false, tries: 1 };
}

function redirected({ status, headers }: HttpResponse): RequestFailure {
  // The host, or a path without its query. Not by URL, which would write a repeated secret in lower case.
  const target = (headers['location'] ?? '')
    .replace(/^[a-z]+:\/\/(?:[^/?#]*@)?([^/?#]*).*$/is, '$1')
    .replace(/[?#].*$/s, '');
  const where = target === '' ? '' : ` redirects to ${excerpt(target, 100)}, which is not followed`;
  return {
    kind: 'hopeless',
    reason: `HTTP ${status}${where}`,
    status,
    mayHaveApplied: false,
    hint: 'check ZOOM_API_URL and ZOOM_OAUTH_URL',
    tries: 1,
  };
}

/**
 * Which limit a 429 is about. Zoom documents a type header and a `Retry-After` for daily limits, and in the field sends
 * either, both or neither (zoom-api section 2), so its message counts as well.
 */
function limitKind({ headers }: HttpResponse, { error }: Reply, wait = 0): FailureKind {
  const message = error?.message ?? '';
  const type = headers['x-ratelimit-type'] ?? '';
  if (/daily/i.test(type) || /\bdaily\b/i.test(message) || wait > LONGEST_WAIT) return 'daily';
  return /concurrent/i.test(message) ? 'busy' : 'limited';
}

/** A time in `Retry-After` is by the server's clock, and ours may be wrong. */
function serverTime({ headers }: HttpResponse, now: number): number {
  const date = Date.parse(headers['date'] ?? '');
  return Number.isNaN(date) ? now : date;
}
