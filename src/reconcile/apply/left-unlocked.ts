/** A lock that is removed in one place and added in another: if the new one does not get through, the setting is left open. */
import { locksOver } from '../../catalog/levels.ts';
import { type Change, changesOf, type LockChange, type Plan } from '../../model/plan.ts';
import type { ChangeResult } from '../../model/result.ts';

/**
 * The locks that a run removed although the lock that was to replace them did not get through. An unlock that the policy wants
 * for itself does not count.
 */
export function leftUnlocked(plan: Plan, results: ReadonlyMap<Change, ChangeResult>): readonly LockChange[] {
  const locks = changesOf(plan).filter((change) => change.kind !== 'set');
  const open = locks.filter((change) => change.kind === 'lock' && results.get(change)?.status !== 'applied');
  return locks.filter((change) => {
    const result = results.get(change);
    if (change.kind !== 'unlock' || result === undefined || result.status === 'notAttempted') return false;
    if (result.status === 'failed' && result.refusal.mayBeTaken !== true) return false;
    // Read back as still locked: the unlock itself had no effect.
    if (result.status === 'ineffective' && result.found === true) return false;
    return open.some((lock) => replaces(lock, change));
  });
}

/** Whether a lock freezes what an unlock sets free. */
export function replaces(lock: LockChange, unlock: LockChange): boolean {
  const { scope } = unlock.target;
  if (scope === 'user' || (scope === lock.target.scope && unlock.target.id !== lock.target.id)) return false;
  return lock.freezes.some((path) => locksOver(scope, lock.target.scope, path).includes(unlock.path));
}
