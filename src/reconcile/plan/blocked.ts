/** Wants that cannot be had now, as data of a plan. */
import type { Blocked, BlockReason } from '../../model/plan.ts';
import type { DesiredFact, Missing, Unread } from '../../model/state.ts';
import type { Scope, TargetRef } from '../../model/target.ts';
import type { Json } from '../../util/json.ts';

export type UnreadReason = 'no-access' | 'unreadable';

export function reasonOf({ noAccess }: Unread): UnreadReason {
  return noAccess === true ? 'no-access' : 'unreadable';
}

/** Why a target that Zoom does not have is missing. */
export function missingReason(scope: Scope, { pending }: Missing): 'unmatched' | 'not-found' | 'pending' {
  if (scope !== 'user') return 'unmatched';
  return pending === true ? 'pending' : 'not-found';
}

export function isUnread(reason: BlockReason): reason is UnreadReason {
  return reason === 'no-access' || reason === 'unreadable';
}

/** @param before what Zoom has, where that was read */
export function blockedFact(
  target: TargetRef,
  { kind, path, value, provenance }: DesiredFact,
  reason: BlockReason,
  detail: string,
  before?: Json,
): Blocked {
  return {
    target,
    kind: kind === 'set' ? 'set' : value === true ? 'lock' : 'unlock',
    path,
    reason,
    detail,
    ...(before === undefined ? {} : { before }),
    after: value,
    provenance,
  };
}
