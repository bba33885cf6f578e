import { setMaxListeners } from 'node:events';
import { EXIT, LockstepError } from '../errors.ts';
import type { JsonObject } from '../util/json.ts';
import { createAuth } from './auth.ts';
import { judge, unusable } from './classify.ts';
import { createHttpClient } from './client.ts';
import { realClock } from './clock.ts';
import type { Connection } from './connection.ts';
import { createDay } from './daily-quota.ts';
import type { ClientEvents } from './events.ts';
import { createLimiter } from './limiter.ts';
import { type Attempt, type Failure, persist } from './persist.ts';
import { quotaOf } from './quota-headers.ts';
import type { RateClass, RequestCounts } from './rates.ts';
import { type Reply, refusesToken } from './replies.ts';
import { USUAL_WAIT } from './retry.ts';

/** Zoom's are far longer; a shorter one, of a sandbox, may be a word of a document, which must stay as it is. */
const SHORTEST_CREDENTIAL = 12;

export interface ApiRequest<M extends string> {
  readonly method: M;
  /** Path and query, relative to the API's base. */
  readonly path: string;
  readonly rateClass: RateClass;
  readonly body?: JsonObject;
  /** What of the body must never be shown, should Zoom repeat it. */
  readonly secrets?: readonly string[];
}

export type Outcome =
  | { readonly kind: 'settled'; readonly value: Reply; readonly mayBeTaken: boolean }
  | { readonly kind: 'failed'; readonly failure: Failure };

/**
 * Requests to Zoom's API with all that every one of them needs: the token, a place in the rate schedule, retries.
 * Throws a `LockstepError` for what stops the whole run (credentials, a daily limit, `close`), and from then on for every
 * request, before it is sent; other failures are values.
 */
export interface Requests<M extends string> {
  request(request: ApiRequest<M>): Promise<Outcome>;
  counts(): RequestCounts;
  /** How many of them would have been enough, had each answer come at once and been asked for once. */
  minimum(): number;
  /** Requests of the class that are left of today, as far as is known; `undefined` where no number a day holds. */
  leftToday(rateClass: RateClass): number | undefined;
  scopes(): Promise<readonly string[] | undefined>;
  close(): void;
}

export function createRequests<M extends 'GET' | 'PATCH'>(
  methods: readonly M[],
  connection: Connection,
  events: ClientEvents,
): Requests<M> {
  const { apiUrl, ratePlan, rateShare = 1, concurrency, clock = realClock } = connection;
  const base = apiUrl.href.replace(/\/$/, '');
  const closing = new AbortController();
  const { signal } = closing;
  // Every wait of every request listens for the end.
  setMaxListeners(0, signal);
  const client = createHttpClient(methods, connection, connection.proxy?.api);
  const auth = createAuth(connection, clock, signal, events);
  const limiter = createLimiter(ratePlan, concurrency, clock, signal, events, rateShare);
  const day = createDay(ratePlan, rateShare, clock.now);
  const counts: RequestCounts = { light: 0, medium: 0, heavy: 0 };
  /** What was read and not written since: asking for it again is more than is needed. */
  const known = new Set<string>();
  let minimum = 0;
  let over: LockstepError | undefined;

  /** Ends the run: what waits in the queues would only meet the same refusal. */
  function stop(error: LockstepError): LockstepError {
    over ??= error;
    return over;
  }

  function goOn(): void {
    if (over !== undefined) throw over;
  }

  async function token(): Promise<string> {
    try {
      return await auth.token();
    } catch (error) {
      if (error instanceof LockstepError && error.exitCode === EXIT.credentials) throw stop(error);
      throw error;
    }
  }

  function countNeed({ method, path }: ApiRequest<M>): void {
    if (method === 'GET' && known.has(path)) return;
    minimum += 1;
    if (method === 'GET') known.add(path);
    // A lock decides about what the documents below it read.
    else if (path.includes('/lock_settings')) known.clear();
    else known.delete(path);
  }

  function credentials(bearer: string): readonly string[] {
    return [bearer, ...auth.secrets].filter(({ length }) => length >= SHORTEST_CREDENTIAL);
  }

  /** One request over HTTP, when its turn has come, and the token it went with. */
  function exchange({ method, path, rateClass, body, secrets = [] }: ApiRequest<M>) {
    return limiter.run(rateClass, async (turn) => {
      goOn();
      const bearer = await token();
      await turn();
      goOn();
      if (day.isOver(rateClass))
        throw stop(overDailyLimit(rateClass, 'Zoom said that no request is left', clock.now()));
      const turnAt = clock.now();
      counts[rateClass] += 1;
      day.sent(rateClass);
      events.onRequest?.({ method, path, rateClass });
      const answer = await client.send({
        method,
        url: `${base}${path}`,
        headers: {
          authorization: `Bearer ${bearer}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        secrets: [...credentials(bearer), ...secrets],
      });
      if (answer.kind === 'answered') heed(rateClass, answer.headers);
      return { answer, bearer, turnAt };
    });
  }

  /** What Zoom says of its limits is believed before it has to refuse anything. */
  function heed(rateClass: RateClass, headers: Readonly<Record<string, string>>): void {
    const quota = quotaOf(headers);
    if (quota === undefined) return;
    const { per, limit, remaining } = quota;
    if (per === 'day') {
      if (remaining !== undefined) day.told(rateClass, remaining);
      return;
    }
    if (per === 'second' && limit !== undefined) limiter.cap(rateClass, limit);
    if (remaining === 0) limiter.holdOff(rateClass, USUAL_WAIT);
  }

  async function attempt(request: ApiRequest<M>, renewals = 0): Promise<Attempt<Reply>> {
    const { answer, bearer, turnAt } = await exchange(request);
    const judged = judge(answer, clock.now());
    if (judged.reply !== undefined && refusesToken(judged.reply)) {
      renew(bearer, renewals);
      return attempt(request, renewals + 1);
    }
    if (judged.kind === 'settled') {
      // A PATCH needs no body in its answer.
      const trouble = request.method === 'GET' ? unusable(judged.reply) : undefined;
      return trouble === undefined ? { kind: 'settled', value: judged.reply } : { kind: 'trouble', trouble };
    }
    const { trouble } = judged;
    if (trouble.kind === 'limited') {
      limiter.holdOff(request.rateClass, trouble.retryAfter ?? USUAL_WAIT);
      limiter.slowDown(request.rateClass, turnAt);
    }
    // A GET changes nothing, whether it got through or not.
    return { kind: 'trouble', trouble: request.method === 'GET' ? { ...trouble, mayBeTaken: false } : trouble };
  }

  function renew(bearer: string, renewals: number): void {
    if (renewals > 0) {
      throw stop(
        new LockstepError('Zoom refuses a token that it has just issued (code 124)', {
          exitCode: EXIT.credentials,
          hint: 'check in the Zoom App Marketplace that the app is still activated',
        }),
      );
    }
    try {
      auth.discard(bearer);
    } catch (error) {
      throw error instanceof LockstepError ? stop(error) : error;
    }
  }

  return {
    async request(request) {
      countNeed(request);
      // PATCHes are tried again like GETs: a settings body says what values shall be, so that twice is the same as once.
      const outcome = await persist(() => attempt(request), { clock, signal, events });
      if (outcome.kind === 'failed' && outcome.failure.kind === 'daily') {
        const { reason, retryAfter, mayBeTaken } = outcome.failure;
        const limit = stop(overDailyLimit(request.rateClass, reason, clock.now(), retryAfter));
        // It ends the run with the next request; of this one must be told that an earlier try may have been carried out.
        if (!mayBeTaken) throw limit;
      }
      return outcome;
    },
    counts: () => ({ ...counts }),
    minimum: () => minimum,
    leftToday: day.left,
    scopes: auth.scopes,
    close() {
      stop(new LockstepError('the connection to Zoom was closed'));
      closing.abort();
      client.close();
      auth.close();
    },
  };
}

function overDailyLimit(rateClass: RateClass, reason: string, now: number, retryAfter?: number): LockstepError {
  const resets =
    retryAfter === undefined
      ? 'resets at 00:00 GMT unless Zoom says otherwise'
      : `resets at ${new Date(now + retryAfter).toISOString().replace(/\.\d+/, '')}`;
  return new LockstepError(
    `the daily limit of Zoom's rate class ${rateClass.toUpperCase()} is reached, ${resets} (${reason})`,
    { hint: 'the limit is shared by all apps of the account; nothing was lost, run again after the reset' },
  );
}
