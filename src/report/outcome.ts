/** What a run brought, in words that every format uses. */
import { type Change, changeName } from '../model/plan.ts';
import type { ApplyResult } from '../model/result.ts';
import { targetLabel } from '../model/target.ts';

/** What differs after a run that had nothing to do with it: Zoom, or somebody, moved it. */
export function surprisesOf({ results, remaining }: ApplyResult): readonly Change[] {
  const reported = new Set(results.map(({ change }) => keyOf(change)));
  return remaining.filter((change) => !reported.has(keyOf(change)));
}

/** Tells every change of a report from every other. */
export function keyOf(change: Change): string {
  return JSON.stringify([targetLabel(change.target), change.kind, changeName(change)]);
}
