/**
 * Looks at what a lock freezes: directly before the lock is sent, and once more after it, because somebody may change a value
 * between the two. A lock over another value is removed again.
 */
import { settingOf } from '../../catalog/lookup.ts';
import { placeKey } from '../../model/place.ts';
import { type Change, changesLock, type FrozenValue, type Step } from '../../model/plan.ts';
import type { ChangeResult } from '../../model/result.ts';
import { isSecret } from '../../model/secret.ts';
import { documentKey, type SettingPath } from '../../model/setting.ts';
import type { DesiredFact, LiveDocument } from '../../model/state.ts';
import { plural } from '../../util/plural.ts';
import { compareTarget } from '../plan/compare.ts';
import { liveValue } from '../plan/normalize.ts';
import { changesIn } from '../plan/outcome.ts';
import { TargetPairs } from '../plan/pair.ts';
import { narrowStep, unlockStep } from '../plan/patch.ts';
import type { ApplyRun } from './apply-run.ts';
import { readDocument } from './read-back.ts';
import { send } from './send.ts';

/** The part of a step whose locks freeze what the policies want; the rest ends as not attempted. */
export async function withoutLocksOverOtherValues(step: Step, run: ApplyRun): Promise<Step | undefined> {
  const wrong = await wrongLocks(step, run, (place, read) => run.seen(place) ?? read(), 'isWrong');
  if (wrong.size === 0) return step;
  for (const [change, because] of wrong) run.finishUnattempted(step, [change], `it would freeze ${because}`);
  const keep = step.changes.filter((change) => !wrong.has(change));
  return keep.length === 0 ? undefined : narrowStep(step, keep);
}

/**
 * How changes of one document ended, after a look at what their locks froze. A lock over another value is removed again, and
 * has not taken effect.
 */
export async function withoutWrongLocks(
  results: readonly ChangeResult[],
  step: Step,
  run: ApplyRun,
): Promise<readonly ChangeResult[]> {
  const changes = results.flatMap(({ status, change }) => (status === 'applied' ? [change] : []));
  const wrong = await wrongLocks({ ...step, changes }, run, (_, read) => read(), 'passes');
  if (wrong.size === 0) return results;
  const removed = await removeLocks(unlockStep(step, [...wrong.keys()].filter(changesLock)), run);
  return results.map((result) => {
    const { change, step } = result;
    const over = wrong.get(change);
    if (over === undefined) return result;
    const because = `it was locked over another value: ${over}; ${removed.has(change.path) ? 'the lock was removed again' : 'the lock could not be removed'}`;
    return { status: 'ineffective', change, step, reason: 'locked-over', because };
  });
}

/** @returns the keys of the locks that are off now, as Zoom shows it */
async function removeLocks(undo: Step, run: ApplyRun): Promise<ReadonlySet<SettingPath>> {
  await send(undo, run);
  // It is looked at here: what the policies want of these locks is the opposite.
  run.takeUnverified(undo);
  const { target, request } = undo;
  const document = await readDocument(target, request.document, run);
  const off = undo.changes.filter(
    ({ path }) =>
      document.state === 'read' && liveValue(settingOf(target.scope, { kind: 'lock', path }), document.body) !== true,
  );
  return new Set(off.map(({ path }) => path));
}

type Look = (
  place: ReturnType<typeof placeKey>,
  read: () => Promise<LiveDocument>,
) => LiveDocument | Promise<LiveDocument>;

/**
 * The locks of a step that freeze something else than is wanted, each with what that is.
 * @param unread whether what cannot be read counts: before a lock it does; after it the value was right directly before
 */
async function wrongLocks(
  step: Step,
  run: ApplyRun,
  look: Look,
  unread: 'isWrong' | 'passes',
): Promise<ReadonlyMap<Change, string>> {
  const { target } = step;
  const read = new Map<string, LiveDocument>();
  const wrong = new Map<Change, string>();
  for (const change of step.changes) {
    if (!changesLock(change)) continue;
    for (const { path, value } of change.over) {
      if (isSecret(value)) continue;
      const { ref } = settingOf(target.scope, { kind: 'set', path }).document;
      const key = documentKey(ref);
      const document = read.get(key) ?? (await look(placeKey(target, ref), () => readDocument(target, ref, run)));
      read.set(key, document);
      if (document.state === 'unreadable' && unread === 'passes') continue;
      const because = otherThan({ path, value }, change, document, run);
      if (because !== undefined && !wrong.has(change)) wrong.set(change, because);
    }
  }
  return wrong;
}

/** What is not as wanted, in words that follow "it would freeze". */
function otherThan(
  { path, value }: FrozenValue,
  { target, provenance }: Change,
  document: LiveDocument,
  { options }: ApplyRun,
): string | undefined {
  if (document.state === 'unreadable') return `${path}, which cannot be read: ${document.reason}`;
  const fact: DesiredFact = { kind: 'set', path, value, provenance };
  const setting = settingOf(target.scope, fact);
  const live = { state: 'found' as const, target, documents: new Map([[documentKey(setting.document.ref), document]]) };
  const pairs = new TargetPairs({ target, facts: [fact] }, live, options.confidential);
  // What Zoom does not list, it does not freeze.
  if (pairs.reading(setting).state === 'absent') return undefined;
  const [change, ...others] = changesIn(compareTarget(pairs, options.secrets));
  if (change === undefined) return undefined;
  if (others.length > 0 || change.before === undefined || isSecret(change.before)) {
    return `${path}, which is not as wanted (${plural(others.length + 1, 'difference')})`;
  }
  return `${path}, which is ${JSON.stringify(change.before)} and should be ${JSON.stringify(change.after)}`;
}
