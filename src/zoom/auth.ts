import { EXIT, LockstepError } from '../errors.ts';
import { isJsonObject, type Json } from '../util/json.ts';
import { plural } from '../util/plural.ts';
import { classify, unusable } from './classify.ts';
import { type Authorization, createHttpClient } from './client.ts';
import type { Clock } from './clock.ts';
import type { Connection } from './connection.ts';
import type { Credentials } from './credentials.ts';
import type { ClientEvents } from './events.ts';
import { excerpt } from './excerpt.ts';
import type { RequestFailure } from './failure.ts';
import { apiErrorText, type Reply } from './replies.ts';
import { retry } from './retry.ts';
import { schemaProblem, tokenForm, tokenReply } from './wire.ts';

/** Provides the token that requests are sent with. All callers share one, and one request for it. */
export interface Auth {
  authorization(): Promise<Authorization>;
  /** Zoom refused `stale`: forget it, so that the next `authorization()` has a new token. Throws if there can be no other. */
  discard(stale: Authorization): void;
  /** What the token may do, if the token reply has it. */
  scopes(): Promise<readonly string[] | undefined>;
  close(): void;
}

interface Token {
  readonly authorization: Authorization;
  readonly renewAt: number;
  readonly scopes?: readonly string[];
}

type ServerToServer = Extract<Credentials, { kind: 'server-to-server' }>;

const RENEW_BEFORE = 60_000;
/** Zoom's are far longer. A shorter one, of a sandbox, may be a word in a document, which must stay as it is. */
const SHORTEST_CREDENTIAL = 12;
const RIGHT_URL = 'check ZOOM_OAUTH_URL';

export function createAuth(connection: Connection, clock: Clock, signal: AbortSignal, events: ClientEvents): Auth {
  const { credentials } = connection;
  return credentials.kind === 'token'
    ? givenToken(credentials.token)
    : serverToServer(connection, credentials, clock, signal, events);
}

function bearer(token: string, secrets: readonly string[] = []): Authorization {
  return authorizationOf(`Bearer ${token}`, [token, ...secrets]);
}

function authorizationOf(header: string, secrets: readonly string[]): Authorization {
  return { header, secrets: secrets.filter(({ length }) => length >= SHORTEST_CREDENTIAL) };
}

function givenToken(token: string): Auth {
  const authorization = bearer(token);
  return {
    authorization: async () => authorization,
    discard: () => {
      throw new LockstepError('Zoom refuses the token in ZOOM_ACCESS_TOKEN: it is expired or invalid', {
        exitCode: EXIT.credentials,
        hint: 'tokens last an hour; with ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET lockstep gets its own',
      });
    },
    scopes: async () => undefined,
    close: () => {},
  };
}

function serverToServer(
  connection: Connection,
  { accountId, clientId, clientSecret }: ServerToServer,
  clock: Clock,
  signal: AbortSignal,
  events: ClientEvents,
): Auth {
  const { oauthUrl } = connection;
  const client = createHttpClient(['POST'], oauthUrl, connection, connection.proxy?.oauth);
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  const secrets = [clientSecret, basic];
  const authorization: Authorization = { header: `Basic ${basic}`, secrets };
  let current: Token | undefined;
  let asking: Promise<Token> | undefined;

  async function attempt(): Promise<Reply | RequestFailure> {
    events.onRequest?.({ method: 'POST', path: oauthUrl.pathname, rateClass: 'oauth' });
    const response = await client.send({ method: 'POST', path: '', body: tokenForm(accountId) }, authorization);
    const outcome = response.kind === 'response' ? classify(response, clock.now()) : response;
    const failure = outcome.kind === 'reply' ? unusable(outcome) : undefined;
    return failure === undefined ? outcome : { ...failure, hint: RIGHT_URL };
  }

  async function ask(): Promise<Token> {
    const asked = clock.now();
    const reply = await retry(attempt, { clock, signal, events });
    if (reply.kind !== 'reply') throw unreachable(oauthUrl, reply);
    if (reply.error !== undefined) throw refused(oauthUrl, reply);
    const parsed = tokenReply.safeParse(reply.body.ok ? reply.body.value : undefined);
    if (!parsed.success) {
      const why = reply.body.ok ? schemaProblem(parsed.error) : reply.body.why;
      throw new LockstepError(`${oauthUrl.host} did not answer the token request with a token: ${why}`);
    }
    const { access_token, expires_in, scope } = parsed.data;
    const life = expires_in * 1000;
    return {
      authorization: bearer(access_token, secrets),
      // A token that lives for less than two minutes would otherwise be stale on arrival.
      renewAt: asked + life - Math.min(RENEW_BEFORE, life / 2),
      ...(scope === undefined ? {} : { scopes: scope.split(/\s+/).filter((name) => name !== '') }),
    };
  }

  async function token(): Promise<Token> {
    if (current !== undefined && clock.now() < current.renewAt) return current;
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    current = await asking;
    return current;
  }

  return {
    authorization: async () => (await token()).authorization,
    discard: (stale) => {
      // Another caller may have got a new one meanwhile.
      if (current?.authorization === stale) current = undefined;
    },
    scopes: async () => (await token()).scopes,
    close: client.close,
  };
}

function unreachable(url: URL, { reason, tries, hint }: RequestFailure): LockstepError {
  return new LockstepError(`no token from ${url.host} (${plural(tries, 'try', 'tries')}): ${reason}`, {
    ...(hint === undefined ? {} : { hint }),
  });
}

/** Zoom's OAuth errors are `{reason, error}`, with 400 or 401 (zoom-api section 1). */
function refused(url: URL, { status, body, error }: Reply): LockstepError {
  const { reason, error: name } = body.ok && isJsonObject(body.value) ? body.value : {};
  const details = [reason, name].filter((text) => typeof text === 'string').map((text) => excerpt(withoutTokens(text)));
  const described =
    details.length > 0
      ? `HTTP ${status}: ${details.join(', ')}`
      : error === undefined
        ? `HTTP ${status}`
        : withoutTokens(apiErrorText(error));
  if (details.length === 0 && ![400, 401, 403].includes(status)) {
    return new LockstepError(`no token from ${url.host}: ${described}`, { hint: RIGHT_URL });
  }
  return new LockstepError(`Zoom refuses the credentials: ${described}`, {
    exitCode: EXIT.credentials,
    hint: credentialsHint(name),
  });
}

/** What a token is made of, and no sentence. One that was just issued is not known yet, so that nothing else removes it. */
function withoutTokens(text: string): string {
  return text.replace(/[\w.~+/=-]{20,}/g, (word) => (/\d/.test(word) ? '[hidden]' : word));
}

function credentialsHint(error: Json | undefined): string {
  switch (error) {
    case 'invalid_client':
      return 'check ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET';
    case 'invalid_request':
      // Zoom's answer to an unknown account id (zoom-api section 1).
      return 'check ZOOM_ACCOUNT_ID';
    case 'unsupported_grant_type':
      return 'check that the app of ZOOM_CLIENT_ID is a server-to-server OAuth app';
    default:
      return 'check ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET, and that the app is activated';
  }
}
