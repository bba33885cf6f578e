/** From a pair that differs to the change that makes it right. */
import { frozenBy } from '../../catalog/levels.ts';
import { settingOf } from '../../catalog/lookup.ts';
import type { Setting } from '../../catalog/setting.ts';
import { gatesOf } from '../../catalog/switches.ts';
import { type Change, changeName, type FrozenValue, type SetChange } from '../../model/plan.ts';
import { isSecret } from '../../model/secret.ts';
import { type SettingKey, type SettingPath, settingKey } from '../../model/setting.ts';
import type { Json } from '../../util/json.ts';
import { valueToSend } from './normalize.ts';
import type { Pair, TargetPairs } from './pair.ts';
import { judgeLock, judgeSet } from './risk.ts';

type Marks = Pick<SetChange, 'heldBy' | 'unconfirmed'>;

/** The setting or lock key that a change is about. */
export function settingOfChange({ target, kind, path }: Pick<Change, 'target' | 'kind' | 'path'>): Setting {
  return settingOf(target.scope, { kind: kind === 'set' ? 'set' : 'lock', path });
}

/** Identifies a change of a target; each item of a list has a key of its own. */
export function keyOfChange(change: Change): SettingKey {
  return settingKey({ kind: change.kind, path: changeName(change) });
}

/** Whether a change sends a plain value that differs: no item of a list, and nothing that reads right already. */
export function isPlainSet(change: Change): change is SetChange {
  return change.kind === 'set' && change.item === undefined && change.heldBy === undefined;
}

/** @param live what Zoom has, `undefined` where it does not list the key */
export function changeOf(
  pairs: TargetPairs,
  { wanted, setting }: Pair,
  live: Json | undefined,
  marks: Marks = {},
): Change {
  const { target } = pairs;
  const { path, provenance, protectedBy, value } = wanted;
  const common = { target, path, ...marks, ...(protectedBy === undefined ? {} : { protectedBy }), provenance };
  if (wanted.kind === 'lock') {
    const level = target.scope === 'account' ? 'account' : 'group';
    const on = value === true;
    const lock = { kind: on ? ('lock' as const) : ('unlock' as const), freezes: frozenBy(level, path) };
    // A value that a switch makes idle does not count, except under the lock's own name.
    const weighed = (frozen: SettingPath) =>
      frozen !== path && gatesOf(target.scope, frozen).some((gate) => pairs.after(gate)?.value === false)
        ? undefined
        : pairs.after(frozen);
    const over = on ? lock.freezes.flatMap((frozen) => wantedOf(frozen, pairs)) : [];
    return { ...common, ...lock, over, ...before(live), after: on, ...judgeLock({ ...lock, ...marks }, weighed) };
  }
  const isHidden = live !== undefined && (isSecret(value) || pairs.hides(setting, live));
  const was = isHidden ? pairs.hidden(setting, live) : live;
  const after = isSecret(value) ? value : valueToSend(setting, value, live);
  const set = { path, ...marks, ...before(was), after };
  return { kind: 'set', ...common, ...set, ...judgeSet(set) };
}

function wantedOf(path: SettingPath, { wants }: TargetPairs): FrozenValue[] {
  const wanted = wants.value(path);
  return wanted === undefined ? [] : [{ path, value: wanted.value }];
}

/** `exactOptionalPropertyTypes`: an absent value is an absent key. */
function before(live: Json | undefined): { before?: Json } {
  return live === undefined ? {} : { before: live };
}
