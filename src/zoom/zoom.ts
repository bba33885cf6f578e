import { EXIT, LockstepError } from '../errors.ts';
import type { Refusal } from '../model/result.ts';
import type { DocumentRef } from '../model/setting.ts';
import type { Target } from '../model/target.ts';
import type { PatchOutcome, Sending, ZoomReader, ZoomWriter } from '../model/zoom-api.ts';
import type { JsonObject } from '../util/json.ts';
import { plural } from '../util/plural.ts';
import { readAccount, type ShownAccount } from './account.ts';
import type { Connection } from './connection.ts';
import type { ClientEvents } from './events.ts';
import type { RequestFailure } from './failure.ts';
import { listGroups, listUsers } from './listing.ts';
import type { RateClass, RequestCounts } from './rates.ts';
import { type Reply, readOutcome, succeeded, unreadableBy } from './replies.ts';
import { createRequests, type Requests } from './requests.ts';
import { documentPath, RATE_CLASS, schemaProblem, userPath, userReply } from './wire.ts';

export type { ShownAccount } from './account.ts';

/** What a reader and a writer have in common. */
export interface Session {
  /** API requests sent so far, retries included; token requests are not of any rate class. */
  counts(): RequestCounts;
  /** The fewest API requests that the work could have been done with: none sent twice, nothing read twice. */
  minimum(): number;
  /** Requests of the class that are left today, as far as is known; `undefined` if no daily number is known. */
  leftToday(rateClass: RateClass): number | undefined;
  /** The scopes of the token, if Zoom reported them; not for a given `ZOOM_ACCESS_TOKEN`. Requests a token. */
  scopes(): Promise<readonly string[] | undefined>;
  /** Who the account is, as Zoom shows it. To be asked for once. */
  readAccount(): Promise<ShownAccount>;
  /** Drops the connections, and the requests that use them. */
  close(): void;
}

/** What is opened before it is known which account it is about. */
export type Unnamed<Z extends ZoomReader> = Omit<Z, 'account'> & Session;

/**
 * Zoom for reading. Read-only by construction: it is built on a client that can only send GET. Token requests have a
 * separate client.
 */
export function openReader(connection: Connection, events: ClientEvents = {}): Unnamed<ZoomReader> {
  const requests = createRequests(['GET'], connection, events);
  return { ...reading(connection, requests), ...session(connection, requests) };
}

/** Zoom for reading and writing. */
export function openWriter(connection: Connection, events: ClientEvents = {}): Unnamed<ZoomWriter> {
  const requests = createRequests(['GET', 'PATCH'], connection, events);
  return {
    ...reading(connection, requests),
    ...session(connection, requests),
    async patchDocument(
      target: Target,
      document: DocumentRef,
      body: JsonObject,
      sending: Sending,
    ): Promise<PatchOutcome> {
      const path = documentPath(connection.account, target, document);
      const outcome = await requests.request({ method: 'PATCH', path, rateClass: RATE_CLASS, body, ...sending });
      if (outcome.kind !== 'reply') return { accepted: false, refusal: gaveUp(outcome) };
      // 204, and 200 for account locks (zoom-api section 4), with any body: the result is read back anyway.
      if (succeeded(outcome.status)) return { accepted: true };
      const refusal = refusalOf(outcome);
      return { accepted: false, refusal: outcome.mayHaveApplied ? { ...refusal, mayBeTaken: true } : refusal };
    },
  };
}

function reading({ account, apiUrl }: Connection, requests: Requests<'GET'>): Omit<ZoomReader, 'account'> {
  const ask = (path: string) => requests.request({ method: 'GET', path, rateClass: RATE_CLASS });
  async function get(path: string): Promise<Reply> {
    const outcome = await ask(path);
    if (outcome.kind !== 'reply') throw unread(path, apiUrl, outcome);
    return outcome;
  }
  return {
    async readDocument(target, document) {
      const path = documentPath(account, target, document);
      const outcome = await ask(path);
      if (outcome.kind === 'reply') return readOutcome(outcome);
      // One document that Zoom keeps failing on must not hide all the others; no answer at all ends the run.
      const { status, kind, reason, tries } = outcome;
      const concernsDocument = status !== undefined && (kind === 'unavailable' || kind === 'busy');
      if (!concernsDocument) throw unread(path, apiUrl, outcome);
      return { state: 'unreadable', reason: `${reason} (${plural(tries, 'try', 'tries')})` };
    },
    listGroups: () => listGroups(get, account),
    listUsers: () => listUsers(get, account),
    async groupsOfUser(user) {
      // GET /users/{id} is of the class light (zoom-api section 2).
      const reply = await requests.request({ method: 'GET', path: userPath(account, user), rateClass: 'light' });
      if (reply.kind !== 'reply') return { state: 'unreadable', reason: reply.reason };
      if (reply.error !== undefined) return unreadableBy(reply.error);
      const parsed = userReply.safeParse(reply.body.ok ? reply.body.value : undefined);
      return parsed.success
        ? (parsed.data.group_ids ?? [])
        : { state: 'unreadable', reason: schemaProblem(parsed.error) };
    },
  };
}

function session(connection: Connection, requests: Requests<'GET'>): Session {
  const { counts, minimum, leftToday, scopes, close } = requests;
  return { counts, minimum, leftToday, scopes, readAccount: () => readAccount(connection, requests), close };
}

function refusalOf({ status, error }: Reply): Refusal {
  if (error === undefined) return { status, message: `HTTP ${status}` };
  const { scopes, ...refusal } = error;
  return refusal;
}

function gaveUp({ status, code, reason, tries, mayHaveApplied }: RequestFailure): Refusal {
  const times = plural(tries, 'try', 'tries');
  const message = status === undefined ? `no answer after ${times}: ${reason}` : `${reason} (${times})`;
  return {
    ...(status === undefined ? {} : { status }),
    ...(code === undefined ? {} : { code }),
    message: mayHaveApplied ? `${message}; Zoom may have applied it` : message,
    ...(mayHaveApplied ? { mayBeTaken: true as const } : {}),
  };
}

function unread(path: string, { host }: URL, { kind, status, reason, tries, hint }: RequestFailure): LockstepError {
  const times = plural(tries, 'try', 'tries');
  const what = status === undefined ? `no answer from ${host}` : `GET ${path}`;
  const advice = kind === 'limited' ? 'another app may be using up the limit; try a lower --rate-share' : hint;
  return new LockstepError(`${what}: ${reason} (${times})`, {
    exitCode: EXIT.error,
    ...(advice === undefined ? {} : { hint: advice }),
  });
}
