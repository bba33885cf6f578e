/** Switches above settings, which take away their effect or hide them while they are off. */
import type { SettingPath } from '../model/setting.ts';
import type { Scope } from '../model/target.ts';
import { memoize } from '../util/memoize.ts';
import { GATES, IDLE_WITHOUT, LISTED_WHILE_OFF } from './data/annotations.ts';
import { settingsOf } from './lookup.ts';
import { pathsUpward } from './paths.ts';

function switchesByPath(lists: readonly (typeof GATES)[]): ReadonlyMap<SettingPath, readonly SettingPath[]> {
  const switches = new Map<SettingPath, readonly SettingPath[]>();
  for (const [gate, paths] of lists.flat()) {
    for (const path of paths) switches.set(path, [...(switches.get(path) ?? []), gate]);
  }
  return switches;
}

const hiding = switchesByPath([GATES]);
const idling = switchesByPath([GATES, IDLE_WITHOUT]);

/** The switches that must be on for a setting to have any effect, nearest first. */
export const gatesOf = memoize((scope: Scope, path: SettingPath): readonly SettingPath[] => [
  ...listedSwitches(scope, path, idling),
  ...enablesAbove(scope, path),
]);

/** Those of them without which Zoom does not even list the setting. */
export const hidingGatesOf = memoize((scope: Scope, path: SettingPath): readonly SettingPath[] => [
  ...listedSwitches(scope, path, hiding),
  ...(LISTED_WHILE_OFF.includes(path) ? [] : enablesAbove(scope, path)),
]);

function listedSwitches(scope: Scope, path: SettingPath, listed: typeof hiding): readonly SettingPath[] {
  return (listed.get(path) ?? []).filter((gate) => settingsOf(scope).has(gate));
}

function enablesAbove(scope: Scope, path: SettingPath): readonly SettingPath[] {
  return [...pathsUpward(path)]
    .filter((part) => part !== path)
    .map((part) => `${part}.enable`)
    .filter((gate) => gate !== path && settingsOf(scope).has(gate));
}
