import { EXIT, LockstepError } from '../errors.ts';
import type { Refusal } from '../model/result.ts';
import type { DocumentRef } from '../model/setting.ts';
import type { Target } from '../model/target.ts';
import type { PatchOutcome, ZoomReader, ZoomWriter } from '../model/zoom-api.ts';
import type { JsonObject } from '../util/json.ts';
import { plural } from '../util/plural.ts';
import type { Connection } from './connection.ts';
import type { ClientEvents } from './events.ts';
import { listGroups, listUsers } from './listing.ts';
import type { Failure } from './persist.ts';
import type { RateClass, RequestCounts } from './rates.ts';
import { type Reply, readOutcome, succeeded } from './replies.ts';
import { createRequests, type Requests } from './requests.ts';
import { documentPath, RATE_CLASS, userPath, userReply } from './wire.ts';

/** What comes with both halves of Zoom. */
export interface Session {
  /** API requests sent so far, retries included; token requests are not of any rate class. */
  counts(): RequestCounts;
  /** The fewest API requests that all of it could have been done with: none sent twice, nothing read twice. */
  minimum(): number;
  /** Requests of the class that are left of today, as far as is known; `undefined` where no number a day holds. */
  leftToday(rateClass: RateClass): number | undefined;
  /** The scopes of the token, where Zoom told them; a given `ZOOM_ACCESS_TOKEN` tells nothing. Asks for a token. */
  scopes(): Promise<readonly string[] | undefined>;
  /** Drops the connections, and what is under way with them. */
  close(): void;
}

/**
 * Zoom for reading. Read-only by construction: what it is built on can send GET and nothing else, but for the token
 * request, which has a client of its own.
 */
export function openReader(connection: Connection, events: ClientEvents = {}): ZoomReader & Session {
  const requests = createRequests(['GET'], connection, events);
  return { ...reading(connection, requests), ...session(requests) };
}

/** Zoom for reading and writing. */
export function openWriter(connection: Connection, events: ClientEvents = {}): ZoomWriter & Session {
  const requests = createRequests(['GET', 'PATCH'], connection, events);
  return {
    ...reading(connection, requests),
    ...session(requests),
    async patchDocument(
      target: Target,
      document: DocumentRef,
      body: JsonObject,
      secrets: readonly string[],
    ): Promise<PatchOutcome> {
      const path = documentPath(connection.account, target, document);
      const outcome = await requests.request({ method: 'PATCH', path, rateClass: RATE_CLASS, body, secrets });
      if (outcome.kind === 'failed') return { accepted: false, refusal: gaveUp(outcome.failure) };
      // 204, and 200 for account locks (zoom-api section 4), with whatever body: what it did is read back anyway.
      if (succeeded(outcome.value.status)) return { accepted: true };
      const refusal = refusalOf(outcome.value);
      return { accepted: false, refusal: outcome.mayBeTaken ? { ...refusal, mayBeTaken: true } : refusal };
    },
  };
}

function reading({ account, apiUrl }: Connection, requests: Requests<'GET'>): ZoomReader {
  const ask = (path: string) => requests.request({ method: 'GET', path, rateClass: RATE_CLASS });
  async function get(path: string): Promise<Reply> {
    const outcome = await ask(path);
    if (outcome.kind === 'failed') throw unread(path, apiUrl, outcome.failure);
    return outcome.value;
  }
  return {
    account,
    async readDocument(target, document) {
      const path = documentPath(account, target, document);
      const outcome = await ask(path);
      if (outcome.kind === 'settled') return readOutcome(outcome.value);
      // One document that Zoom keeps failing on must not hide all the others; no answer at all ends the run.
      const { status, kind, reason, tries } = outcome.failure;
      const itsOwn = status !== undefined && (kind === 'unavailable' || kind === 'busy');
      if (!itsOwn) throw unread(path, apiUrl, outcome.failure);
      return { state: 'unreadable', reason: `${reason} (${plural(tries, 'try', 'tries')})` };
    },
    listGroups: () => listGroups(get, account),
    listUsers: () => listUsers(get, account),
    async groupsOfUser(user) {
      // GET /users/{id} is of the class light (zoom-api section 2).
      const reply = await requests.request({ method: 'GET', path: userPath(account, user), rateClass: 'light' });
      if (reply.kind === 'failed' || reply.value.fault !== undefined || !reply.value.body.ok) return undefined;
      const parsed = userReply.safeParse(reply.value.body.value);
      return parsed.success ? (parsed.data.group_ids ?? []) : undefined;
    },
  };
}

function session(requests: Requests<'GET'>): Session {
  const { counts, minimum, leftToday, scopes, close } = requests;
  return { counts, minimum, leftToday, scopes, close };
}

function refusalOf({ status, fault }: Reply): Refusal {
  if (fault === undefined) return { status, message: `HTTP ${status}` };
  const { scopes, ...refusal } = fault;
  return refusal;
}

function gaveUp({ status, code, reason, tries, mayBeTaken }: Failure): Refusal {
  const times = plural(tries, 'try', 'tries');
  const message = status === undefined ? `no answer after ${times}: ${reason}` : `${reason} (${times})`;
  return {
    ...(status === undefined ? {} : { status }),
    ...(code === undefined ? {} : { code }),
    message: mayBeTaken ? `${message}; Zoom may have taken it` : message,
    ...(mayBeTaken ? { mayBeTaken: true as const } : {}),
  };
}

function unread(path: string, { host }: URL, { kind, status, reason, tries, hint }: Failure): LockstepError {
  const times = plural(tries, 'try', 'tries');
  const what = status === undefined ? `no answer from ${host}` : `GET ${path}`;
  const advice = kind === 'limited' ? 'another app may use up the limit; a lower --rate-share helps' : hint;
  return new LockstepError(`${what}: ${reason} (${times})`, {
    exitCode: EXIT.error,
    ...(advice === undefined ? {} : { hint: advice }),
  });
}
