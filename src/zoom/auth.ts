import { EXIT, LockstepError } from '../errors.ts';
import { isJsonObject } from '../util/json.ts';
import { plural } from '../util/plural.ts';
import { judge, unusable } from './classify.ts';
import { createHttpClient } from './client.ts';
import type { Clock } from './clock.ts';
import type { Connection, Credentials } from './connection.ts';
import type { ClientEvents } from './events.ts';
import { excerpt } from './excerpt.ts';
import { type Attempt, type Failure, persist } from './persist.ts';
import { faultText, type Reply } from './replies.ts';
import { schemaFault, tokenForm, tokenReply } from './wire.ts';

/** Hands out the token that requests go with. All callers share one, and one request for it. */
export interface Auth {
  token(): Promise<string>;
  /** Zoom refused `stale`: forget it, so that the next `token()` asks anew. Throws when there is no other to be had. */
  discard(stale: string): void;
  /** What the token may do, where the token reply said so. */
  scopes(): Promise<readonly string[] | undefined>;
  /** What must never be shown, besides the token. */
  readonly secrets: readonly string[];
  close(): void;
}

interface Token {
  readonly value: string;
  readonly renewAt: number;
  readonly scopes?: readonly string[];
}

type ServerToServer = Extract<Credentials, { kind: 'server-to-server' }>;

const RENEW_BEFORE = 60_000;
const RIGHT_URL = 'is ZOOM_OAUTH_URL right?';

export function createAuth(connection: Connection, clock: Clock, signal: AbortSignal, events: ClientEvents): Auth {
  const { credentials } = connection;
  return credentials.kind === 'token'
    ? givenToken(credentials.token)
    : serverToServer(connection, credentials, clock, signal, events);
}

function givenToken(token: string): Auth {
  return {
    token: async () => token,
    discard: () => {
      throw new LockstepError('Zoom refuses the token of ZOOM_ACCESS_TOKEN: it is expired or invalid', {
        exitCode: EXIT.credentials,
        hint: 'tokens last an hour; with ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET lockstep gets its own',
      });
    },
    scopes: async () => undefined,
    secrets: [],
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
  const client = createHttpClient(['POST'], connection, connection.proxy?.oauth);
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  const secrets = [clientSecret, basic];
  let current: Token | undefined;
  let asking: Promise<Token> | undefined;

  async function attempt(): Promise<Attempt<Reply>> {
    events.onRequest?.({ method: 'POST', path: oauthUrl.pathname, rateClass: 'oauth' });
    const exchange = await client.send({
      method: 'POST',
      url: oauthUrl.href,
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: tokenForm(accountId),
      secrets,
    });
    const judged = judge(exchange, clock.now());
    if (judged.kind === 'trouble') return judged;
    const trouble = unusable(judged.reply);
    return trouble === undefined
      ? { kind: 'settled', value: judged.reply }
      : { kind: 'trouble', trouble: { ...trouble, hint: RIGHT_URL } };
  }

  async function ask(): Promise<Token> {
    const asked = clock.now();
    const outcome = await persist(attempt, { clock, signal, events });
    if (outcome.kind === 'failed') throw unreachable(oauthUrl, outcome.failure);
    const reply = outcome.value;
    if (reply.fault !== undefined) throw refused(oauthUrl, reply);
    const parsed = tokenReply.safeParse(reply.body.ok ? reply.body.value : undefined);
    if (!parsed.success) {
      const why = reply.body.ok ? schemaFault(parsed.error) : reply.body.why;
      throw new LockstepError(`${oauthUrl.host} answered the token request with something else: ${why}`);
    }
    const { access_token, expires_in, scope } = parsed.data;
    const life = expires_in * 1000;
    return {
      value: access_token,
      // A token that lives for less than two minutes would otherwise be old when it comes.
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
    token: async () => (await token()).value,
    discard: (stale) => {
      // Another caller may have got a new one meanwhile.
      if (current?.value === stale) current = undefined;
    },
    scopes: async () => (await token()).scopes,
    secrets,
    close: client.close,
  };
}

function unreachable(url: URL, { reason, tries, hint }: Failure): LockstepError {
  return new LockstepError(`no token from ${url.host} (${plural(tries, 'try', 'tries')}): ${reason}`, {
    ...(hint === undefined ? {} : { hint }),
  });
}

/** Zoom's OAuth errors are `{reason, error}`, with 400 or 401 (zoom-api section 1). */
function refused(url: URL, { status, body, fault }: Reply): LockstepError {
  const said = body.ok && isJsonObject(body.value) ? body.value : {};
  const [reason, error] = [said['reason'], said['error']].map((text) => (typeof text === 'string' ? text : undefined));
  const words = [reason, error].filter((text) => text !== undefined).map((text) => excerpt(text));
  const told =
    words.length > 0
      ? `HTTP ${status}: ${words.join(', ')}`
      : fault === undefined
        ? `HTTP ${status}`
        : faultText(fault);
  if (words.length === 0 && ![400, 401, 403].includes(status)) {
    return new LockstepError(`no token from ${url.host}: ${told}`, { hint: RIGHT_URL });
  }
  return new LockstepError(`Zoom refuses the credentials: ${told}`, {
    exitCode: EXIT.credentials,
    hint: credentialsHint(error),
  });
}

function credentialsHint(error: string | undefined): string {
  switch (error) {
    case 'invalid_client':
      return 'check ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET';
    case 'invalid_request':
      // So it answers an unknown account id (zoom-api section 1).
      return 'check ZOOM_ACCOUNT_ID';
    case 'unsupported_grant_type':
      return 'check that the app of ZOOM_CLIENT_ID is a server-to-server OAuth app';
    default:
      return 'check ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET, and that the app is activated';
  }
}
