/** The options of every call. Names and meanings are those of the flags: `maxTargets` is `--max-targets`. */
import type { Plan, Severity } from '../model/plan.ts';
import type { RatePlan } from '../model/rate-plan.ts';
import type { PlanReport } from '../model/report.ts';
import type { Failure } from '../reconcile/fail-on.ts';
import type { Hooks, RequestHooks } from './hooks.ts';

export interface CallOptions extends Hooks {
  /** Where relative paths start, and where journals are kept; default the working folder of the process. */
  readonly cwd?: string;
  /** Credentials, and what `!env` names; default the environment of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface PolicyOptions extends CallOptions {
  /** Files, folders or packs (`pack:cis-zoom-l1`); default `./policies`. */
  readonly policies?: readonly string[];
  /** Send fields that the catalogue does not know as they are. */
  readonly allowUnknown?: boolean;
}

export interface EnvFileOptions {
  /** A file with environment variables; `env` wins over it. */
  readonly envFile?: string;
}

export interface ValidateOptions extends PolicyOptions, EnvFileOptions {}

export interface ConnectionOptions extends CallOptions, EnvFileOptions, RequestHooks {
  /** A sub-account, over the paths of the master account; default `me`, the own one. */
  readonly account?: string;
  /** The account's plan, which sets Zoom's rate limit; default `pro`. `none` is for a server on this machine. */
  readonly ratePlan?: RatePlan;
  /** The part of the plan's rate limit that this run may take, above 0 and up to 1, the default. */
  readonly rateShare?: number;
  /** Requests in flight at most; default 20, on plan business 60. */
  readonly concurrency?: number;
}

export interface TargetOptions {
  /** Only these: `account`, `group:NAME`, `user:E-MAIL`, with `*` and `?`, or a setting path. */
  readonly target?: readonly string[];
}

export interface DriftOptions extends PolicyOptions, ConnectionOptions, TargetOptions {
  /** Treat account locks that cannot be read as off. */
  readonly assumeUnlocked?: boolean;
}

export interface PlanOptions extends DriftOptions {
  /** Refuse a plan that holds such changes. */
  readonly failOn?: readonly Failure[];
  /** Write the secrets at these setting paths again, whatever is known of them. */
  readonly writeSecret?: readonly string[];
  /** `exitCode` is 2 when Zoom differs from the policies. */
  readonly detailedExitcode?: boolean;
}

/** What a plan that is carried out may do, and who is asked. */
export interface ExecuteOptions {
  /** Apply the rest of a plan in which something is blocked. */
  readonly allowBlocked?: boolean;
  /** Apply changes that lose what undoing does not bring back. */
  readonly allowLossy?: boolean;
  /** Apply changes under these entries of a policy's `protected` list. */
  readonly allowProtected?: readonly string[];
  /** Refuse a plan that changes more targets; default 100. */
  readonly maxTargets?: number;
  /** Refuse any plan but the one with this fingerprint. */
  readonly expect?: string;
  /** Seconds that a value may take to show in Zoom; default 2. */
  readonly settle?: number;
  /** Called with the plan when nothing refuses it, before `approve` and before anything is sent. */
  readonly onPlan?: (planned: PlanReport) => void | Promise<void>;
  /**
   * Whether the plan may be sent. `true`, the default: the call itself is the approval. `false`: a plan with changes is
   * refused. A function is asked; only `true` approves.
   */
  readonly approve?: boolean | ((planned: PlanReport) => boolean | Promise<boolean>);
  /** When it aborts, no further request is begun, and those under way finish: as after Ctrl-C. */
  readonly signal?: AbortSignal;
  /** When it aborts, requests under way are dropped as well; whether Zoom carried them out is then not known. */
  readonly abandon?: AbortSignal;
}

export interface ApplyOptions extends Omit<PlanOptions, 'detailedExitcode'>, ExecuteOptions {
  /** A plan that was made before, or the file that holds it; instead of policies. */
  readonly plan?: Plan | string;
  /** With `plan`: leave out what has moved since and apply the rest. */
  readonly partial?: boolean;
}

export interface RollbackOptions extends ConnectionOptions, TargetOptions, ExecuteOptions {
  /** The name of the run that is undone, as `runs` lists it. */
  readonly run: string;
  /** Treat account locks that cannot be read as off. */
  readonly assumeUnlocked?: boolean;
}

export interface CheckOptions extends PolicyOptions, ConnectionOptions, TargetOptions {
  /** `exitCode` is 2 only for failures that weigh at least so much; default `low`. */
  readonly severity?: Severity;
}

/** What is exported: `account`, the default, `group:GLOB`, `user:GLOB`. */
export interface ExportOptions extends ConnectionOptions, TargetOptions {}

export interface ExplainOptions extends Omit<PolicyOptions, 'allowUnknown'>, ConnectionOptions {
  /** A setting path, a section or a lock key. */
  readonly setting: string;
  /** Only what concerns this one: `account`, `group:NAME` or `user:E-MAIL`. */
  readonly target?: string;
  /** Read what Zoom has now, level by level. */
  readonly live?: boolean;
}

export interface RunsOptions extends Pick<CallOptions, 'cwd'> {}

export interface SearchOptions {
  /** Words that the name or the summary of a setting holds. */
  readonly search: string;
  readonly target?: string;
}
