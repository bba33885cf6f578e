/** Format name -> renderer. A renderer turns a report into text and does nothing else. */

import type { Report } from '../model/report.ts';
import type { Format } from './formats.ts';
import { renderHtml } from './html.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { type Paint, paintFor } from './paint.ts';
import { renderSarif } from './sarif.ts';
import { renderCheckText } from './text-check.ts';
import { renderPlanText } from './text-plan.ts';
import { renderResultText } from './text-result.ts';

export type { Budget, Report } from '../model/report.ts';
export { FORMATS, type Format } from './formats.ts';

export function render(format: Format, report: Report, colour: boolean): string {
  switch (format) {
    case 'html':
      return renderHtml(report);
    case 'json':
      return renderJson(report);
    case 'junit':
      return renderJunit(report);
    case 'markdown':
      return renderMarkdown(report);
    case 'sarif':
      return renderSarif(report);
    case 'text':
      return renderText(report, paintFor(colour));
  }
}

function renderText(report: Report, paint: Paint): string {
  switch (report.kind) {
    case 'plan':
    case 'drift':
      return renderPlanText(report.kind, report.plan, report.budget, paint);
    case 'result':
      return renderResultText(report.result, report.run, paint);
    case 'check':
      return renderCheckText(report.check, paint);
  }
}
