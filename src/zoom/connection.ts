import { EXIT, LockstepError } from '../errors.ts';
import { RATE_PLANS, type RatePlan } from '../model/rate-plan.ts';
import { isLoopback } from '../util/loopback.ts';
import type { Clock } from './clock.ts';
import { proxyFor } from './proxy.ts';
import { RATES } from './rates.ts';

/** The two ways to be let in. A given token is used as it is and cannot be renewed. */
export type Credentials =
  | {
      readonly kind: 'server-to-server';
      readonly accountId: string;
      readonly clientId: string;
      readonly clientSecret: string;
    }
  | { readonly kind: 'token'; readonly token: string };

/** All that is needed to speak with one Zoom account. Holds secrets: never print it. */
export interface Connection {
  readonly apiUrl: URL;
  readonly oauthUrl: URL;
  /** `me`, or the id of a sub-account that is managed over the master account's paths. */
  readonly account: string;
  readonly credentials: Credentials;
  readonly ratePlan: RatePlan;
  /** The part of the plan's rates that this run may take, above 0 and up to 1, the default: other apps share them. */
  readonly rateShare?: number;
  /** Requests in flight at once, at most. */
  readonly concurrency: number;
  /** The proxy on the way to either URL, where there is one. */
  readonly proxy?: { readonly api?: URL; readonly oauth?: URL };
  /** Milliseconds until a connection stands, and until its answer begins and then ends. */
  readonly timeouts?: { readonly connect: number; readonly response: number };
  readonly clock?: Clock;
}

export interface ConnectionOptions {
  readonly account?: string | undefined;
  readonly ratePlan?: RatePlan | undefined;
  readonly rateShare?: number | undefined;
  readonly concurrency?: number | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULTS = {
  apiUrl: 'https://api.zoom.us/v2',
  oauthUrl: 'https://zoom.us/oauth/token',
  ratePlan: 'pro',
} as const;
/** Even where the plan allows fewer a second: the rate schedule holds them. */
const LEAST_CONCURRENCY = 20;
const MOST_CONCURRENCY = 500;
const SERVER_TO_SERVER = ['ZOOM_ACCOUNT_ID', 'ZOOM_CLIENT_ID', 'ZOOM_CLIENT_SECRET'] as const;

/**
 * The connection that environment and options ask for. Where both are set, `ZOOM_ACCESS_TOKEN` wins over the
 * three variables of a server-to-server app: it is the more explicit wish.
 *
 * Every missing or bad piece is told at once: exit 5 where only credentials are missing, else exit 1.
 */
export function connectionFrom(env: Environment, options: ConnectionOptions = {}): Connection {
  const problems: string[] = [];
  const apiUrl = readUrl(env, 'ZOOM_API_URL', DEFAULTS.apiUrl, problems);
  const oauthUrl = readUrl(env, 'ZOOM_OAUTH_URL', DEFAULTS.oauthUrl, problems);
  if (oauthUrl?.pathname === '/') oauthUrl.pathname = '/oauth/token';

  const ratePlan = options.ratePlan ?? DEFAULTS.ratePlan;
  const isPlan = RATE_PLANS.includes(ratePlan);
  if (!isPlan) problems.push(`rate plan ${ratePlan} is none of ${RATE_PLANS.join(', ')}`);
  if (ratePlan === 'none' && apiUrl !== undefined && !isLoopback(apiUrl)) {
    problems.push(`rate plan none is for a server on this machine, and ${apiUrl.host} is another`);
  }
  const { rateShare } = options;
  if (rateShare !== undefined && !(rateShare > 0 && rateShare <= 1)) {
    problems.push(`rate share ${rateShare * 100}% is not above 0% and up to 100%`);
  }
  const concurrency = options.concurrency ?? usualConcurrency(isPlan ? ratePlan : 'none');
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > MOST_CONCURRENCY) {
    problems.push(`concurrency ${concurrency} is not a whole number from 1 to ${MOST_CONCURRENCY}`);
  }
  const account = options.account ?? 'me';
  if (account.trim() === '' || account === '.' || account === '..') {
    problems.push(`account "${account}" is neither me nor an account id`);
  }
  const proxy = {
    ...(apiUrl === undefined ? {} : proxyOf('api', apiUrl, env, problems)),
    ...(oauthUrl === undefined ? {} : proxyOf('oauth', oauthUrl, env, problems)),
  };
  const wrong = problems.length > 0;
  const credentials = readCredentials(env, problems);

  if (apiUrl === undefined || oauthUrl === undefined || credentials === undefined || problems.length > 0) {
    const credentialsHint =
      'set ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET (a server-to-server OAuth app), or try without an account: lockstep sandbox';
    throw new LockstepError([...new Set(problems)].join('\n'), {
      exitCode: wrong ? EXIT.error : EXIT.credentials,
      ...(credentials === undefined ? { hint: credentialsHint } : {}),
    });
  }
  const share = rateShare === undefined ? {} : { rateShare };
  return { apiUrl, oauthUrl, account, credentials, ratePlan, ...share, concurrency, proxy };
}

/** Answers of Zoom that take a second each still use all of the rate. */
function usualConcurrency(ratePlan: RatePlan): number {
  return Math.max(LEAST_CONCURRENCY, ratePlan === 'none' ? 0 : RATES[ratePlan].medium);
}

function readCredentials(env: Environment, problems: string[]): Credentials | undefined {
  const token = variable(env, 'ZOOM_ACCESS_TOKEN');
  if (token !== undefined) {
    // Anything else could not stand in a header; a pasted line break is the usual case.
    if (/^[\x21-\x7e]+$/.test(token)) return { kind: 'token', token };
    problems.push('ZOOM_ACCESS_TOKEN holds characters that no token has');
    return undefined;
  }
  const [accountId, clientId, clientSecret] = SERVER_TO_SERVER.map((name) => variable(env, name));
  if (accountId !== undefined && clientId !== undefined && clientSecret !== undefined) {
    return { kind: 'server-to-server', accountId, clientId, clientSecret };
  }
  const missing = SERVER_TO_SERVER.filter((name) => variable(env, name) === undefined);
  problems.push(`no credentials for Zoom: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not set`);
  return undefined;
}

function readUrl(env: Environment, name: string, fallback: string, problems: string[]): URL | undefined {
  const text = variable(env, name) ?? fallback;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const problem = url === undefined ? 'is not a URL' : urlProblem(url);
  if (url === undefined || problem !== undefined) {
    problems.push(`${name} ${problem}`);
    return undefined;
  }
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}

function urlProblem(url: URL): string | undefined {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return `begins with ${url.protocol}, not with https:`;
  if (url.username !== '' || url.password !== '') return 'holds a user name or a password';
  if (url.search !== '' || url.hash !== '') return 'holds a query or a fragment';
  if (url.protocol === 'http:' && !isLoopback(url)) {
    return `is plain http to ${url.host}: only a server on this machine may be spoken to without encryption`;
  }
  return undefined;
}

function proxyOf(key: 'api' | 'oauth', url: URL, env: Environment, problems: string[]): { api?: URL; oauth?: URL } {
  if (isLoopback(url)) return {};
  const found = proxyFor(url, env);
  if (found === undefined) return {};
  if (typeof found === 'string') {
    problems.push(found);
    return {};
  }
  return { [key]: found };
}

function variable(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}
