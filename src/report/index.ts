/** Format name -> renderer. A renderer turns a report into text and does nothing else; only the one that is asked for is loaded. */
import type { Report } from '../model/report.ts';
import type { Format } from './formats.ts';

export type { Budget, Report, RequestTally } from '../model/report.ts';
export type { Format } from './formats.ts';

export async function render(format: Format, report: Report, colour: boolean): Promise<string> {
  switch (format) {
    case 'html':
      return (await import('./html/index.ts')).renderHtml(report);
    case 'json':
      return (await import('./json.ts')).renderJson(report);
    case 'junit':
      return (await import('./junit.ts')).renderJunit(report);
    case 'markdown':
      return (await import('./markdown/index.ts')).renderMarkdown(report);
    case 'sarif':
      return (await import('./sarif/index.ts')).renderSarif(report);
    case 'text':
      return renderText(report, colour);
  }
}

async function renderText(report: Report, colour: boolean): Promise<string> {
  const { paintFor } = await import('./text/paint.ts');
  const paint = paintFor(colour);
  switch (report.kind) {
    case 'plan':
    case 'drift':
      return (await import('./text/plan.ts')).renderPlanText(report.kind, report.plan, report.budget, paint);
    case 'result':
      return (await import('./text/result.ts')).renderResultText(report.result, report.run, paint);
    case 'check':
      return (await import('./text/check.ts')).renderCheckText(report.check, paint);
  }
}
