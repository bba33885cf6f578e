/**
 * The options of every call as a table: kind, default, flag and its words in one line, from which the checks, the flags,
 * the help and the completions are made. In the order of the help. Loaded for every command line: nothing heavy here.
 */
import type { Plan } from '../model/plan.ts';
import { SEVERITIES } from '../model/plan.ts';
import { RATE_PLANS } from '../model/rate-plan.ts';
import { FAILURES } from '../reconcile/fail-on.ts';
import {
  choice,
  type Kind,
  list,
  type Options,
  type OptionsFor,
  off,
  option,
  optional,
  required,
  type Settings,
  share,
  text,
  wholeNumber,
} from './option.ts';
import type {
  ApplyOptions,
  CheckOptions,
  DriftOptions,
  ExecuteOptions,
  ExplainOptions,
  ExportOptions,
  PlanOptions,
  PolicyOptions,
  RollbackOptions,
  RunsOptions,
  SearchOptions,
  ValidateOptions,
} from './options.ts';
import { partialNeedsPlan, type Rule, savedPlanHoldsItsPolicies, savedPlanIsAppliedAsMade } from './rules.ts';

/** What a call takes: its options, and which of them contradict each other. */
export interface Signature<S extends Options> {
  readonly options: S;
  readonly rules: readonly Rule<Settings<S>>[];
}

export function signature<S extends Options>(options: S, ...rules: readonly Rule<Settings<S>>[]): Signature<S> {
  return { options, rules };
}

function callback<F>(): Kind<F> {
  return { accepts: (value): value is F => typeof value === 'function', must: 'a function' };
}

const abortSignal: Kind<AbortSignal> = {
  accepts: (value) => value instanceof AbortSignal,
  must: 'an AbortSignal',
};

const environment: Kind<NonNullable<PolicyOptions['env']>> = {
  accepts: (value): value is NonNullable<PolicyOptions['env']> =>
    isObject(value) && Object.values(value).every((one) => one === undefined || typeof one === 'string'),
  must: 'an object of texts',
};

const approval: Kind<NonNullable<ExecuteOptions['approve']>> = {
  accepts: (value): value is NonNullable<ExecuteOptions['approve']> =>
    typeof value === 'boolean' || typeof value === 'function',
  must: 'true, false or a function',
};

/** Whether an object is a plan is found out where it is read. */
const savedPlan: Kind<Plan | string> = {
  accepts: (value): value is Plan | string => typeof value === 'string' || isObject(value),
  must: 'a plan, or the name of its file',
  read: (word) => word,
};

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const CALL = {
  cwd: optional(text),
  env: optional(environment),
  onProgress: optional(callback<NonNullable<PolicyOptions['onProgress']>>()),
  onWarnings: optional(callback<NonNullable<PolicyOptions['onWarnings']>>()),
};

const ENV_FILE = {
  envFile: optional(text, {
    flags: '--env-file <file>',
    description: 'read environment variables from a file; variables that are set already win',
    offers: 'files',
  }),
};

const POLICIES = {
  ...CALL,
  policies: list(text),
  allowUnknown: off({
    flags: '--allow-unknown',
    description: 'send fields that the catalogue does not have, unchanged',
  }),
};

/** What a shell offers for one target. */
const TARGET_WORDS = ['account', 'group:', 'user:'];

export const TARGET = {
  target: list(text, {
    flags: '-t, --target <glob>',
    description: 'only these: account, group:NAME, user:E-MAIL, or a setting path (repeatable)',
    suggests: TARGET_WORDS,
  }),
};

export const CONNECTION = {
  ...CALL,
  onRequest: optional(callback<NonNullable<DriftOptions['onRequest']>>()),
  onRequestsMade: optional(callback<NonNullable<DriftOptions['onRequestsMade']>>()),
  account: optional(text, {
    flags: '--account <id>',
    description: 'a sub-account, through its master account (default: me)',
  }),
  ...ENV_FILE,
  ratePlan: option(choice(RATE_PLANS), 'pro', {
    flags: '--rate-plan <plan>',
    description: "the account's plan, which sets Zoom's rate limit; none: a server on this machine",
  }),
  rateShare: optional(share, {
    flags: '--rate-share <percent>',
    description: 'the part of the rate limit that this run may use; other apps share it (default: 100%)',
  }),
  concurrency: optional(wholeNumber, {
    flags: '--concurrency <n>',
    description: 'maximum requests in flight (default: 20; 60 on plan business)',
  }),
};

export const ASSUME_UNLOCKED = {
  assumeUnlocked: off({
    flags: '--assume-unlocked',
    description: 'treat account locks that cannot be read as off; what is sent is verified',
  }),
};

/** `--fail-on` and `--write-secret`, for calls that plan policies. */
export const PLANNING = {
  failOn: list(choice(FAILURES), {
    flags: '--fail-on <what>',
    description: `exit with 3 when the plan contains such changes: ${FAILURES.join(', ')} (repeatable, or with commas)`,
    suggests: FAILURES,
  }),
  writeSecret: list(text, {
    flags: '--write-secret <path>',
    description: 'write the secret at this setting path again, whether or not it has changed (repeatable)',
  }),
};

/** For calls that carry a plan out. */
export const EXECUTE = {
  allowBlocked: off({
    flags: '--allow-blocked',
    description: 'apply the rest of a plan when something in it is blocked',
  }),
  allowLossy: off({
    flags: '--allow-lossy',
    description: 'apply changes that undoing cannot fully reverse: retention, auto-delete, archive',
  }),
  allowProtected: list(text, {
    flags: '--allow-protected <path>',
    description: "apply changes under this entry of a policy's protected list (repeatable)",
  }),
  maxTargets: option(wholeNumber, 100, {
    flags: '--max-targets <n>',
    description: 'refuse a plan that changes more targets',
  }),
  expect: optional(text, {
    flags: '--expect <fingerprint>',
    description: 'refuse any plan but the one that was reviewed',
  }),
  settle: option(wholeNumber, 2, {
    flags: '--settle <seconds>',
    description: 'how long a value may take to show in Zoom before it counts as ineffective',
  }),
  onPlan: optional(callback<NonNullable<ExecuteOptions['onPlan']>>()),
  approve: option(approval, true),
  signal: optional(abortSignal),
  abandon: optional(abortSignal),
} satisfies OptionsFor<ExecuteOptions>;

export const VALIDATE = signature({ ...POLICIES, ...ENV_FILE } satisfies OptionsFor<ValidateOptions>);

export const DRIFT = signature({
  ...TARGET,
  ...POLICIES,
  ...ASSUME_UNLOCKED,
  ...CONNECTION,
} satisfies OptionsFor<DriftOptions>);

export const PLAN = signature({
  ...DRIFT.options,
  ...PLANNING,
  detailedExitcode: off({
    flags: '--detailed-exitcode',
    description: 'exit with 2 when Zoom differs from the policies',
  }),
} satisfies OptionsFor<PlanOptions>);

export const APPLY = signature(
  {
    ...DRIFT.options,
    ...PLANNING,
    ...EXECUTE,
    plan: optional(savedPlan, {
      flags: '--plan <file>',
      description: 'apply a plan saved by plan --out; refused if Zoom has changed since',
      offers: 'files',
    }),
    partial: off({
      flags: '--partial',
      description: 'with --plan: leave out what has changed since and apply the rest',
    }),
  } satisfies OptionsFor<ApplyOptions>,
  partialNeedsPlan,
  savedPlanIsAppliedAsMade,
  savedPlanHoldsItsPolicies,
);

export const ROLLBACK = signature({
  run: required(text),
  ...TARGET,
  ...ASSUME_UNLOCKED,
  ...CONNECTION,
  ...EXECUTE,
} satisfies OptionsFor<RollbackOptions>);

export const CHECK = signature({
  ...TARGET,
  ...POLICIES,
  severity: option(choice(SEVERITIES), 'low', {
    flags: '--severity <severity>',
    description: 'exit with 2 only for failures of at least this severity',
  }),
  ...CONNECTION,
} satisfies OptionsFor<CheckOptions>);

export const EXPORT = signature({
  target: list(text, {
    flags: '-t, --target <glob>',
    description: 'what to export: account (default), group:GLOB, user:GLOB (repeatable)',
    suggests: TARGET_WORDS,
  }),
  ...CONNECTION,
} satisfies OptionsFor<ExportOptions>);

export const RUNS = signature({ cwd: CALL.cwd } satisfies OptionsFor<RunsOptions>);

/** What `explain` and `explain --search` have in common. */
const ONE_TARGET = {
  target: optional(text, {
    flags: '-t, --target <target>',
    description: 'only for this target: account, group:NAME or user:E-MAIL',
    suggests: TARGET_WORDS,
  }),
};

export const EXPLAIN = signature({
  setting: required(text),
  ...ONE_TARGET,
  live: off({ flags: '--live', description: 'show what Zoom has now, level by level; reads Zoom and changes nothing' }),
  policies: list(text, {
    flags: '--policy <path>',
    description: 'a policy file, folder or pack (default: ./policies; repeatable)',
  }),
  ...CONNECTION,
} satisfies OptionsFor<ExplainOptions>);

export const SEARCH = signature({
  search: required(text, {
    flags: '--search <words>',
    description: 'list settings whose name or summary contains these words',
  }),
  ...ONE_TARGET,
} satisfies OptionsFor<SearchOptions>);
