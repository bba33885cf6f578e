/** A server that is no Zoom: whatever a network, a gateway or somebody evil could answer. On this machine only. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress, createDeflate, createGzip } from 'node:zlib';
import type { Json } from '../src/util/json.ts';
import { bytesOf, type Content } from './content.ts';
import { editedJson, editedText, type JsonEdit, jsonText, type TextEdit } from './edits.ts';

export type Answer =
  /** What the sandbox says, damaged or not. */
  | { readonly do: 'real'; readonly edits: readonly JsonEdit[]; readonly text: readonly TextEdit[] }
  | { readonly do: 'json'; readonly status: number; readonly headers: Headers; readonly value: Json }
  | { readonly do: 'bytes'; readonly status: number; readonly headers: Headers; readonly body: Content }
  /** Straight onto the socket, where HTTP should stand. */
  | { readonly do: 'raw'; readonly body: Content; readonly ending: 'close' | 'reset' | 'silence' }
  | {
      readonly do: 'huge';
      readonly megabytes: number;
      readonly unit: string;
      readonly framing: 'chunked' | 'length' | 'close';
    }
  | {
      readonly do: 'bomb';
      readonly megabytes: number;
      readonly encoding: 'gzip' | 'deflate' | 'br' | 'gzip, gzip' | 'gzip, br';
    }
  | { readonly do: 'drip'; readonly everyMs: number; readonly text: string; readonly header: boolean }
  | { readonly do: 'silence' | 'reset' }
  | { readonly do: 'redirect'; readonly status: number; readonly to: string }
  /** One page of a list after the other. */
  | {
      readonly do: 'pages';
      readonly rows: number;
      readonly name: string;
      readonly token: 'fresh' | 'same' | 'in turns' | 'huge';
    };

type Headers = readonly (readonly [name: string, value: string])[];

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly authorization: string;
}

export interface HostileServer {
  /** Where the present case is served; what comes late for an earlier one is nobody's any more. */
  origin(): string;
  /** Everything that was asked since the last `serve`. */
  readonly asked: readonly Asked[];
  /** Requests that reached the other host, where redirects lead. */
  readonly lured: readonly Asked[];
  /** Megabytes of the largest reply that were taken off this server's hands since then. */
  taken(): number;
  /** What was done for answers since then. */
  readonly given: ReadonlySet<Answer['do']>;
  /** Chooses the answer to each request from now on; `count` is of its own kind of request. */
  serve(choose: (asked: Asked, count: number) => Answer, real: string): void;
  close(): Promise<void>;
}

/** In `to` of a redirect: the other host. */
export const ELSEWHERE = '<elsewhere>';

const PAGES_OF: Readonly<Record<string, string>> = { groups: 'name', users: 'email' };

export async function startHostileServer(): Promise<HostileServer> {
  const asked: Asked[] = [];
  const lured: Asked[] = [];
  const other = await listening((request, response) => {
    lured.push(askedOf(request));
    response.end('{}');
  });
  const counts = new Map<string, number>();
  let choose: (asked: Asked, count: number) => Answer = () => ({ do: 'reset' });
  let real = '';
  const given = new Set<Answer['do']>();
  let taken = 0;
  let place = 0;
  const onTaken = (megabytes: number) => {
    taken = Math.max(taken, megabytes);
  };
  const own = await listening(async (request, response) => {
    const body = await bodyIn(request);
    const [, at, url] = /^\/(\d+)(\/.*)$/.exec(request.url ?? '') ?? [];
    if (Number(at) !== place) return void response.destroy();
    request.url = url ?? '';
    const now = askedOf(request);
    asked.push(now);
    const kind = `${now.method} ${now.url.split('?')[0]}`;
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    const answer = choose(now, count);
    given.add(answer.do);
    await give(answer, { request, response, body, count, real, elsewhere: other.origin, onTaken }).catch(() =>
      response.destroy(),
    );
  });
  return {
    origin: () => `${own.origin}/${place}`,
    asked,
    lured,
    given,
    taken: () => taken,
    serve(next, sandbox) {
      [choose, real] = [next, sandbox];
      place += 1;
      given.clear();
      taken = 0;
      for (const list of [asked, lured]) list.length = 0;
      counts.clear();
    },
    async close() {
      await own.close();
      await other.close();
    },
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: Buffer;
  readonly count: number;
  readonly real: string;
  readonly elsewhere: string;
  readonly onTaken: (megabytes: number) => void;
}

async function give(answer: Answer, exchange: Exchange): Promise<void> {
  const { response, count } = exchange;
  switch (answer.do) {
    case 'real':
      await giveReal(answer, exchange);
      break;
    case 'json':
      write(
        response,
        answer.status,
        [['content-type', 'application/json'], ...answer.headers],
        Buffer.from(jsonText(answer.value)),
      );
      break;
    case 'bytes':
      write(response, answer.status, answer.headers, bytesOf(answer.body));
      break;
    case 'raw':
      giveRaw(answer, response.socket);
      break;
    case 'huge':
      await giveHuge(answer, exchange);
      break;
    case 'bomb':
      write(
        response,
        200,
        [
          ['content-type', 'application/json'],
          ['content-encoding', answer.encoding],
        ],
        await bomb(answer),
      );
      break;
    case 'drip':
      giveDrip(answer, response);
      break;
    case 'silence':
      break;
    case 'reset':
      response.socket?.resetAndDestroy();
      break;
    case 'redirect':
      write(
        response,
        answer.status,
        [['location', answer.to.replace(ELSEWHERE, exchange.elsewhere)]],
        Buffer.from('{}'),
      );
      break;
    case 'pages':
      write(
        response,
        200,
        [['content-type', 'application/json']],
        Buffer.from(page(answer, exchange.request.url ?? '', count)),
      );
      break;
  }
}

async function giveReal(
  { edits, text }: Extract<Answer, { do: 'real' }>,
  { request, response, body, real }: Exchange,
): Promise<void> {
  const { method = 'GET', url = '', headers } = request;
  const answered = await fetch(`${real}${url}`, {
    method,
    headers: Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' && /^(?:authorization|accept|content-type)$/.test(name) ? [[name, value]] : [],
    ),
    ...(method === 'GET' ? {} : { body: new Uint8Array(body) }),
  });
  const said = await answered.text();
  const damaged =
    said === ''
      ? ''
      : editedText(edits.length === 0 ? said : jsonText(editedJson(JSON.parse(said) as Json, edits)), text);
  write(
    response,
    answered.status,
    [['content-type', answered.headers.get('content-type') ?? 'text/plain']],
    Buffer.from(damaged),
  );
}

/** Past Node's own checks: a header may hold what it likes. */
function write(response: ServerResponse, status: number, headers: Headers, body: Buffer): void {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const head = `HTTP/1.1 ${status} Hostile\r\n${lines}content-length: ${body.length}\r\n\r\n`;
  response.socket?.write(Buffer.concat([Buffer.from(head), body]));
  // Node's own end of the exchange is never reached: the connection is of no more use.
  response.socket?.end();
}

function giveRaw({ body, ending }: Extract<Answer, { do: 'raw' }>, socket: Socket | null): void {
  socket?.write(bytesOf(body));
  if (ending === 'close') socket?.end();
  if (ending === 'reset') socket?.resetAndDestroy();
}

async function giveHuge(
  { megabytes, unit, framing }: Extract<Answer, { do: 'huge' }>,
  { response, onTaken }: Exchange,
): Promise<void> {
  // Each wait for the client adds listeners.
  const socket = response.socket?.setMaxListeners(0);
  const chunk = Buffer.from(unit.repeat(Math.ceil((1024 * 1024) / Math.max(1, unit.length))).slice(0, 1024 * 1024));
  const length = framing === 'length' ? `content-length: ${chunk.length * megabytes}\r\n` : '';
  const head = framing === 'chunked' ? 'transfer-encoding: chunked\r\n' : length;
  socket?.write(`HTTP/1.1 200 Hostile\r\ncontent-type: application/json\r\n${head}\r\n`);
  for (let sent = 0; sent < megabytes && socket?.writable; sent += 1) {
    const framed =
      framing === 'chunked'
        ? Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')])
        : chunk;
    if (!socket.write(framed)) await new Promise<void>((done) => void socket.once('drain', done).once('close', done));
    if (socket.writable) onTaken(sent + 1);
  }
  socket?.end(framing === 'chunked' ? '0\r\n\r\n' : '');
}

type Bomb = Extract<Answer, { do: 'bomb' }>;

const bombs = new Map<string, Promise<Buffer>>();

function bomb({ encoding, megabytes }: Bomb): Promise<Buffer> {
  const key = `${encoding} ${megabytes}`;
  const made = bombs.get(key) ?? packed(encoding, megabytes);
  bombs.set(key, made);
  return made;
}

/** Makes ready what would take longer to make than a client waits. */
export async function prepare(answers: readonly Answer[]): Promise<void> {
  await Promise.all(answers.map(async (answer) => answer.do === 'bomb' && (await bomb(answer))));
}

/** Piece by piece: what it unpacks to must not be in memory here either. */
async function packed(encoding: Bomb['encoding'], megabytes: number): Promise<Buffer> {
  const blank = Buffer.alloc(1024 * 1024, 0x20);
  const blanks = Readable.from(Array.from({ length: megabytes }, () => blank));
  const chunks: Buffer[] = [];
  const collect = async (packs: AsyncIterable<Buffer>) => {
    for await (const chunk of packs) chunks.push(chunk);
  };
  const [first, second] = encoding.split(', ').map((name) => PACKERS[name as keyof typeof PACKERS]());
  if (first === undefined) throw new Error(`nothing packs ${encoding}`);
  await (second === undefined ? pipeline(blanks, first, collect) : pipeline(blanks, first, second, collect));
  return Buffer.concat(chunks);
}

const PACKERS = {
  gzip: () => createGzip(),
  deflate: () => createDeflate(),
  // Its usual care for a few bytes takes seconds.
  br: () => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
};

function giveDrip({ everyMs, text, header }: Extract<Answer, { do: 'drip' }>, { socket }: ServerResponse): void {
  if (socket === null) return;
  const head = 'HTTP/1.1 200 Hostile\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n';
  socket.write(header ? head : `${head}\r\n`);
  let at = 0;
  const timer = setInterval(() => {
    const next = text.charAt(at % Math.max(1, text.length)) || ' ';
    at += 1;
    socket.write(header ? `x-drip-${at}: ${at}\r\n` : `${Buffer.byteLength(next).toString(16)}\r\n${next}\r\n`);
  }, everyMs);
  socket.once('close', () => clearInterval(timer)).on('error', () => clearInterval(timer));
}

function page({ rows, name, token }: Extract<Answer, { do: 'pages' }>, url: string, count: number): string {
  const [kind, property] = Object.entries(PAGES_OF).find(([list]) => url.includes(`/${list}?`)) ?? ['groups', 'name'];
  const next = { fresh: `t${count}`, same: 't', 'in turns': `t${count % 2}`, huge: 't'.repeat(100_000) + count }[token];
  const list = Array.from({ length: rows }, (_, row) => ({
    id: `${count}-${row}`,
    [property]: `${name} ${count}-${row}`,
  }));
  return JSON.stringify({ [kind]: list, next_page_token: next });
}

function askedOf({ method = '', url = '', headers }: IncomingMessage): Asked {
  return { method, url, authorization: headers.authorization ?? '' };
}

async function bodyIn(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function listening(
  handle: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>,
): Promise<{ origin: string; close: () => Promise<void> }> {
  const server: Server = createServer(
    (request, response) => void Promise.resolve(handle(request, response)).catch(() => response.destroy()),
  );
  server.on('connection', (socket) => void socket.on('error', () => undefined));
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
