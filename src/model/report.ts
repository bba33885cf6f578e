import type { ExitCode } from '../errors.ts';
import type { AccountIdentity } from './account.ts';
import type { CheckResult } from './check.ts';
import type { Plan } from './plan.ts';
import type { ApplyResult } from './result.ts';

/** What an apply of a plan asks of Zoom's rate limit. */
export interface Budget {
  readonly patch: number;
  readonly get: number;
  /** At the rate of the account's plan, in seconds; absent when no rate applies. */
  readonly seconds?: number;
  readonly ratePlan: string;
}

/** What a run has asked of Zoom, and the fewest requests that it could have done with; tokens are not counted. */
export interface RequestTally {
  readonly made: number;
  readonly minimum: number;
}

/** `drift` is a plan that nobody intends to apply, and is worded so. */
export interface PlanReport {
  readonly kind: 'plan' | 'drift';
  readonly plan: Plan;
  readonly budget: Budget;
  readonly exitCode: ExitCode;
  readonly requests?: RequestTally;
}

export interface ResultReport {
  readonly kind: 'result';
  readonly result: ApplyResult;
  readonly exitCode: ExitCode;
  /** The journal's name, for `lockstep rollback`. */
  readonly run: string;
  readonly requests?: RequestTally;
}

export interface CheckReport {
  readonly kind: 'check';
  readonly check: CheckResult;
  readonly exitCode: ExitCode;
}

/** Everything that is ever rendered. */
export type Report = PlanReport | ResultReport | CheckReport;

/** Which account a report is about. */
export function accountOf(report: Report): AccountIdentity {
  switch (report.kind) {
    case 'plan':
    case 'drift':
      return report.plan.account;
    case 'result':
      return report.result.plan.account;
    case 'check':
      return report.check.account;
  }
}
