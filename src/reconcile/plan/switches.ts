/** Switches above settings. While a switch is off, the settings under it have no effect or are not even listed. */
import { frozenBy } from '../../catalog/levels.ts';
import type { Setting } from '../../catalog/setting.ts';
import { gatesOf, hidingGatesOf } from '../../catalog/switches.ts';
import type { SettingKey, SettingPath } from '../../model/setting.ts';
import type { Outcome } from './outcome.ts';
import type { Pair, TargetPairs } from './pair.ts';

/**
 * The switch above a setting that is off in Zoom, that this policy does not turn on, and that takes away all effect. If
 * lower levels can turn the switch on themselves, these values are their defaults, so they still matter.
 */
export function closedSwitch(path: SettingPath, pairs: TargetPairs): SettingPath | undefined {
  const { scope } = pairs;
  const hiding = hidingGatesOf(scope, path);
  const staysOffBelow = (gate: SettingPath) => scope === 'user' || hiding.includes(gate) || pairs.isLockedHere(gate);
  return gatesOf(scope, path).find(
    (gate) => pairs.live(gate) === false && pairs.wants.value(gate)?.value !== true && staysOffBelow(gate),
  );
}

/** What the switches make of a setting that Zoom does not list. `undefined` where they do not explain it. */
export type Unlisted =
  | { readonly state: 'idle' | 'not-offered'; readonly message: string }
  /** This policy turns the switch on, and Zoom will list the setting then. */
  | { readonly state: 'appears' };

export function whyUnlisted({ path, items }: Setting, pairs: TargetPairs): Unlisted | undefined {
  const hiding = hidingGatesOf(pairs.scope, path);
  let opened = false;
  for (const gate of gatesOf(pairs.scope, path)) {
    const wanted = pairs.wants.value(gate)?.value;
    const now = pairs.live(gate);
    if (wanted === false) return { state: 'idle', message: `has no effect while this policy turns ${gate} off` };
    if (!hiding.includes(gate)) continue;
    if (wanted === true && now !== true) opened = true;
    else if (now === false) {
      const message = `${gate} is off in Zoom, and Zoom leaves this out until it is on; set ${gate} to true as well`;
      return { state: 'not-offered', message };
    }
  }
  if (opened && items !== undefined) {
    const message = 'Zoom lists these only while the switch above them is on; apply, then plan again';
    return { state: 'idle', message };
  }
  return opened ? { state: 'appears' } : undefined;
}

/**
 * Why pairs that differ are left as they are, because a switch above stays off. A lock that would freeze such a value
 * and not the switch waits with it: the switch could come on, with the wrong value locked in.
 * @param differing the plain values that differ; of a list its changes say so
 */
export function idleReasons(
  outcomes: readonly Outcome[],
  pairs: TargetPairs,
  differing: ReadonlySet<SettingKey>,
): ReadonlyMap<Pair, string> {
  const reasons = new Map<Pair, string>();
  const closed = new Map<SettingPath, SettingPath>();
  for (const { pair, changes } of outcomes) {
    const { kind, path } = pair.wanted;
    const isOther = pair.setting.items === undefined ? differing.has(pair.key) : changes.length > 0;
    const gate = isOther && kind === 'set' && changes.length > 0 ? closedSwitch(path, pairs) : undefined;
    if (gate === undefined) continue;
    closed.set(path, gate);
    reasons.set(pair, `has no effect while ${gate} is off`);
  }
  if (closed.size === 0) return reasons;
  for (const { pair } of outcomes) {
    const waits = isNewLock(pair) ? waitingFor(pair, pairs, closed) : undefined;
    if (waits === undefined) continue;
    const because = `because ${waits} is not as it should be`;
    reasons.set(pair, `not locked while ${closed.get(waits)} is off, ${because}`);
  }
  return reasons;
}

function isNewLock({ wanted, live }: Pair): boolean {
  return wanted.kind === 'lock' && wanted.value === true && live.state === 'read' && live.value !== true;
}

/** A setting that the lock would freeze, under a closed switch that it would not freeze. */
function waitingFor(
  { wanted }: Pair,
  { scope }: TargetPairs,
  closed: ReadonlyMap<SettingPath, SettingPath>,
): SettingPath | undefined {
  if (scope === 'user') return undefined;
  const frozen = frozenBy(scope, wanted.path);
  return frozen.find((path) => closed.has(path) && !frozen.includes(closed.get(path) ?? ''));
}
