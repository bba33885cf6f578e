/** One self-contained page for people who review, audit or keep records: no network, no data in its script. */
import type { Report } from '../../model/report.ts';
import { checkView } from '../view/check.ts';
import { planView } from '../view/plan.ts';
import { resultView } from '../view/result.ts';
import { checkPage } from './check.ts';
import { type HtmlPage, renderPage } from './page.ts';
import { planPage } from './plan.ts';
import { resultPage } from './result.ts';

export function renderHtml(report: Report): string {
  return renderPage(pageOf(report));
}

function pageOf(report: Report): HtmlPage {
  switch (report.kind) {
    case 'plan':
    case 'drift':
      return planPage(planView(report.kind, report.plan, report.budget), report.exitCode);
    case 'result':
      return resultPage(resultView(report.result, report.run), report.exitCode);
    case 'check':
      return checkPage(checkView(report.check), report.exitCode);
  }
}
