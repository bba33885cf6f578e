/** The sentences that sum a report up, alike in every format that has sentences. */

import type { CheckCounts, PlanCounts } from '../model/counts.ts';
import { countResult } from '../model/counts.ts';
import type { Plan } from '../model/plan.ts';
import type { Budget } from '../model/report.ts';
import type { ApplyResult } from '../model/result.ts';
import { plural } from '../util/plural.ts';

/** A plan that is to be carried out, or one that only tells what differs. */
export type Purpose = 'plan' | 'drift';

export function planVerdict(purpose: Purpose, plan: Plan, counts: PlanCounts): string {
  const { set, lock, unlock, blocked, unchanged, targets } = counts;
  const seen = `${unchanged} already right on ${plural(plan.compared.targets, 'target')}`;
  const stuck = blocked === 0 ? '' : `, ${blocked} blocked`;
  if (set + lock + unlock === 0) {
    const none = purpose === 'drift' ? 'No drift' : 'No changes';
    return blocked === 0 ? `${none}. Zoom matches the policies: ${seen}.` : `${none}${stuck}; ${seen}.`;
  }
  const changes = `${set} to set, ${lock} to lock, ${unlock} to unlock${stuck}`;
  return `${purpose === 'drift' ? 'Drift' : 'Plan'}: ${changes}, on ${plural(targets, 'target')}; ${seen}.`;
}

/** What carrying a plan out asks of Zoom's rate limit. */
export function requestsText({ patch, get, seconds, ratePlan }: Budget): string {
  const time = seconds === undefined ? '' : `, about ${plural(seconds, 'second')} at the ${ratePlan} rate`;
  return `Apply sends ${patch} PATCH and ${get} GET requests of Zoom's rate class medium${time}.`;
}

export function resultVerdict(result: ApplyResult): string {
  const { applied, ineffective, failed, notAttempted, remaining } = countResult(result);
  const left = result.leftUnlocked.length === 0 ? '' : `, ${result.leftUnlocked.length} left unlocked`;
  return (
    `Applied ${applied} of ${result.results.length}: ${ineffective} ineffective, ${failed} failed, ` +
    `${notAttempted} not attempted, ${remaining} remaining, ${result.blocked.length} blocked${left}.`
  );
}

export function checkVerdict(checks: number, { pass, fail, unknown, waived, manual }: CheckCounts): string {
  return `${plural(checks, 'check')}: ${pass} passed, ${fail} failed, ${unknown} unknown, ${waived} waived; ${manual} to check by hand.`;
}
