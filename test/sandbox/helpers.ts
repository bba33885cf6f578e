import { readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/index.ts';
import { type Json, type JsonObject, valueAt, withValueAt } from '../../src/util/json.ts';

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly text: string;
  readonly headers: Headers;
}

export interface Caller {
  readonly sandbox: Sandbox;
  get(path: string, headers?: Record<string, string>): Promise<Reply>;
  patch(path: string, body: unknown): Promise<Reply>;
}

/** A token by plain fetch; never by lockstep's own client, which could be wrong in the same way. */
async function tokenOf({ env }: Sandbox): Promise<string> {
  const answer = await fetch(env.ZOOM_OAUTH_URL, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${env.ZOOM_CLIENT_ID}:${env.ZOOM_CLIENT_SECRET}`).toString('base64')}`,
    },
    body: new URLSearchParams({ grant_type: 'account_credentials', account_id: env.ZOOM_ACCOUNT_ID }),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  return token;
}

export async function reply(answer: Response): Promise<Reply> {
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') ?? false;
  return { status: answer.status, body: isJson ? JSON.parse(text) : undefined, text, headers: answer.headers };
}

/** A sandbox of this test's own, with a valid token. */
export async function sandboxFor(options?: SandboxOptions): Promise<Caller> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  const authorization = `Bearer ${await tokenOf(sandbox)}`;
  const call = async (path: string, init: RequestInit) => {
    const headers = { authorization, accept: 'application/json', ...(init.headers as Record<string, string>) };
    return reply(await fetch(`${sandbox.url}/v2${path}`, { ...init, headers }));
  };
  return {
    sandbox,
    get: (path, headers = {}) => call(path, { headers }),
    patch: (path, body) =>
      call(path, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  };
}

/** What an answer has at a dotted path. */
export function at({ body }: Reply, path: string): Json | undefined {
  return valueAt(body as Json, path.split('.'));
}

/** A body with one value at a dotted path. */
export function bodyWith(path: string, value: Json): JsonObject {
  const [first = '', ...rest] = path.split('.');
  return withValueAt({}, [first, ...rest], value);
}

export function example(name: string): string {
  return readFileSync(new URL(`../../examples/university/${name}`, import.meta.url), 'utf8');
}
