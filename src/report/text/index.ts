/** For people at a terminal. */
import type { Report } from '../../model/report.ts';
import { checkView } from '../view/check.ts';
import { planView } from '../view/plan.ts';
import { resultView } from '../view/result.ts';
import { renderCheckText } from './check.ts';
import { paintFor } from './paint.ts';
import { renderPlanText } from './plan.ts';
import { renderResultText } from './result.ts';

export function renderText(report: Report, colour: boolean): string {
  const paint = paintFor(colour);
  switch (report.kind) {
    case 'plan':
    case 'drift':
      return renderPlanText(planView(report.kind, report.plan, report.budget), paint);
    case 'result':
      return renderResultText(resultView(report.result, report.run), paint);
    case 'check':
      return renderCheckText(checkView(report.check), paint);
  }
}
