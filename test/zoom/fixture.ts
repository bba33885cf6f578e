import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../src/zoom/clock.ts';
import type { Connection } from '../../src/zoom/connection.ts';

/** One request as the server got it. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What the server answers: a reply, `'reset'` to break the connection off, or free play with the response. */
export type Answer =
  | {
      readonly status?: number;
      readonly json?: unknown;
      readonly text?: string;
      readonly headers?: Record<string, string>;
    }
  | 'reset'
  | ((response: ServerResponse) => void);

export interface FakeZoom {
  readonly origin: string;
  /** Requests to the API, in order of arrival; token requests are in `tokens`. */
  readonly seen: Seen[];
  readonly tokens: Seen[];
}

export const SECRET = 'canary-client-secret';

/** The usual token reply; its number says which one it is. */
export const tokenReply = (number: number, more: object = {}): Answer => ({
  json: { access_token: `canary-token-${number}`, token_type: 'bearer', expires_in: 3599, scope: 'a:b c:d', ...more },
});

/**
 * A server on this machine for the time of `use`. The `count`th request to the API, or for a token, is answered by
 * `api` and `oauth`; every method but GET and PATCH is a fault of the client's.
 */
export async function withZoom<T>(
  {
    api,
    oauth = tokenReply,
  }: { api?: (seen: Seen, count: number) => Answer; oauth?: (count: number, seen: Seen) => Answer },
  use: (zoom: FakeZoom) => Promise<T>,
): Promise<T> {
  const seen: Seen[] = [];
  const tokens: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const arrived = { method, url, headers, body: Buffer.concat(chunks).toString('utf8') };
      const forToken = url.startsWith('/oauth');
      const count = (forToken ? tokens : seen).push(arrived);
      const answer = forToken ? oauth(count, arrived) : (api?.(arrived, count) ?? { json: {} });
      if (answer === 'reset') response.socket?.resetAndDestroy();
      else if (typeof answer === 'function') answer(response);
      else send(response, answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await use({ origin: `http://127.0.0.1:${port}`, seen, tokens });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

function send(response: ServerResponse, answer: Exclude<Answer, string | ((response: ServerResponse) => void)>): void {
  const { status = 200, json, text, headers = {} } = answer;
  const type = json === undefined ? {} : { 'content-type': 'application/json;charset=UTF-8' };
  response.writeHead(status, { ...type, ...headers });
  response.end(json === undefined ? text : JSON.stringify(json));
}

/** A clock on which sleeping takes no time: it notes the wait and moves on. No jitter. */
export function hastyClock(random = 0): Clock & { readonly slept: number[] } {
  const slept: number[] = [];
  let skipped = 0;
  return {
    slept,
    now: () => Date.now() + skipped,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
      skipped += milliseconds;
    },
    random: () => random,
  };
}

export function connectionTo({ origin }: { origin: string }, more: Partial<Connection> = {}): Connection {
  return {
    apiUrl: new URL(`${origin}/v2`),
    oauthUrl: new URL(`${origin}/oauth/token`),
    account: 'me',
    credentials: { kind: 'server-to-server', accountId: 'acc', clientId: 'client', clientSecret: SECRET },
    ratePlan: 'none',
    concurrency: 20,
    clock: hastyClock(),
    ...more,
  };
}

/** What a promise was rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`expected a rejection, got ${JSON.stringify(value)}`);
    },
    (error: unknown) => error,
  );
}

export const ACCOUNT = { scope: 'account', id: 'me' } as const;
export const GROUP = { scope: 'group', name: 'Students', id: 'g1' } as const;
export const USER = { scope: 'user', email: 'dean@example.edu', id: 'dean@example.edu' } as const;
export const SETTINGS = { endpoint: 'settings', query: {} } as const;
export const SECURITY = { endpoint: 'settings', query: { option: 'meeting_security' } } as const;
export const LOCKS = { endpoint: 'lock_settings', query: {} } as const;
export const REGISTRATION = { endpoint: 'settings/registration', query: { type: 'webinar' } } as const;
