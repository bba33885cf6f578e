/**
 * A server in front of a sandbox: it hands everything on and notes the tokens. When it is told to, it repeats what it was
 * sent, or breaks what the sandbox answers.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How an answer is broken that holds what the sandbox has. */
export type Breakage = 'cut' | 'prefixed' | 'form' | 'page' | 'listed' | 'quoted';

/** What is repeated, instead of handed on: requests of this method and part of a path, with this status. */
export interface Repeats {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly as: 'message' | 'page' | 'header' | 'redirect' | 'half' | 'document';
}

export interface Parrot {
  readonly env: Readonly<Record<'ZOOM_API_URL' | 'ZOOM_OAUTH_URL', string>>;
  /** Every token that was handed out or used. */
  readonly tokens: ReadonlySet<string>;
  repeat(what: Repeats | undefined): void;
  /** Breaks the answers to requests whose address holds `path`. */
  break(what: { readonly path: string; readonly as: Breakage; readonly status?: number } | undefined): void;
  close(): Promise<void>;
}

export async function startParrot(sandboxUrl: string): Promise<Parrot> {
  const tokens = new Set<string>();
  let repeats: Repeats | undefined;
  let breaks: Parameters<Parrot['break']>[0];
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const { method = '', url = '', headers } = request;
    const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    if (bearer !== undefined) tokens.add(bearer);
    if (repeats?.method === method && url.includes(repeats.path)) return repeat(repeats, request, body, response);
    const answered = await fetch(`${sandboxUrl}${url}`, {
      method,
      headers: ['authorization', 'accept', 'content-type'].flatMap((name): [string, string][] =>
        typeof headers[name] === 'string' ? [[name, headers[name]]] : [],
      ),
      ...(method === 'GET' ? {} : { body }),
    });
    const text = await answered.text();
    const issued = /"access_token":\s*"([^"]+)"/.exec(text)?.[1];
    if (issued !== undefined) tokens.add(issued);
    if (breaks !== undefined && url.includes(breaks.path) && answered.status === 200) {
      const [type, broken] = brokenAs(breaks.as, text);
      return response.writeHead(breaks.status ?? 200, { 'content-type': type }).end(broken);
    }
    response.writeHead(answered.status, { 'content-type': answered.headers.get('content-type') ?? 'text/plain' });
    return response.end(answered.status === 204 ? undefined : text);
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    env: { ZOOM_API_URL: `${origin}/v2`, ZOOM_OAUTH_URL: `${origin}/oauth/token` },
    tokens,
    repeat: (what) => {
      repeats = what;
    },
    break: (what) => {
      breaks = what;
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function brokenAs(as: Breakage, text: string): readonly [contentType: string, text: string] {
  switch (as) {
    case 'cut':
      return ['application/json;charset=UTF-8', text.slice(0, -1)];
    case 'prefixed':
      return ['application/json', `)]}',\n${text}`];
    case 'form':
      return ['application/x-www-form-urlencoded', new URLSearchParams(leavesOf(JSON.parse(text))).toString()];
    case 'page':
      return ['text/html', `<html><head><title>${text}</title></head><body>${text}</body></html>`];
    case 'listed':
      return ['application/json', `[${text}]`];
    case 'quoted':
      return ['application/json', JSON.stringify(text)];
  }
}

function leavesOf(value: unknown, key = ''): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[key, String(value)]];
  return Object.entries(value).flatMap(([name, child]) => leavesOf(child, name));
}

function repeat(
  { status, as }: Repeats,
  { headers, url = '' }: IncomingMessage,
  body: string,
  response: ServerResponse,
): void {
  const said = `you sent ${headers.authorization} to ${url} with ${body}`;
  const json = { code: 300, message: said, reason: said, error: said, errors: [{ field: said, message: said }] };
  switch (as) {
    case 'message':
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
      break;
    case 'page':
      response.writeHead(status, { 'content-type': 'text/html' }).end(`<html>${said}`);
      break;
    case 'header':
      response.writeHead(status, { 'content-type': encodeURI(said), 'retry-after': '0' }).end('{}');
      break;
    case 'redirect':
      response.writeHead(status, { location: `https://${encodeURIComponent(said)}.invalid/` }).end();
      break;
    case 'document':
      response.writeHead(status, { 'content-type': 'application/json' }).end(
        JSON.stringify({
          in_meeting: { custom_service_instructions: said },
          groups: [{ id: 'one', name: said }],
          users: [{ id: 'one', email: said }],
        }),
      );
      break;
    case 'half':
      response.writeHead(status, { 'content-type': 'application/json', 'content-length': '100000' });
      response.write(JSON.stringify(json), () => response.socket?.end());
      break;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
