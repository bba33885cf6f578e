import { changesOf, type Plan } from './plan.ts';
import type { ApplyResult, ChangeResult } from './result.ts';

export interface PlanCounts {
  readonly set: number;
  readonly lock: number;
  readonly unlock: number;
  readonly blocked: number;
  /** Targets with a change. */
  readonly targets: number;
  /** Managed facts that are right already. */
  readonly unchanged: number;
}

export function countPlan(plan: Plan): PlanCounts {
  const changes = changesOf(plan);
  const ofKind = (kind: string) => changes.filter((change) => change.kind === kind).length;
  return {
    set: ofKind('set'),
    lock: ofKind('lock'),
    unlock: ofKind('unlock'),
    blocked: plan.blocked.length,
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
