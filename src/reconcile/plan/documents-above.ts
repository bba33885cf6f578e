/** Which documents of the levels above must be read before a target can be judged: often none. */
import { locksOver, namesAt } from '../../catalog/levels.ts';
import { locksOf, settingsOf } from '../../catalog/lookup.ts';
import { type DocumentRef, documentKey, type SettingPath } from '../../model/setting.ts';
import type { DesiredFact } from '../../model/state.ts';
import type { LockScope, Scope } from '../../model/target.ts';
import { couldBeStopped, pinnedAbove } from './locks-above.ts';
import type { Outcome } from './outcome.ts';
import type { TargetPairs } from './pair.ts';

/**
 * The locks of a level above that would have to be known: over what changes, or is about to be locked.
 * @param isWantedOn whether this run wants such a lock on
 */
export function locksToJudge(
  level: LockScope,
  scope: Scope,
  outcomes: readonly Outcome[],
  isWantedOn: (lock: SettingPath) => boolean,
): readonly SettingPath[] {
  if (level === 'group' && scope !== 'user') return [];
  return outcomes
    .filter(({ pair }) => couldBeStopped(scope, pair.wanted))
    .flatMap(({ pair, changes }) => {
      const locks = locksOver(level, scope, pair.wanted.path);
      return changes.length > 0 ? locks : locks.filter(isWantedOn);
    });
}

/**
 * Lock documents over what is going to change, and the value itself where a lock may hold it without a policy saying which
 * value.
 * @param above what is wanted of the level, and what has been read of it: a lock that is known to be on makes its value matter
 */
export function documentsAbove(
  level: LockScope,
  scope: Scope,
  outcomes: readonly Outcome[],
  above: TargetPairs,
): readonly DocumentRef[] {
  const isWantedOn = (lock: SettingPath) => above.wants.lock(lock) === true;
  const documents = new Map<string, DocumentRef>();
  const need = (ref: DocumentRef | undefined) => ref !== undefined && documents.set(documentKey(ref), ref);
  for (const lock of locksToJudge(level, scope, outcomes, isWantedOn)) need(locksOf(level).get(lock)?.document.ref);
  if (documents.size === 0) return [];
  const mayBeHeld = ({ path }: DesiredFact) =>
    locksOver(level, scope, path).some((lock) => isWantedOn(lock) || above.liveLock(lock) === true);
  for (const { wanted } of outcomes.map(({ pair }) => pair)) {
    if (wanted.kind !== 'set' || !couldBeStopped(scope, wanted) || !mayBeHeld(wanted)) continue;
    if (level === 'account' && pinnedAbove({ scope, wanted }, { level, pairs: above }) !== undefined) continue;
    for (const { path } of namesAt(level, scope, wanted.path)) need(settingsOf(level).get(path)?.document.ref);
  }
  return [...documents.values()];
}
