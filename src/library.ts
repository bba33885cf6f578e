/**
 * lockstep from a program. The command line is a caller of these functions: what it shows is what they return, and what
 * it ends with is the `exitCode` in it. Wrong input, a refused plan and a Zoom that cannot be asked are thrown as a
 * `LockstepError` that carries the exit code.
 */

import type { Listed } from './catalog/explanation.ts';
import { checkOptions } from './library/check-options.ts';
import type {
  ApplyOptions,
  CheckOptions,
  DriftOptions,
  ExplainOptions,
  ExportOptions,
  PlanOptions,
  RollbackOptions,
  RunsOptions,
  SearchOptions,
  ValidateOptions,
} from './library/options.ts';
import { APPLY, CHECK, DRIFT, EXPLAIN, EXPORT, PLAN, ROLLBACK, RUNS, SEARCH, VALIDATE } from './library/signatures.ts';
import type {
  ApplyVerdict,
  CheckVerdict,
  ExportVerdict,
  PlanVerdict,
  RunsVerdict,
  ValidateVerdict,
} from './library/verdicts.ts';
import type { Plan } from './model/plan.ts';
import type { Report } from './model/report.ts';
import type { Explained } from './report/explained.ts';
import type { Format } from './report/formats.ts';

export { EXIT, type ExitCode, LockstepError } from './errors.ts';
export type * from './library/hooks.ts';
export type * from './library/options.ts';
export { PlanRefused } from './library/refused.ts';
export type * from './library/verdicts.ts';
export type { AccountIdentity, Via } from './model/account.ts';
export type * from './model/check.ts';
export type * from './model/plan.ts';
export { PolicyProblems, type Position, type Problem } from './model/problem.ts';
export type { RatePlan } from './model/rate-plan.ts';
export type * from './model/report.ts';
export type { ApplyResult, ChangeResult, IneffectiveReason, Refusal } from './model/result.ts';
export type { Target, TargetRef } from './model/target.ts';
export type { Explained } from './report/explained.ts';
export type { Format } from './report/formats.ts';

/**
 * Reads Zoom and compares: what an apply would change. Sends nothing but GET.
 * @throws PlanRefused for a plan that `failOn` does not let pass
 */
export async function plan(options: PlanOptions = {}): Promise<PlanVerdict> {
  const settings = checkOptions(PLAN, options);
  return (await import('./library/plan.ts')).plan(settings);
}

/** The same plan for somebody who did not ask for a change: `exitCode` is 2 when Zoom differs. */
export async function drift(options: DriftOptions = {}): Promise<PlanVerdict> {
  const settings = checkOptions(DRIFT, options);
  return (await import('./library/plan.ts')).drift(settings);
}

/**
 * Makes Zoom match the policies, or applies a plan that was made before. The call is the approval, unless `approve` says
 * otherwise. A change that did not get through is in the result and is no exception.
 * @throws PlanRefused for a plan that is not let pass; nothing was sent then
 */
export async function apply(options: ApplyOptions = {}): Promise<ApplyVerdict> {
  const settings = checkOptions(APPLY, options);
  return (await import('./library/apply.ts')).apply(settings);
}

/**
 * Writes a plan to a file that `apply({ plan: file })` takes, as `lockstep plan --out` does: replaced whole, and for its
 * owner only.
 * @param cwd where a relative path starts; default the working folder of the process
 */
export async function savePlan(plan: Plan, file: string, cwd: string = process.cwd()): Promise<void> {
  return (await import('./library/save-plan.ts')).savePlan(plan, file, cwd);
}

/** Undoes a run: plans its old values against Zoom as it is now, and applies that like any other plan. */
export async function rollback(options: RollbackOptions): Promise<ApplyVerdict> {
  const settings = checkOptions(ROLLBACK, options);
  return (await import('./library/rollback.ts')).rollback(settings);
}

/** Zoom against packs or policies, without wanting to change anything. Sends nothing but GET. */
export async function check(options: CheckOptions = {}): Promise<CheckVerdict> {
  const settings = checkOptions(CHECK, options);
  return (await import('./library/check.ts')).check(settings);
}

/**
 * Checks policies without asking Zoom anything.
 * @throws PolicyProblems for policies that are not valid
 */
export async function validate(options: ValidateOptions = {}): Promise<ValidateVerdict> {
  const settings = checkOptions(VALIDATE, options);
  return (await import('./library/validate.ts')).validate(settings);
}

/** The live settings as a policy. Sends nothing but GET. */
export async function exportPolicies(options: ExportOptions = {}): Promise<ExportVerdict> {
  const settings = checkOptions(EXPORT, options);
  return (await import('./library/export.ts')).exportPolicies(settings);
}

/** What was applied from a folder. */
export async function runs(options: RunsOptions = {}): Promise<RunsVerdict> {
  const settings = checkOptions(RUNS, options);
  return (await import('./library/runs.ts')).runs(settings);
}

/** Everything that is known of one setting, section or lock key. */
export async function explain(options: ExplainOptions): Promise<Explained> {
  const settings = checkOptions(EXPLAIN, options);
  return (await import('./library/explain/index.ts')).explain(settings);
}

/** The settings whose name or summary holds some words. */
export async function searchSettings(options: SearchOptions): Promise<readonly Listed[]> {
  const settings = checkOptions(SEARCH, options);
  return (await import('./library/explain/index.ts')).search(settings);
}

/** The JSON Schema of policies, for editors. */
export async function policySchema(): Promise<object> {
  return (await import('./library/schema.ts')).policySchema();
}

/** A report in one of the formats of the command line. Plans, results and checks are reports. */
export async function render(report: Report, format: Format = 'text'): Promise<string> {
  return (await import('./report/index.ts')).render(format, report, false);
}
