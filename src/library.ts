/**
 * lockstep from a program: the same commands as on the command line, with values instead of text. What the command line
 * refuses with an exit code is thrown here as a `LockstepError` that carries the code.
 */
import { PassThrough, Writable } from 'node:stream';
import type { Execute } from './commands/index.ts';
import type { CheckResult } from './model/check.ts';
import type { Plan, Severity } from './model/plan.ts';
import type { Report } from './model/report.ts';
import type { ApplyResult } from './model/result.ts';
import type { Host } from './terminal.ts';

export { EXIT, LockstepError } from './errors.ts';
export type { Check, CheckResult, Control, ManualControl, Waiver } from './model/check.ts';
export type * from './model/plan.ts';
export { PolicyProblems, type Problem } from './model/problem.ts';
export type { ApplyResult, ChangeResult, IneffectiveReason, Refusal } from './model/result.ts';
export type { Target, TargetRef } from './model/target.ts';

/** What every call takes; names and meanings are those of the flags. */
export interface Options {
  /** Files, folders or packs (`pack:cis-zoom-l1`); default `./policies`. */
  readonly policies?: readonly string[];
  /** Where relative paths start, and where journals are kept; default the working folder of the process. */
  readonly cwd?: string;
  /** Credentials and what `!env` names; default the environment of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly target?: readonly string[];
  readonly account?: string;
  readonly ratePlan?: 'free' | 'pro' | 'business' | 'none';
  /** The part of the plan's rate limit that this run may take, above 0 and up to 1. */
  readonly rateShare?: number;
  readonly concurrency?: number;
  readonly allowUnknown?: boolean;
  /** Told every line that the command line would write to stderr: warnings, waits, what is left out. */
  readonly onMessage?: (text: string) => void;
}

export interface PlanOptions extends Options {
  readonly assumeUnlocked?: boolean;
  readonly failOn?: readonly ('weakening' | 'blocked' | 'lossy' | 'unlock')[];
  readonly writeSecret?: readonly string[];
}

export interface ApplyOptions extends PlanOptions {
  readonly allowBlocked?: boolean;
  readonly allowLossy?: boolean;
  readonly allowProtected?: readonly string[];
  readonly maxTargets?: number;
  /** Only a plan with this fingerprint. */
  readonly expect?: string;
  /** Seconds that a value may take to show in Zoom; default 2. */
  readonly settle?: number;
  /** When it aborts, no further request is begun, as after Ctrl-C. */
  readonly signal?: AbortSignal;
}

export interface CheckOptions extends Options {
  readonly severity?: Severity;
}

/**
 * Reads Zoom and compares: what an apply would change. Sends nothing but GET.
 * @throws LockstepError for anything that the command line ends with 1, 3 (`failOn`) or 5 for
 */
export async function plan(options: PlanOptions = {}): Promise<Plan> {
  const { report } = await run(async () => (await import('./commands/plan.ts')).plan, options);
  if (report?.kind !== 'plan') throw new Error('plan made no plan');
  return report.plan;
}

/**
 * Makes Zoom match the policies, without asking anybody. A change that did not get through is in the result and is no
 * exception; a plan that is refused is one.
 * @returns the result, or `undefined` where there was nothing to do
 */
export async function apply(options: ApplyOptions = {}): Promise<ApplyResult | undefined> {
  const load = async () => (await import('./commands/apply.ts')).apply;
  const { report } = await run(load, { ...options, autoApprove: true });
  return report?.kind === 'result' ? report.result : undefined;
}

/** Zoom against packs or policies, without wanting to change anything. Sends nothing but GET. */
export async function check(options: CheckOptions = {}): Promise<CheckResult> {
  const { report } = await run(async () => (await import('./commands/check.ts')).check, options);
  if (report?.kind !== 'check') throw new Error('check made no result');
  return report.check;
}

interface Ran {
  readonly report: Report | undefined;
}

async function run(
  load: () => Promise<Execute>,
  {
    policies = [],
    cwd = process.cwd(),
    env = process.env,
    onMessage,
    signal,
    ...flags
  }: ApplyOptions & { autoApprove?: true },
): Promise<Ran> {
  let report: Report | undefined;
  const host: Host = {
    argv: [],
    env,
    cwd,
    stdin: new PassThrough(),
    stdout: sink(() => undefined),
    stderr: sink((text) => onMessage?.(text)),
    onInterrupt: (handler) => {
      if (signal?.aborted === true) handler();
      signal?.addEventListener('abort', handler);
      return () => signal?.removeEventListener('abort', handler);
    },
    onReport: (made) => {
      report = made;
    },
  };
  const execute = await load();
  await execute(host, policies, { ...(await defaults()), ...flags });
  return { report };
}

function sink(take: (text: string) => void): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      take(String(chunk));
      done();
    },
  });
}

/** The fallbacks of the command line, from its own table. */
async function defaults(): Promise<Record<string, unknown>> {
  const { COMMANDS } = await import('./commands/index.ts');
  const flags = COMMANDS.filter(({ name }) => ['plan', 'apply', 'check'].includes(name)).flatMap((spec) => spec.flags);
  return Object.fromEntries(
    flags.flatMap(({ flags: words, fallback }) => (fallback === undefined ? [] : [[nameOf(words), fallback]])),
  );
}

/** `--max-targets <n>` is `maxTargets`, as commander names it. */
function nameOf(words: string): string {
  const long = /--([\w-]+)/.exec(words)?.[1] ?? '';
  return long.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
