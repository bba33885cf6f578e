import http from 'node:http';
import https from 'node:https';
import { got, type Request, TimeoutError } from 'got';
import { HttpsProxyAgent } from 'hpagent';
import { VERSION } from '../model/version.ts';
import type { Connection } from './connection.ts';
import { excerpt } from './excerpt.ts';
import { withoutSecrets } from './redact.ts';

export interface OutgoingRequest<M extends string> {
  readonly method: M;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Taken out of everything that comes back, should the server repeat them. */
  readonly secrets: readonly string[];
}

/** What one request over HTTP came to. Nothing of got's errors is kept: their options hold the Authorization header. */
export type Exchange =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly text: string;
    }
  | {
      readonly kind: 'unanswered';
      readonly reason: string;
      /** Whether the request may have got through before it broke. */
      readonly sent: boolean;
      readonly retry: boolean;
      readonly hint?: string;
    };

/** Sends one request and makes no decision: no retry, no redirect, no opinion about a status. Never throws. */
export interface HttpClient<M extends string> {
  send(request: OutgoingRequest<M>): Promise<Exchange>;
  close(): void;
}

const LARGEST_REPLY = 20 * 1024 * 1024;
const TIMEOUTS = { connect: 10_000, response: 30_000 };

/** A broken handshake or a certificate that is not trusted: no request was sent, and none will be by trying again. */
const TLS = /^(?:CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_|INVALID_CA|PATH_LENGTH|EPROTO)/;
const NO_CONNECTION = /^(?:ECONNREFUSED|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)/;

/**
 * An HTTP client for one host that can send the given methods only. The list is checked when it runs, too: a client
 * made for reading cannot be talked into writing.
 */
export function createHttpClient<M extends 'GET' | 'PATCH' | 'POST'>(
  methods: readonly M[],
  connection: Pick<Connection, 'concurrency' | 'timeouts'>,
  proxy: URL | undefined,
): HttpClient<M> {
  const timeouts = connection.timeouts ?? TIMEOUTS;
  const agents = createAgents(connection.concurrency, proxy);
  const instance = got.extend({
    agent: agents,
    retry: { limit: 0 },
    // A redirect would carry the Authorization header to wherever it points.
    followRedirect: false,
    throwHttpErrors: false,
    timeout: {
      lookup: timeouts.connect,
      connect: timeouts.connect,
      secureConnect: timeouts.connect,
      response: timeouts.response,
      read: timeouts.response,
      // For what the others do not see, such as a proxy that takes the connection and then says nothing.
      request: 2 * (timeouts.connect + timeouts.response),
    },
    // Without an Accept header Zoom answers errors in XML (zoom-api section 3).
    headers: { accept: 'application/json', 'user-agent': `lockstep/${VERSION}` },
  });

  const underWay = new Set<Request>();

  async function send({ method, url, headers, body, secrets }: OutgoingRequest<M>): Promise<Exchange> {
    if (!methods.includes(method)) throw new Error(`a client for ${methods.join(', ')} was asked to send ${method}`);
    try {
      // Not with got's `signal`: it stays listening after the answer, and then raises an error that nobody can catch, with
      // the headers in it.
      const stream = instance.stream(url, { method, headers, ...(body === undefined ? {} : { body }) });
      // For errors that come when nobody reads any more.
      stream.on('error', () => {});
      endWithItsConnection(stream);
      underWay.add(stream);
      try {
        return await receive(stream, secrets);
      } finally {
        underWay.delete(stream);
        // got does not do so by itself when a stream was read to its end.
        stream.destroy();
      }
    } catch (error) {
      return unanswered(error, secrets, proxy);
    }
  }

  return {
    send,
    close() {
      for (const stream of underWay) stream.destroy(new Error('closed'));
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

/**
 * A server that changes protocols (101) ends the exchange without an answer and without an error: Node closes the
 * connection, and got goes on waiting for ever, its own time-outs included.
 */
function endWithItsConnection(stream: Request): void {
  stream.on('request', (request: http.ClientRequest) => {
    let ended = false;
    const end = () => {
      ended = true;
    };
    request.once('response', end).once('error', end);
    request.once('close', () => {
      if (!ended) stream.destroy(new Error('the connection was closed without an answer'));
    });
  });
}

async function receive(stream: Request, secrets: readonly string[]): Promise<Exchange> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Counted here, after decompression: got's own progress events stop at the compressed length.
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_REPLY) {
      const reason = `the reply is larger than ${LARGEST_REPLY / 1024 / 1024} MB`;
      return { kind: 'unanswered', reason, sent: true, retry: false };
    }
    chunks.push(chunk);
  }
  const { response } = stream;
  if (response === undefined) return { kind: 'unanswered', reason: 'no answer', sent: true, retry: true };
  const text = Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  return {
    kind: 'answered',
    status: response.statusCode,
    headers: flat(response.headers, secrets),
    text: withoutSecrets(text, secrets),
  };
}

function createAgents(concurrency: number, proxy: URL | undefined) {
  const options = { keepAlive: true, maxSockets: concurrency, maxFreeSockets: concurrency };
  return {
    // Plain http goes to this machine only (connection.ts), and so never through a proxy.
    http: new http.Agent(options),
    https: proxy === undefined ? new https.Agent(options) : new HttpsProxyAgent({ ...options, proxy }),
  };
}

/** Node joins repeated headers, but for `set-cookie`, which nobody reads here. */
function flat(headers: http.IncomingHttpHeaders, secrets: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, withoutSecrets(value, secrets)]] : [],
    ),
  );
}

function unanswered(error: unknown, secrets: readonly string[], proxy: URL | undefined): Exchange {
  const { message, code }: NodeJS.ErrnoException = error instanceof Error ? error : new Error(String(error));
  // Refused on every address of a name, Node gives a code and no message.
  const said = excerpt(withoutSecrets(message || code || 'unknown failure', secrets), 200);
  const reason = proxy === undefined ? said : `${said} (through the proxy ${proxy.host})`;
  if (code !== undefined && TLS.test(code)) {
    const hint = 'a company proxy with its own certificate? name it in NODE_EXTRA_CA_CERTS';
    return { kind: 'unanswered', reason, sent: false, retry: false, hint };
  }
  const connecting =
    error instanceof TimeoutError ? /lookup|connect/i.test(error.event) : NO_CONNECTION.test(code ?? '');
  return { kind: 'unanswered', reason, sent: !connecting, retry: true };
}
