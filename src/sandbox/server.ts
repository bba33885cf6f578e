/** The sandbox as a server on loopback. */
import { setMaxListeners } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { LockstepError } from '../errors.ts';
import { createApp } from './app.ts';
import { type Fault, parseFaults } from './faults.ts';
import type { RatePlan } from './rates.ts';
import type { SandboxState } from './state.ts';
import { universityState } from './university/index.ts';
import { type AdminAct, createWorld, type LoggedRequest } from './world.ts';

export interface SandboxOptions {
  /** The initial state. Default: Example University. */
  readonly state?: SandboxState;
  /** 0, the default, picks a free one. */
  readonly port?: number;
  /** Whose rate limits apply. Default: no limits. */
  readonly ratePlan?: RatePlan | 'none';
  /** What a PATCH of a value that is locked above does: accepted and ignored (default), or refused as a whole. */
  readonly lockedWrite?: 'silent' | 'reject';
  /** Read-only and unknown keys in a PATCH: ignored (default), or refused. */
  readonly unknownFields?: 'ignore' | 'reject';
  /** Objects inside a section: merged (default), or replaced, so that what is not sent is reset. */
  readonly nestedObjects?: 'merge' | 'replace';
  /** Passcodes and tokens in a GET: returned (default, as Zoom documents it), or omitted. */
  readonly secrets?: 'returned' | 'withheld';
  /** The least time that an API call takes. */
  readonly latencyMs?: number;
  /** Default 3599, as Zoom's. */
  readonly tokenLifetimeSeconds?: number;
  /** Called after every write with the new state, which must not be changed. */
  readonly onChange?: (state: SandboxState) => void;
}

export interface Sandbox {
  readonly url: string;
  /** What lockstep needs in its environment to talk to this sandbox. */
  readonly env: Readonly<
    Record<'ZOOM_API_URL' | 'ZOOM_OAUTH_URL' | 'ZOOM_ACCOUNT_ID' | 'ZOOM_CLIENT_ID' | 'ZOOM_CLIENT_SECRET', string>
  >;
  /** A copy of everything that is stored, including what a GET omits. */
  state(): SandboxState;
  /** Requests to the API and for tokens, in the order of arrival. */
  log(): readonly LoggedRequest[];
  /** Replaces the faults; counting restarts. */
  setFaults(faults: readonly Fault[]): void;
  /** Throws a `LockstepError` for a target or a document that does not exist. */
  act(change: AdminAct): void;
  /** Back to the start, or to another state; log and faults are cleared. */
  reset(state?: SandboxState): void;
  close(): Promise<void>;
}

/** Starts a Zoom on 127.0.0.1. Rejects with a `LockstepError` when the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const initial = structuredClone(options.state ?? universityState());
  const { lockedWrite = 'silent', unknownFields = 'ignore', nestedObjects = 'merge', secrets = 'returned' } = options;
  const world = createWorld(initial, {
    ratePlan: options.ratePlan ?? 'none',
    rules: { lockedWrite, unknownFields, nestedObjects, secrets },
    latencyMs: options.latencyMs ?? 0,
    ...(options.tokenLifetimeSeconds === undefined ? {} : { tokenLifetimeSeconds: options.tokenLifetimeSeconds }),
    onChange: options.onChange ?? (() => undefined),
  });
  const closing = new AbortController();
  // Every request that is delayed listens for the end.
  setMaxListeners(0, closing.signal);
  const answer = createApp(world, initial, closing.signal);
  const server = createAdaptorServer({
    fetch: (request, bindings) => answer(request, bindings as HttpBindings),
    createServer,
  }) as Server;
  // Longer than any client keeps an idle connection, so that none is closed while a request is being sent.
  server.keepAliveTimeout = 120_000;
  const url = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`;
  const { accountId, clientId, clientSecret } = initial.credentials;
  return {
    url,
    env: {
      ZOOM_API_URL: `${url}/v2`,
      ZOOM_OAUTH_URL: `${url}/oauth/token`,
      ZOOM_ACCOUNT_ID: accountId,
      ZOOM_CLIENT_ID: clientId,
      ZOOM_CLIENT_SECRET: clientSecret,
    },
    state: () => structuredClone(world.state),
    log: () => structuredClone(world.log),
    setFaults: (faults) => world.faults.set(parseFaults(faults)),
    act: (change) => world.act(change),
    reset: (state) => world.reset(state ?? initial),
    close: () => close(server, closing),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      reject(new LockstepError(`the sandbox cannot listen on port ${port}: ${error.message}`, { cause: error }));
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function close(server: Server, closing: AbortController): Promise<void> {
  closing.abort();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
