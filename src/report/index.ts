/** Format name -> renderer. A renderer turns a report into text and does nothing else. */
import { renderJson } from './json.ts';
import { paintFor } from './paint.ts';
import type { Report } from './report.ts';
import { renderPlanText } from './text-plan.ts';
import { renderResultText } from './text-result.ts';

export type { Budget, Report } from './report.ts';

export const FORMATS = ['text', 'json'] as const;
export type Format = (typeof FORMATS)[number];

export function render(format: Format, report: Report, colour: boolean): string {
  switch (format) {
    case 'json':
      return renderJson(report);
    case 'text':
      return report.kind === 'result'
        ? renderResultText(report.result, report.run, paintFor(colour))
        : renderPlanText(report.kind, report.plan, report.budget, paintFor(colour));
  }
}
