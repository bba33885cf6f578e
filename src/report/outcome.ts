/** What a run brought, in words that every format uses. */
import { type Change, changeName } from '../model/plan.ts';
import type { ApplyResult, ChangeResult } from '../model/result.ts';
import { targetLabel } from '../model/target.ts';

/** What differs after a run that had nothing to do with it: Zoom, or somebody, moved it. */
export function surprisesOf({ results, remaining }: ApplyResult): readonly Change[] {
  const reported = new Set(results.map(({ change }) => keyOf(change)));
  return remaining.filter((change) => !reported.has(keyOf(change)));
}

/** Results, but for those of locks that were left unlocked: that such a lock did come off is no success. */
export function resultsButLeft({ results, leftUnlocked }: ApplyResult): readonly ChangeResult[] {
  const left = new Set(leftUnlocked.map(keyOf));
  return results.filter(({ change }) => !left.has(keyOf(change)));
}

/** Tells every change of a report from every other. */
export function keyOf(change: Change): string {
  return JSON.stringify([targetLabel(change.target), change.kind, changeName(change)]);
}
