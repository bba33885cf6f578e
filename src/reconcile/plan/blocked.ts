/** Wants that cannot be had now, as data of a plan. */
import type { Blocked, BlockReason } from '../../model/plan.ts';
import type { DesiredFact } from '../../model/state.ts';
import type { TargetRef } from '../../model/target.ts';
import type { Json } from '../../util/json.ts';

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
