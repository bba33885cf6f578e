/** A lock that goes in one place and comes in another: when the new one does not get through, the setting is left open. */
import { locksOver } from '../../catalog/levels.ts';
import { type Change, changesOf, type LockChange, type Plan } from '../../model/plan.ts';
import type { ChangeResult } from '../../model/result.ts';

/**
 * The locks that a run took off although the lock that was to come in their place did not get through. (An unlock that
 * the policy wants for itself is no such thing.)
 */
export function leftUnlocked(plan: Plan, results: ReadonlyMap<Change, ChangeResult>): readonly LockChange[] {
  const locks = changesOf(plan).filter((change) => change.kind !== 'set');
  const open = locks.filter((change) => change.kind === 'lock' && results.get(change)?.status !== 'applied');
  return locks.filter((change) => {
    const result = results.get(change);
    if (change.kind !== 'unlock' || result === undefined || result.status === 'notAttempted') return false;
    if (result.status === 'failed' && result.refusal.mayBeTaken !== true) return false;
    // Read back as locked still: the unlock itself had no effect.
    if (result.status === 'ineffective' && result.found === true) return false;
    return open.some((lock) => replaces(lock, change));
  });
}

/** Whether one lock freezes what the other one froze. */
export function replaces(lock: LockChange, unlock: LockChange): boolean {
  const { scope } = unlock.target;
  if (scope === 'user' || (scope === lock.target.scope && unlock.target.id !== lock.target.id)) return false;
  return lock.freezes.some((path) => locksOver(scope, lock.target.scope, path).includes(unlock.path));
}
