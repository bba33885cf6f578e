import { isJsonObject } from '../util/json.ts';
import type { Exchange } from './client.ts';
import { excerpt } from './excerpt.ts';
import type { Trouble } from './persist.ts';
import { type Answered, faultText, type Reply, readReply, succeeded } from './replies.ts';
import { LONGEST_WAIT, retryAfter, type TroubleKind } from './retry.ts';

/** An answer to keep, or the trouble that stands between us and one, with the answer that told it. */
export type Judged =
  | { readonly kind: 'settled'; readonly reply: Reply }
  | { readonly kind: 'trouble'; readonly trouble: Trouble; readonly reply?: Reply };

/**
 * Judges what every request has in common, whatever it asked for: no answer, redirects, 429, 5xx. `now` is for servers
 * that send no `Date`.
 */
export function judge(exchange: Exchange, now: number): Judged {
  if (exchange.kind === 'unanswered') {
    const { reason, sent, retry, hint } = exchange;
    return {
      kind: 'trouble',
      trouble: {
        kind: retry ? 'unavailable' : 'hopeless',
        reason,
        mayBeTaken: sent,
        ...(hint === undefined ? {} : { hint }),
      },
    };
  }
  const { status, headers } = exchange;
  if (status >= 300 && status < 400) return { kind: 'trouble', trouble: redirected(exchange) };
  const reply = readReply(exchange);
  // 501 alone of its hundred says that it will stay so.
  const unavailable = status >= 500 && status !== 501;
  if (status !== 429 && !unavailable) return { kind: 'settled', reply };
  const wait = retryAfter(headers['retry-after'], serverTime(exchange, now));
  const kind = unavailable ? 'unavailable' : limitKind(exchange, reply, wait);
  return {
    kind: 'trouble',
    reply,
    trouble: {
      kind,
      reason: reply.fault === undefined ? `HTTP ${status}` : faultText(reply.fault),
      status,
      mayBeTaken: status !== 429,
      ...(reply.fault?.code === undefined ? {} : { code: reply.fault.code }),
      ...(wait === undefined ? {} : { retryAfter: wait }),
    },
  };
}

/** A gateway's page, a cut-off or an empty body where a document should be. */
export function unusable({ status, body, fault }: Reply): Trouble | undefined {
  if (!succeeded(status) || fault !== undefined) return undefined;
  if (body.ok && isJsonObject(body.value)) return undefined;
  const reason = `HTTP ${status} with ${body.ok ? 'JSON that is no object' : body.why}`;
  return { kind: 'unavailable', reason, status, mayBeTaken: false };
}

function redirected({ status, headers }: Answered): Trouble {
  // The host, or all of a path; not by URL, which would write a repeated secret in small letters.
  const target = (headers['location'] ?? '').replace(/^[a-z]+:\/\/(?:[^/?#]*@)?([^/?#]*).*$/is, '$1');
  const where = target === '' ? '' : ` redirects to ${excerpt(target, 100)}, which is not followed`;
  return {
    kind: 'hopeless',
    reason: `HTTP ${status}${where}`,
    status,
    mayBeTaken: false,
    hint: 'is ZOOM_API_URL or ZOOM_OAUTH_URL right?',
  };
}

/**
 * Which limit a 429 speaks of. Zoom documents a type header and a `Retry-After` for daily limits, and in the field sends
 * either, both or neither (zoom-api section 2), so its message counts as well.
 */
function limitKind({ headers }: Answered, { fault }: Reply, wait = 0): TroubleKind {
  const message = fault?.message ?? '';
  const type = headers['x-ratelimit-type'] ?? '';
  if (/daily/i.test(type) || /\bdaily\b/i.test(message) || wait > LONGEST_WAIT) return 'daily';
  return /concurrent/i.test(message) ? 'busy' : 'limited';
}

/** A time in `Retry-After` is of the server's clock, and ours may be wrong. */
function serverTime({ headers }: Answered, now: number): number {
  const date = Date.parse(headers['date'] ?? '');
  return Number.isNaN(date) ? now : date;
}
