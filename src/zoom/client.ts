import http from 'node:http';
import https from 'node:https';
import { type Got, got, type Options, type Request, TimeoutError } from 'got';
import { HttpsProxyAgent } from 'hpagent';
import { VERSION } from '../model/version.ts';
import type { JsonObject } from '../util/json.ts';
import type { Connection } from './connection.ts';
import { excerpt } from './excerpt.ts';
import type { RequestFailure } from './failure.ts';
import { createRedact, type Redact } from './redact.ts';

/** One request, as those who make it know it. */
export interface HttpRequest<M extends string> {
  readonly method: M;
  /** Path and query, relative to the base URL. */
  readonly path: string;
  readonly body?: JsonObject | URLSearchParams;
  /** What of the body must never be shown, should the server repeat it. */
  readonly secrets?: readonly string[];
}

/** What requests are sent with. The same object as long as it does not change: what is made from it is kept. */
export interface Authorization {
  readonly header: string;
  /** Removed from everything that comes back, should the server repeat them. */
  readonly secrets: readonly string[];
}

/** The headers that are read; the others are dropped. */
const HEADERS = [
  'content-type',
  'date',
  'location',
  'retry-after',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-type',
] as const;

export interface HttpResponse {
  readonly kind: 'response';
  readonly status: number;
  readonly headers: Readonly<Partial<Record<(typeof HEADERS)[number], string>>>;
  readonly text: string;
}

/**
 * Sends one request and makes no decision: no retry, no redirect, no opinion about a status. Never throws. Nothing of got's
 * errors is kept: their options hold the Authorization header.
 */
export interface HttpClient<M extends string> {
  send(request: HttpRequest<M>, authorization: Authorization): Promise<HttpResponse | RequestFailure>;
  close(): void;
}

const LARGEST_BODY = 20 * 1024 * 1024;
const TIMEOUTS = { connect: 10_000, response: 30_000 };

/** A broken handshake or an untrusted certificate: no request was sent, and trying again will not help. */
const TLS = /^(?:CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_|INVALID_CA|PATH_LENGTH|EPROTO)/;
const NO_CONNECTION = /^(?:ECONNREFUSED|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)/;

/**
 * An HTTP client for one host that can send the given methods only. The list is checked at run time, too: a client
 * made for reading cannot be talked into writing.
 */
export function createHttpClient<M extends 'GET' | 'PATCH' | 'POST'>(
  methods: readonly M[],
  baseUrl: URL,
  connection: Pick<Connection, 'concurrency' | 'timeouts'>,
  proxy: URL | undefined,
): HttpClient<M> {
  const base = baseUrl.href.replace(/\/$/, '');
  const agents = createAgents(connection.concurrency, proxy);
  const instance = createInstance(agents, connection.timeouts ?? TIMEOUTS);
  const underWay = new Set<Request>();
  let current: { authorization: Authorization; instance: Got; redact: Redact } | undefined;

  /** The header is an option of an instance, made once a token: got checks and copies the options of every call anew. */
  function authorized(authorization: Authorization) {
    if (current?.authorization === authorization) return current;
    const { header, secrets } = authorization;
    current = {
      authorization,
      instance: instance.extend({ headers: { authorization: header } }),
      redact: createRedact(secrets),
    };
    return current;
  }

  async function exchange(stream: Request, redact: Redact): Promise<HttpResponse | RequestFailure> {
    underWay.add(stream);
    try {
      return await receive(stream, redact);
    } catch (error) {
      return unanswered(error, redact, proxy);
    } finally {
      underWay.delete(stream);
      // got does not do so by itself when a stream was read to its end.
      stream.destroy();
    }
  }

  return {
    async send({ method, path, body, secrets = [] }, authorization) {
      if (!methods.includes(method)) throw new Error(`a client for ${methods.join(', ')} was asked to send ${method}`);
      const { instance, redact } = authorized(authorization);
      // Not with got's `signal`: its listener stays after the answer, and then raises an error that nobody can catch, with
      // the headers in it.
      const stream = instance.stream(`${base}${path}`, method === 'GET' ? undefined : { method, ...content(body) });
      return exchange(stream, secrets.length === 0 ? redact : createRedact([...authorization.secrets, ...secrets]));
    },
    close() {
      for (const stream of underWay) stream.destroy(new Error('closed'));
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

function createInstance(agent: Agents, { connect, response }: NonNullable<Connection['timeouts']>): Got {
  return got.extend({
    agent,
    request: leanRequest,
    retry: { limit: 0 },
    // A redirect would carry the Authorization header to wherever it points.
    followRedirect: false,
    throwHttpErrors: false,
    timeout: {
      lookup: connect,
      connect,
      secureConnect: connect,
      response,
      read: response,
      // For what the others miss, such as a proxy that accepts the connection and then says nothing.
      request: 2 * (connect + response),
    },
    // Without an Accept header Zoom answers errors in XML (zoom-api section 3).
    headers: { accept: 'application/json', 'user-agent': `lockstep/${VERSION}` },
  });
}

/**
 * Node's request with the options that this client sets. got passes some forty, most of them undefined, and Node copies them
 * three times for each request.
 */
const leanRequest: NonNullable<Options['request']> = (url, { agent, headers, method }) => {
  const { request } = url.protocol === 'https:' ? https : http;
  return request({
    protocol: url.protocol,
    // As Node does it with a URL: without the brackets of an IPv6 address.
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port,
    path: `${url.pathname}${url.search}`,
    method,
    headers,
    agent,
  });
};

function content(body: JsonObject | URLSearchParams | undefined) {
  if (body === undefined) return {};
  return body instanceof URLSearchParams
    ? { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: body.toString() }
    : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

async function receive(stream: Request, redact: Redact): Promise<HttpResponse | RequestFailure> {
  const body = await readBody(stream);
  if (body === undefined) return unusableBody(`the reply is larger than ${LARGEST_BODY / 1024 / 1024} MB`, 'hopeless');
  const { response } = stream;
  if (response === undefined) return unusableBody('no answer', 'unavailable');
  const text = body.toString('utf8');
  return {
    kind: 'response',
    status: response.statusCode,
    headers: readHeaders(response.headers, redact),
    text: redact(text.startsWith('\ufeff') ? text.slice(1) : text),
  };
}

/**
 * The whole body, or `undefined` if it is too large: counted after decompression, where got's own progress events stop at
 * the compressed length. By events, because an async iterator of a stream costs more than the rest of the reading.
 */
function readBody(stream: Request): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    stream
      .on('data', (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size <= LARGEST_BODY) return;
        stream.destroy();
        resolve(undefined);
      })
      .once('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)))
      // It stays, for errors that come when nobody reads any more.
      .on('error', reject)
      .once('close', () => {
        if (!stream.readableEnded) reject(new Error('the answer ended early'));
      })
      .once('request', (request: http.ClientRequest) => {
        // A server that changes protocols (101) ends the exchange without an answer and without an error: Node closes the
        // connection, and got keeps waiting forever, regardless of its own time-outs.
        request.once('close', () => {
          if (stream.response !== undefined) return;
          stream.destroy(new Error('the connection was closed without an answer'));
        });
      });
  });
}

type Agents = ReturnType<typeof createAgents>;

function createAgents(concurrency: number, proxy: URL | undefined) {
  const options = { keepAlive: true, maxSockets: concurrency, maxFreeSockets: concurrency };
  return {
    // Plain http is for this machine only (connection.ts), and so never for a proxy.
    http: new http.Agent(options),
    https: proxy === undefined ? new https.Agent(options) : new HttpsProxyAgent({ ...options, proxy }),
  };
}

/** Node joins repeated headers. */
function readHeaders(headers: http.IncomingHttpHeaders, redact: Redact): HttpResponse['headers'] {
  const read: Partial<Record<(typeof HEADERS)[number], string>> = {};
  for (const name of HEADERS) {
    const value = headers[name];
    if (typeof value === 'string') read[name] = redact(value);
  }
  return read;
}

function unusableBody(reason: string, kind: 'hopeless' | 'unavailable'): RequestFailure {
  return { kind, reason, mayHaveApplied: true, tries: 1 };
}

function unanswered(error: unknown, redact: Redact, proxy: URL | undefined): RequestFailure {
  const { message, code }: NodeJS.ErrnoException = error instanceof Error ? error : new Error(String(error));
  // Refused on every address of a name, Node gives a code and no message.
  const shown = excerpt(redact(message || code || 'unknown failure'), 200);
  const reason = proxy === undefined ? shown : `${shown} (through the proxy ${proxy.host})`;
  if (code !== undefined && TLS.test(code)) {
    const hint = 'a company proxy with its own certificate? name it in NODE_EXTRA_CA_CERTS';
    return { kind: 'hopeless', reason, mayHaveApplied: false, hint, tries: 1 };
  }
  const connecting =
    error instanceof TimeoutError ? /lookup|connect/i.test(error.event) : NO_CONNECTION.test(code ?? '');
  return { kind: 'unavailable', reason, mayHaveApplied: !connecting, tries: 1 };
}
