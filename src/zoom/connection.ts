import * as z from 'zod';
import { EXIT, LockstepError } from '../errors.ts';
import { ACCOUNT_ID } from '../model/account.ts';
import type { ConnectionVariable } from '../model/connection-variables.ts';
import { RATE_PLANS, type RatePlan } from '../model/rate-plan.ts';
import { isLoopback } from '../util/loopback.ts';
import type { Clock } from './clock.ts';
import { CREDENTIALS_HINT, type Credentials, credentialsSchema, variable } from './credentials.ts';
import { proxyFor } from './proxy.ts';
import { RATES } from './rates.ts';

/** Everything that is needed to talk to one Zoom account. Holds secrets: never print it. */
export interface Connection {
  readonly apiUrl: URL;
  readonly oauthUrl: URL;
  /** As paths name it: `me`, or the id of a sub-account that is managed over the master account's paths. */
  readonly account: string;
  readonly credentials: Credentials;
  readonly ratePlan: RatePlan;
  /** The part of the plan's rates that this run may use, above 0 and up to 1, the default: other apps share them. */
  readonly rateShare?: number;
  /** The most requests in flight at once. */
  readonly concurrency: number;
  /** The proxy for either URL, if there is one. */
  readonly proxy?: { readonly api?: URL | undefined; readonly oauth?: URL | undefined };
  /** Milliseconds until a connection is made, and until its response begins and then ends. */
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

/** Even if the plan allows fewer a second: the rate schedule keeps to them. */
const LEAST_CONCURRENCY = 20;
const MOST_CONCURRENCY = 500;
const API_URL = urlVariable('ZOOM_API_URL', 'https://api.zoom.us/v2');
const OAUTH_URL = urlVariable('ZOOM_OAUTH_URL', 'https://zoom.us/oauth/token').transform((url) => {
  if (url.pathname === '/') url.pathname = '/oauth/token';
  return url;
});

function urlVariable(name: ConnectionVariable, fallback: string) {
  return variable.transform((text = fallback, context) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const problem = url === undefined ? 'is not a URL' : urlProblem(url);
    if (url === undefined || problem !== undefined) {
      context.addIssue(`${name} ${problem}`);
      return z.NEVER;
    }
    url.pathname = url.pathname.replace(/\/+$/, '');
    return url;
  });
}

function urlProblem(url: URL): string | undefined {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return `starts with ${url.protocol}, not https:`;
  if (url.username !== '' || url.password !== '') return 'contains a user name or a password';
  if (url.search !== '' || url.hash !== '') return 'contains a query or a fragment';
  if (url.protocol === 'http:' && !isLoopback(url)) {
    return `is plain http to ${url.host}: requests may go unencrypted to a server on this machine only`;
  }
  return undefined;
}

const RATE_PLAN = z
  .enum(RATE_PLANS, { error: ({ input }) => `unknown rate plan ${input}; expected one of ${RATE_PLANS.join(', ')}` })
  .default('pro');

const RATE_SHARE = z
  .custom<number>((share) => typeof share === 'number' && share > 0 && share <= 1, {
    error: ({ input }) => `rate share ${Number(input) * 100}% must be above 0% and at most 100%`,
  })
  .optional();

const CONCURRENCY = z.custom<number>(
  (count) => typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= MOST_CONCURRENCY,
  { error: ({ input }) => `concurrency ${input} must be a whole number from 1 to ${MOST_CONCURRENCY}` },
);

/** A sentence in place of a proxy is what is wrong with it. */
const PROXY = z.instanceof(URL, { error: ({ input }) => String(input) }).optional();

const ACCOUNT = z
  .string()
  .refine((account) => account === 'me' || ACCOUNT_ID.test(account), {
    error: ({ input }) => `account "${input}" is neither me nor an account id`,
  })
  .default('me');

/**
 * The connection for an environment and options. If both are set, `ZOOM_ACCESS_TOKEN` wins over the three variables of a
 * server-to-server app: it is the more explicit choice.
 *
 * Reports every missing or bad piece at once: exit 5 if only credentials are missing, else exit 1.
 */
export function connectionFrom(env: Environment, options: ConnectionOptions = {}): Connection {
  const problems: string[] = [];
  // Each piece on its own, so that a bad one hides no other.
  function read<T>(schema: z.ZodType<T>, input: unknown): T | undefined {
    const { error, data } = schema.safeParse(input);
    problems.push(...(error?.issues ?? []).map(({ message }) => message));
    return data;
  }
  const apiUrl = read(API_URL, env['ZOOM_API_URL']);
  const oauthUrl = read(OAUTH_URL, env['ZOOM_OAUTH_URL']);
  const ratePlan = read(ratePlanFor(apiUrl), options.ratePlan);
  const rateShare = read(RATE_SHARE, options.rateShare);
  const concurrency = read(CONCURRENCY, options.concurrency ?? usualConcurrency(ratePlan));
  const asked = read(ACCOUNT, options.account);
  const proxy = { api: read(PROXY, proxyTo(apiUrl, env)), oauth: read(PROXY, proxyTo(oauthUrl, env)) };
  const exitCode = problems.length > 0 ? EXIT.error : EXIT.credentials;
  const credentials = read(credentialsSchema, env);
  // By its id, the own account is the own account.
  const account = credentials?.accountId === asked ? 'me' : asked;
  const connection = { apiUrl, oauthUrl, account, credentials, ratePlan, concurrency, proxy };
  if (problems.length > 0 || !isComplete(connection)) {
    throw new LockstepError([...new Set(problems)].join('\n'), {
      exitCode,
      ...(credentials === undefined ? { hint: CREDENTIALS_HINT } : {}),
    });
  }
  return rateShare === undefined ? connection : { ...connection, rateShare };
}

/** Each piece is missing only if there is a problem with it. */
function isComplete(
  connection: { readonly [Key in keyof Connection]: Connection[Key] | undefined },
): connection is Connection {
  return Object.values(connection).every((piece) => piece !== undefined);
}

function proxyTo(url: URL | undefined, env: Environment): URL | string | undefined {
  return url === undefined || isLoopback(url) ? undefined : proxyFor(url, env);
}

/** Only a server on this machine may be without limits. */
function ratePlanFor(apiUrl: URL | undefined) {
  return RATE_PLAN.refine((plan) => plan !== 'none' || apiUrl === undefined || isLoopback(apiUrl), {
    error: `rate plan none requires a server on this machine, and ${apiUrl?.host} is another one`,
  });
}

/** Enough to use the whole rate even if each of Zoom's responses takes a second. */
function usualConcurrency(ratePlan: RatePlan = 'none'): number {
  return Math.max(LEAST_CONCURRENCY, ratePlan === 'none' ? 0 : RATES[ratePlan].medium);
}
