/** What planning makes of a pair. Each stage takes outcomes and gives outcomes back, one for every pair. */
import type { Blocked, Change, Warning } from '../../model/plan.ts';
import type { Pair } from './pair.ts';

export interface Outcome {
  readonly pair: Pair;
  /**
   * - right: Zoom has what is wanted
   * - differs: also where a later stage left no change, because the value follows a lock above
   * - idle: differs without effect while a switch above is off; neither drift nor sent
   * - blocked: cannot be had now, in whole or in part
   */
  readonly state: 'right' | 'differs' | 'idle' | 'blocked';
  /** What to send. A list of items can come to several changes. */
  readonly changes: readonly Change[];
  readonly blocked: readonly Blocked[];
  readonly warnings: readonly Warning[];
}

const NOTHING = { changes: [], blocked: [], warnings: [] } as const;

export function right(pair: Pair): Outcome {
  return { pair, state: 'right', ...NOTHING };
}

export function differs(pair: Pair, changes: readonly Change[]): Outcome {
  return { pair, state: 'differs', ...NOTHING, changes };
}

export function idle(pair: Pair, warning: Warning): Outcome {
  return { pair, state: 'idle', ...NOTHING, warnings: [warning] };
}

/** @param changes what of a list can be sent all the same */
export function blocked(pair: Pair, blocks: readonly Blocked[], changes: readonly Change[] = []): Outcome {
  return { pair, state: 'blocked', ...NOTHING, changes, blocked: blocks };
}

export function changesIn(outcomes: readonly Outcome[]): readonly Change[] {
  return outcomes.flatMap(({ changes }) => changes);
}

/** Whether a second look after an apply should find the pair right. */
export function isExpected({ state, changes }: Outcome): boolean {
  return state === 'right' || changes.length > 0;
}
