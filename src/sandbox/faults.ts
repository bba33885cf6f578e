/** Faults on demand: what a network, a gateway or Zoom itself occasionally does to a request. */
import * as z from 'zod';
import { LockstepError } from '../errors.ts';

const match = z.strictObject({
  method: z.string().optional(),
  /** A part of the path with its query. */
  path: z.string().optional(),
  /** The first request that is affected, counted among the matching ones since the faults were set; from 1. */
  nth: z.int().min(1).optional(),
  /** How many requests are affected from there on. One if `nth` is given, else all. */
  times: z.int().min(1).optional(),
});
const common = { match: match.optional() };

const fault = z.discriminatedUnion('do', [
  /** Gives this answer, and writes nothing. */
  z.strictObject({ ...common, do: z.literal('refuse'), status: z.int(), code: z.int(), message: z.string() }),
  /** Breaks the connection before the request is looked at, or after it was carried out. */
  z.strictObject({ ...common, do: z.enum(['reset-before', 'reset-after']) }),
  /** Never answers; the sandbox's end ends it. */
  z.strictObject({ ...common, do: z.literal('timeout') }),
  z.strictObject({ ...common, do: z.literal('slow'), ms: z.number().min(0) }),
  /** Carried out, but the answer is damaged: not JSON, or truncated. */
  z.strictObject({ ...common, do: z.enum(['invalid-json', 'truncated']) }),
  /** A page of a listing comes without the token of the next one. */
  z.strictObject({ ...common, do: z.literal('lost-token') }),
  z.strictObject({ ...common, do: z.literal('html-502') }),
  z.strictObject({
    ...common,
    do: z.literal('429'),
    /** How `Retry-After` is written; zoom-api, section 2, has seen or expects each. Default: none. */
    retryAfter: z.enum(['none', 'seconds', 'date', 'iso']).optional(),
    /** How far away it is. Default 1. */
    seconds: z.number().min(0).optional(),
    type: z.enum(['QPS', 'Daily-limit']).optional(),
  }),
  /** Answered with success, and nothing is changed. */
  z.strictObject({ ...common, do: z.literal('ignore-write') }),
  /** Every token issued so far is expired. */
  z.strictObject({ ...common, do: z.literal('expire-tokens') }),
]);

export type Fault = Readonly<z.infer<typeof fault>>;

/** Parses faults. Throws a `LockstepError` that lists every problem. */
export function parseFaults(json: unknown): readonly Fault[] {
  const parsed = z.array(fault).safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || '(top)'}: ${message}`);
  throw new LockstepError(`invalid faults for the sandbox:\n  ${problems.join('\n  ')}`);
}

export interface FaultList {
  set(faults: readonly Fault[]): void;
  /** The fault for this request, if any; counts the request for each fault that it matches. */
  take(method: string, pathWithQuery: string): Fault | undefined;
}

export function createFaults(): FaultList {
  let faults: { readonly fault: Fault; seen: number }[] = [];
  return {
    set(next) {
      faults = next.map((fault) => ({ fault, seen: 0 }));
    },
    take(method, path) {
      let hit: Fault | undefined;
      for (const entry of faults) {
        const wanted = entry.fault.match ?? {};
        if (wanted.method !== undefined && wanted.method.toUpperCase() !== method) continue;
        if (wanted.path !== undefined && !path.includes(wanted.path)) continue;
        entry.seen += 1;
        const first = wanted.nth ?? 1;
        const times = wanted.times ?? (wanted.nth === undefined ? Number.POSITIVE_INFINITY : 1);
        if (entry.seen >= first && entry.seen < first + times) hit ??= entry.fault;
      }
      return hit;
    },
  };
}
