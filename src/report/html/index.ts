/** One self-contained page for people who review, audit or keep records: no network, no data in its script. */

import type { Report } from '../../model/report.ts';
import { checkPage } from './check.ts';
import { type Page, renderPage } from './page.ts';
import { planPage } from './plan.ts';
import { resultPage } from './result.ts';

export function renderHtml(report: Report): string {
  return renderPage(pageOf(report));
}

function pageOf(report: Report): Page {
  switch (report.kind) {
    case 'plan':
    case 'drift':
      return planPage(report.kind, report.plan, report.budget, report.exitCode);
    case 'result':
      return resultPage(report.result, report.run, report.exitCode);
    case 'check':
      return checkPage(report.check, report.exitCode);
  }
}
