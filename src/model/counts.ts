import type { CheckResult, CheckStatus } from './check.ts';
import { changesOf, type Direction, type Plan } from './plan.ts';
import type { ApplyResult, ChangeResult } from './result.ts';

export interface PlanCounts {
  readonly set: number;
  readonly lock: number;
  readonly unlock: number;
  readonly blocked: number;
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
  const changes = changesOf(plan);
  const ofKind = (kind: string) => changes.filter((change) => change.kind === kind).length;
  const inDirection = (direction: Direction) => changes.filter((change) => change.direction === direction).length;
  return {
    set: ofKind('set'),
    lock: ofKind('lock'),
    unlock: ofKind('unlock'),
    blocked: plan.blocked.length,
    tightens: inDirection('tightens'),
    weakens: inDirection('weakens'),
    review: inDirection('review'),
    neutral: inDirection('neutral'),
    lossy: changes.filter(({ lossy }) => lossy !== undefined).length,
    targets: new Set(changes.map(({ target }) => `${target.scope} ${target.id}`)).size,
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
  /** Checks that pass, of those that pass or fail, in per cent; waived ones count as neither. Absent when there is none. */
  readonly score?: number;
};

export function countCheck({ checks, manual }: CheckResult): CheckCounts {
  const counts = { pass: 0, fail: 0, unknown: 0, waived: 0 };
  for (const { status } of checks) counts[status] += 1;
  const judged = counts.pass + counts.fail;
  return {
    ...counts,
    manual: manual.length,
    ...(judged === 0 ? {} : { score: Math.floor((100 * counts.pass) / judged) }),
  };
}
