/** The flags of planning, as the planner takes them. */
import type { PlanningOptions } from '../reconcile/plan/make-plan.ts';
import { selectionFrom } from '../reconcile/plan/select.ts';
import type { Progress } from '../terminal.ts';
import type { Connection } from '../zoom/connection.ts';
import { type Flags, isOn, textsOf } from './flags.ts';

export function planningOptions(flags: Flags, progress: Progress, { concurrency }: Connection): PlanningOptions {
  return {
    selection: selectionFrom(textsOf(flags, 'target')),
    assumeUnlocked: isOn(flags, 'assumeUnlocked'),
    onProgress: progress.say,
    atOnce: concurrency * 2,
  };
}
