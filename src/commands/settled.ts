import { PlanRefused } from '../library/refused.ts';
import type { Report } from '../model/report.ts';

/** What a call came to: a plan that is not let pass has a report, too. */
export interface Settled<R extends Report> {
  readonly report: R | PlanRefused['report'];
  readonly refusal?: PlanRefused;
}

export async function settled<R extends Report>(verdict: Promise<R>): Promise<Settled<R>> {
  try {
    return { report: await verdict };
  } catch (error) {
    if (!(error instanceof PlanRefused)) throw error;
    return { report: error.report, refusal: error };
  }
}
