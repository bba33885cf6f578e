/** The one differ: plan, drift and the look after an apply all come through here. */
import deepDiff from 'deep-diff';
import type { SettingKey } from '../../model/setting.ts';
import type { Json } from '../../util/json.ts';

/**
 * Which of the wanted settings differ. Both sides are in comparable form and hold one value a key, so that no path of
 * Zoom's is ever taken apart here. deep-diff reports an edit within a list or an object by the path inside it, which begins
 * with the key.
 */
export function differingKeys(
  live: ReadonlyMap<SettingKey, Json>,
  wanted: ReadonlyMap<SettingKey, Json>,
): ReadonlySet<SettingKey> {
  if (wanted.size === 0) return new Set();
  const differences = deepDiff.diff(Object.fromEntries(live), Object.fromEntries(wanted)) ?? [];
  return new Set(differences.map(({ path }) => path?.[0] as SettingKey));
}
