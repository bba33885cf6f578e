/**
 * Walks a plan through Zoom. It can compute no change of its own: it sends the plan's steps, reads back what it patched, and
 * reports how every change ended. A refused request is a result, not an exception.
 */

import type { PlaceKey } from '../../model/place.ts';
import { type Change, changeName, type Plan, type Step } from '../../model/plan.ts';
import type { ApplyResult, ChangeResult } from '../../model/result.ts';
import { targetKey } from '../../model/target.ts';
import { keyOfChange } from '../plan/change.ts';
import { narrowStep } from '../plan/patch.ts';
import { type ApplyOptions, ApplyRun, documentOf } from './apply-run.ts';
import { withoutLocksOverOtherValues } from './frozen.ts';
import { leftUnlocked } from './left-unlocked.ts';
import { send } from './send.ts';
import { verify } from './verify.ts';

export async function applyPlan(plan: Plan, options: ApplyOptions): Promise<ApplyResult> {
  const run = new ApplyRun(options);
  const last = lastStepOfDocument(plan);
  for (const wave of plan.waves) {
    await Promise.all(wave.map((step) => runStep(step, last.get(documentOf(step)) === step, run)));
  }
  // The last step of a document may have been held back after an earlier one had patched it.
  await Promise.all(run.takeAllUnverified().map((sent) => verify(sent, run)));
  const results = plan.waves.flat().flatMap((step) => step.changes.map((change) => resultOf(change, step, run)));
  return {
    plan,
    results,
    remaining: remainingAfter(results, run.remaining),
    blocked: plan.blocked,
    leftUnlocked: leftUnlocked(plan, run.results),
    interrupted: options.signal.aborted,
    ...(run.halted === undefined ? {} : { halted: run.halted }),
  };
}

/** A document is read back once, after the last step that patches it: one GET per patched document. */
function lastStepOfDocument(plan: Plan): ReadonlyMap<PlaceKey, Step> {
  return new Map(plan.waves.flat().map((step) => [documentOf(step), step]));
}

async function runStep(step: Step, isLast: boolean, run: ApplyRun): Promise<void> {
  const held = holdBack(step, run);
  const ready = held && (await withoutLocksOverOtherValues(held, run));
  if (ready !== undefined) await send(ready, run);
  if (isLast) await verify(run.takeUnverified(step), run);
}

/** The part of a step that may go ahead; the rest ends as not attempted. */
function holdBack(step: Step, run: ApplyRun): Step | undefined {
  const stopped = run.stopReason;
  if (stopped !== undefined) {
    run.finishUnattempted(step, step.changes, stopped);
    return undefined;
  }
  const keep = step.changes.filter((change) => {
    const missing = run.missingFor(change);
    if (missing === undefined) return true;
    run.finishUnattempted(step, [change], `it builds on "${missing}", which did not get through`);
    return false;
  });
  if (keep.length === 0) return undefined;
  const later = run.options.postpone?.(step);
  if (later !== undefined) {
    run.postponeTo(later);
    run.finishUnattempted(step, keep, later.message);
    return undefined;
  }
  return keep.length === step.changes.length ? step : narrowStep(step, keep);
}

function resultOf(change: Change, step: Step, run: ApplyRun): ChangeResult {
  const result = run.results.get(change);
  if (result === undefined) throw new Error(`no result for ${changeName(change)} in ${step.id}`);
  return result;
}

/** What the comparison after the run found different, and what never got so far as to be compared. */
function remainingAfter(results: readonly ChangeResult[], found: readonly Change[]): readonly Change[] {
  const keyOf = (change: Change) => `${targetKey(change.target)} ${keyOfChange(change)}`;
  const compared = new Set(found.map(keyOf));
  const open = results.flatMap(({ status, change }) =>
    status === 'applied' || compared.has(keyOf(change)) ? [] : [change],
  );
  return [...found, ...open];
}
