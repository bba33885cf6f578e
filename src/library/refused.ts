import { LockstepError } from '../errors.ts';
import type { PlanReport } from '../model/report.ts';

/** A plan that is not let pass, with the plan. Nothing was sent. */
export class PlanRefused extends LockstepError {
  readonly report: PlanReport;

  constructor({ message, exitCode, hint }: LockstepError, report: PlanReport) {
    super(message, { exitCode, ...(hint === undefined ? {} : { hint }) });
    this.name = 'PlanRefused';
    this.report = report;
  }
}
