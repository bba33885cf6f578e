/** Every value and lock that a report is about, in the order of the report. */
import type { Report } from '../../model/report.ts';
import { checkEntry, type Entry } from './entry.ts';
import { planEntries } from './plan.ts';
import { resultEntries } from './result.ts';

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
