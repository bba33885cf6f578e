/** Every value and lock that a report is about, in the order of the report. */
import { unseenIn as countUnseen, type Tally, tallyCheck, tallyPlan } from '../../model/outcomes.ts';
import type { Report } from '../../model/report.ts';
import { checkEntry, type Entry } from './entry.ts';
import { planEntries } from './plan.ts';
import { resultEntries } from './result.ts';
import { unseenLine } from './unseen.ts';

export function entriesIn(report: Report): readonly Entry[] {
  switch (report.kind) {
    case 'plan':
    case 'drift':
      return planEntries(report.kind, report.plan);
    case 'result':
      return resultEntries(report.result);
    case 'check':
      return report.check.checks.map(checkEntry);
  }
}

/** What of it could not be seen, in one line. */
export function unseenIn(report: Report): string | undefined {
  const tally = tallyOf(report);
  return countUnseen(tally) === 0 ? undefined : unseenLine(tally, entriesIn(report));
}

function tallyOf(report: Report): Tally {
  switch (report.kind) {
    case 'plan':
    case 'drift':
      return tallyPlan(report.plan);
    case 'result':
      return tallyPlan({ ...report.result.plan, blocked: report.result.blocked });
    case 'check':
      return tallyCheck(report.check);
  }
}
