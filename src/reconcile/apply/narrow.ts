/**
 * A refused request is tried smaller. Zoom refuses a request as a whole, even where it objects to a single value: a rerun
 * would meet the same refusal, and the other values would never get through. So what Zoom objects to is taken out, and the
 * rest is sent once more, as often as that leaves something. Each round takes something out, so that it ends.
 */
import type { Setting } from '../../catalog/setting.ts';
import type { Change, Step } from '../../model/plan.ts';
import type { Refusal } from '../../model/result.ts';
import { settingOfChange } from '../plan/change.ts';
import { narrowStep } from '../plan/patch.ts';
import { siblingsIn, withoutSiblings } from '../plan/siblings.ts';
import type { ApplyRun } from './apply-run.ts';
import { lockAbove } from './diagnose.ts';

export interface Narrowed {
  /** What the refusal is about: these changes end with it. */
  readonly refused: readonly Change[];
  /** What is left to send; absent where the refusal is about all of it, or about nothing in particular. */
  readonly rest?: Step;
}

export async function narrow(step: Step, refusal: Refusal, run: ApplyRun): Promise<Narrowed> {
  const everything = { refused: step.changes };
  if (refusal.status !== 400 || run.stopReason !== undefined) return everything;
  const locked = await lockedSiblings(step, run);
  if (locked.length > 0) {
    return { refused: [], rest: { ...withoutSiblings(step, locked), id: `${step.id}, what is not locked` } };
  }
  const refused = step.changes.filter((change) => isNamedIn(refusal, change));
  const rest = step.changes.filter((change) => !refused.includes(change));
  if (refused.length === 0 || rest.length === 0 || run.stopReason !== undefined) return everything;
  return { refused, rest: { ...narrowStep(step, rest), id: `${step.id}, the rest` } };
}

/** What travels with a step and stays as it is whether it is sent or not, because a lock above holds it. */
async function lockedSiblings(step: Step, run: ApplyRun): Promise<readonly Setting[]> {
  const found = siblingsIn(step).map(async (setting) => {
    const lock = await lockAbove({ target: step.target, path: setting.path }, run.evidence);
    return lock.state === 'on' ? [setting] : [];
  });
  return (await Promise.all(found)).flat();
}

/**
 * Whether Zoom's own message, which is text and nothing else, names a setting: by its path or by the last key of it. A plain
 * word such as `enable` counts only where Zoom lists fields.
 */
function isNamedIn({ message, fields = [] }: Refusal, change: Change): boolean {
  const { keys, path } = settingOfChange(change);
  const names = [path, keys.join('.'), keys.at(-1) ?? path];
  const words = new Set((message.match(/[\w.]+/g) ?? []).map((word) => word.replace(/\.$/, '')));
  return (
    names.some((name) => name.includes('_') && words.has(name)) || fields.some(({ field }) => names.includes(field))
  );
}
