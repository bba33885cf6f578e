/** A comment on a pull request, or on the issue that reports drift. */
import type { Report } from '../../model/report.ts';
import { checkView } from '../view/check.ts';
import { planView } from '../view/plan.ts';
import { resultView } from '../view/result.ts';
import { checkPage } from './check.ts';
import { type CommentPage, fitted } from './fit.ts';
import { planPage } from './plan.ts';
import { resultPage } from './result.ts';

/** Begins with a hidden marker, so that the next run finds this comment and replaces it. */
export function renderMarkdown(report: Report): string {
  const { head, ...page } = pageOf(report);
  return fitted({ ...page, head: `<!-- lockstep:${report.kind} -->\n${head}` });
}

function pageOf(report: Report): CommentPage {
  switch (report.kind) {
    case 'plan':
    case 'drift':
      return planPage(planView(report.kind, report.plan, report.budget));
    case 'result':
      return resultPage(resultView(report.result, report.run));
    case 'check':
      return checkPage(checkView(report.check));
  }
}
