/** A comment on a pull request, or on the issue that drift is told in. */

import type { Report } from '../../model/report.ts';
import { checkPage } from './check.ts';
import { fitted, type Page } from './fit.ts';
import { planPage } from './plan.ts';
import { resultPage } from './result.ts';

/** Begins with a hidden marker, by which a new run finds the comment of the last one and replaces it. */
export function renderMarkdown(report: Report): string {
  const { head, ...page } = pageOf(report);
  return fitted({ ...page, head: `<!-- lockstep:${report.kind} -->\n${head}` });
}

function pageOf(report: Report): Page {
  switch (report.kind) {
    case 'plan':
    case 'drift':
      return planPage(report.kind, report.plan, report.budget);
    case 'result':
      return resultPage(report.result, report.run);
    case 'check':
      return checkPage(report.check);
  }
}
