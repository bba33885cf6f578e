import type { CheckResult, CheckStatus } from './check.ts';
import { tallyCheck, tallyPlan, unseenIn } from './outcomes.ts';
import { changesOf, type Plan } from './plan.ts';
import type { ApplyResult, ChangeResult } from './result.ts';

export interface PlanCounts {
  readonly set: number;
  readonly lock: number;
  readonly unlock: number;
  /** What cannot be had, `not-offered` included; the four after it are none of these. */
  readonly blocked: number;
  /** What could not be read. */
  readonly unknown: number;
  readonly unmatched: number;
  readonly notFound: number;
  readonly pending: number;
  /** The four before this; also 1 where nothing is managed at all. Above 0 nothing is green. */
  readonly unseen: number;
  readonly waived: number;
  /** By direction; everything to set, lock and unlock is in one of them. */
  readonly tightens: number;
  readonly weakens: number;
  readonly review: number;
  readonly neutral: number;
  readonly lossy: number;
  /** Targets with a change. */
  readonly targets: number;
  /** Managed facts that are right already. */
  readonly unchanged: number;
}

export function countPlan(plan: Plan): PlanCounts {
  const tally = tallyPlan(plan);
  const counts = { set: 0, lock: 0, unlock: 0, tightens: 0, weakens: 0, review: 0, neutral: 0, lossy: 0 };
  const targets = new Set<string>();
  for (const { kind, direction, lossy, target } of changesOf(plan)) {
    counts[kind] += 1;
    counts[direction] += 1;
    if (lossy !== undefined) counts.lossy += 1;
    targets.add(`${target.scope} ${target.id}`);
  }
  return {
    ...counts,
    blocked: tally.blocked + tally['not-offered'],
    unknown: tally['no-access'] + tally.unreadable,
    unmatched: tally.unmatched,
    notFound: tally['not-found'],
    pending: tally.pending,
    unseen: unseenIn(tally),
    waived: tally.waived,
    targets: targets.size,
    unchanged: plan.compared.unchanged,
  };
}

export type ResultCounts = Readonly<Record<ChangeResult['status'], number>> & { readonly remaining: number };

export function countResult({ results, remaining }: ApplyResult): ResultCounts {
  const counts = { applied: 0, ineffective: 0, failed: 0, notAttempted: 0 };
  for (const { status } of results) counts[status] += 1;
  return { ...counts, remaining: remaining.length };
}

export type CheckCounts = Readonly<Record<CheckStatus, number>> & {
  readonly manual: number;
  /** Unknown, unmatched, not found and pending; also 1 where nothing is checked at all. Above 0 nothing is green. */
  readonly unseen: number;
  /** Checks that pass, of those that pass or fail, in per cent; waived ones count as neither. Absent when there is none. */
  readonly score?: number;
};

/** In the order of output. */
export const NO_CHECKS: Readonly<Record<CheckStatus, number>> = {
  pass: 0,
  fail: 0,
  unknown: 0,
  unmatched: 0,
  'not-found': 0,
  pending: 0,
  'not-offered': 0,
  waived: 0,
};

export function countCheck(result: CheckResult): CheckCounts {
  const { checks, manual } = result;
  const counts = { ...NO_CHECKS };
  for (const { status } of checks) counts[status] += 1;
  const judged = counts.pass + counts.fail;
  return {
    ...counts,
    manual: manual.length,
    unseen: unseenIn(tallyCheck(result)),
    ...(judged === 0 ? {} : { score: Math.floor((100 * counts.pass) / judged) }),
  };
}
