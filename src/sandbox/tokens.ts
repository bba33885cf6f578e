/** Zoom's server-to-server OAuth. zoom-api, section 1. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Answer } from './answers.ts';
import { ok } from './answers.ts';
import { ALL_SCOPES } from './scopes.ts';
import type { Credentials } from './state.ts';

export interface TokenRequest {
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly body: string;
}

export interface Tokens {
  answer(request: TokenRequest, credentials: Credentials, now: number): Answer;
  /** Several tokens may be valid at once. */
  check(authorization: string | undefined, now: number): 'valid' | 'expired' | 'invalid';
  expireAll(): void;
}

const refused = (reason: string, error: string): Answer => ({ status: 400, body: { reason, error } });
const GRANT = 'account_credentials';

/** Token answers have 3599 in recordings and 3600 in documents; the recorded value is the default. */
export function createTokens(lifetimeSeconds = 3599): Tokens {
  const expiry = new Map<string, number>();
  return {
    answer({ authorization, contentType, body }, credentials, now) {
      const basic = Buffer.from(`${credentials.clientId}:${credentials.clientSecret}`).toString('base64');
      if (!sameText(authorization, `Basic ${basic}`)) {
        return refused('Invalid client_id or client_secret', 'invalid_client');
      }
      // Parameters in the query worked until 2023 and were refused in 2025, so only the body counts.
      const form = new URLSearchParams(isForm(contentType) ? body : '');
      if (form.get('grant_type') !== GRANT) return refused('unsupported grant type', 'unsupported_grant_type');
      if (form.get('account_id') !== credentials.accountId) return refused('Bad Request', 'invalid_request');
      const token = randomBytes(32).toString('base64url');
      expiry.set(token, now + lifetimeSeconds * 1000);
      const scope = (credentials.scopes ?? ALL_SCOPES).join(' ');
      return ok({ access_token: token, token_type: 'bearer', expires_in: lifetimeSeconds, scope });
    },
    check(authorization, now) {
      const expires = expiry.get(/^Bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? '');
      if (expires === undefined) return 'invalid';
      return expires > now ? 'valid' : 'expired';
    },
    expireAll() {
      for (const token of expiry.keys()) expiry.set(token, 0);
    },
  };
}

function isForm(contentType: string | undefined): boolean {
  return contentType?.toLowerCase().startsWith('application/x-www-form-urlencoded') ?? false;
}

function sameText(given: string | undefined, expected: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
