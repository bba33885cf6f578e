import { setMaxListeners } from 'node:events';
import { EXIT, LockstepError } from '../errors.ts';
import { createAuth } from './auth.ts';
import { classify, unusable } from './classify.ts';
import { type Authorization, createHttpClient, type HttpRequest, type HttpResponse } from './client.ts';
import { realClock } from './clock.ts';
import type { Connection } from './connection.ts';
import { createDailyQuota } from './daily-quota.ts';
import type { ClientEvents } from './events.ts';
import type { RequestFailure } from './failure.ts';
import { createLimiter } from './limiter.ts';
import { quotaOf } from './quota-headers.ts';
import type { RateClass, RequestCounts } from './rates.ts';
import { type Reply, refusesToken } from './replies.ts';
import { retry, USUAL_WAIT } from './retry.ts';

export interface ApiRequest<M extends string> extends HttpRequest<M> {
  readonly rateClass: RateClass;
  /** Asked when the turn of each try has come; when it rejects, nothing is sent. */
  readonly beforeSend?: () => Promise<void>;
  /** The run can do without it: it is tried once, is not among the fewest requests, and a limit that it meets stops nothing else. */
  readonly optional?: true;
}

/**
 * Requests to Zoom's API with everything that each of them needs: the token, a place in the rate schedule, retries.
 * Throws a `LockstepError` for what stops the whole run (credentials, a daily limit, `close`), and from then on for every
 * request, before it is sent; other failures are values.
 */
export interface Requests<M extends string> {
  request(request: ApiRequest<M>): Promise<Reply | RequestFailure>;
  counts(): RequestCounts;
  /** How many would have been enough, had each been answered at once and sent once. */
  minimum(): number;
  /** Requests of the class that are left today, as far as is known; `undefined` if no daily number is known. */
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
  const closing = new AbortController();
  const { signal } = closing;
  // Every wait of every request listens for the end of the run.
  setMaxListeners(0, signal);
  const client = createHttpClient(methods, apiUrl, connection, connection.proxy?.api);
  const auth = createAuth(connection, clock, signal, events);
  const limiter = createLimiter(ratePlan, concurrency, clock, signal, events, rateShare);
  const dailyQuota = createDailyQuota(ratePlan, rateShare, clock.now);
  const counts: RequestCounts = { light: 0, medium: 0, heavy: 0 };
  /** Paths that were read and not written since: reading one again is more than is needed. */
  const alreadyRead = new Set<string>();
  let minimum = 0;
  let stopped: LockstepError | undefined;

  /** Ends the run: requests that wait in the queues would only meet the same refusal. */
  function stop(error: LockstepError): LockstepError {
    stopped ??= error;
    return stopped;
  }

  function throwIfStopped(): void {
    if (stopped !== undefined) throw stopped;
  }

  async function authorization(): Promise<Authorization> {
    try {
      return await auth.authorization();
    } catch (error) {
      if (error instanceof LockstepError && error.exitCode === EXIT.credentials) throw stop(error);
      throw error;
    }
  }

  function countNeed({ method, path }: ApiRequest<M>): void {
    if (method === 'GET' && alreadyRead.has(path)) return;
    minimum += 1;
    if (method === 'GET') alreadyRead.add(path);
    // A lock affects what the documents below it read.
    else if (path.includes('/lock_settings')) alreadyRead.clear();
    else alreadyRead.delete(path);
  }

  /** One request over HTTP, when its turn has come, and the authorization that it was sent with. */
  function exchange(request: ApiRequest<M>) {
    const { method, path, rateClass } = request;
    return limiter.run(rateClass, async (turn) => {
      throwIfStopped();
      const sentWith = await authorization();
      await turn();
      await request.beforeSend?.();
      throwIfStopped();
      if (dailyQuota.isUsedUp(rateClass))
        throw stop(overDailyLimit(rateClass, 'Zoom reported that no request is left', clock.now()));
      const turnAt = clock.now();
      counts[rateClass] += 1;
      dailyQuota.countSent(rateClass);
      events.onRequest?.({ method, path, rateClass });
      const response = await client.send(request, sentWith);
      if (response.kind === 'response') applyQuota(rateClass, response.headers);
      return { response, sentWith, turnAt };
    });
  }

  /** Follows what Zoom reports about its limits before it has to refuse anything. */
  function applyQuota(rateClass: RateClass, headers: HttpResponse['headers']): void {
    const quota = quotaOf(headers);
    if (quota === undefined) return;
    const { per, limit, remaining } = quota;
    if (per === 'day') {
      if (remaining !== undefined) dailyQuota.noteRemaining(rateClass, remaining);
      return;
    }
    if (per === 'second' && limit !== undefined) limiter.cap(rateClass, limit);
    if (remaining === 0) limiter.holdOff(rateClass, USUAL_WAIT);
  }

  async function attempt(request: ApiRequest<M>, isRenewed = false): Promise<Reply | RequestFailure> {
    const isRead = request.method === 'GET';
    const { response, sentWith, turnAt } = await exchange(request);
    const outcome = response.kind === 'response' ? classify(response, clock.now()) : response;
    if (refusesToken(outcome.kind === 'reply' ? outcome.error?.code : outcome.code)) {
      renew(sentWith, isRenewed);
      return attempt(request, true);
    }
    // A PATCH needs no body in its response.
    if (outcome.kind === 'reply') return (isRead ? unusable(outcome) : undefined) ?? outcome;
    if (outcome.kind === 'limited') {
      limiter.holdOff(request.rateClass, outcome.retryAfter ?? USUAL_WAIT);
      limiter.slowDown(request.rateClass, turnAt);
    }
    // A GET changes nothing, whether it got through or not.
    return isRead ? { ...outcome, mayHaveApplied: false } : outcome;
  }

  function renew(refused: Authorization, isRenewed: boolean): void {
    if (isRenewed) {
      throw stop(
        new LockstepError('Zoom refuses a token that it has just issued (code 124)', {
          exitCode: EXIT.credentials,
          hint: 'check in the Zoom App Marketplace that the app is still activated',
        }),
      );
    }
    try {
      auth.discard(refused);
    } catch (error) {
      throw error instanceof LockstepError ? stop(error) : error;
    }
  }

  return {
    async request(request) {
      if (request.optional === true) return attempt(request);
      countNeed(request);
      // PATCHes are retried like GETs: a settings body holds the values themselves, so that twice is the same as once.
      const outcome = await retry(() => attempt(request), { clock, signal, events });
      if (outcome.kind === 'daily') {
        const { reason, retryAfter, mayHaveApplied } = outcome;
        const limit = stop(overDailyLimit(request.rateClass, reason, clock.now(), retryAfter));
        // The next request throws it. This one has to report that an earlier try may have been carried out.
        if (!mayHaveApplied) throw limit;
      }
      return outcome;
    },
    counts: () => ({ ...counts }),
    minimum: () => minimum,
    leftToday: dailyQuota.left,
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
    { hint: 'all apps of the account share the limit; nothing was lost, so run again after the reset' },
  );
}
