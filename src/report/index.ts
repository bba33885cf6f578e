/** Format name -> renderer. A renderer only turns a report into text, and is loaded when it is needed. */
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
      return (await import('./text/index.ts')).renderText(report, colour);
  }
}
