import type { SettingPath } from '../model/setting.ts';
import type { Scope } from '../model/target.ts';
import { nearestName } from '../util/nearest.ts';
import { pathAt } from './levels.ts';
import { locksOf, settingsOf } from './lookup.ts';

/**
 * The known path that an unknown one most likely means: this scope's spelling of another scope's name, the same last
 * name in another section (`in_meeting.waiting_room` -> `meeting_security.waiting_room`), else the nearest spelling.
 */
export function nearestPath(scope: Scope, kind: 'set' | 'lock', path: SettingPath): SettingPath | undefined {
  const known = kind === 'set' ? settingsOf(scope) : locksOf(scope);
  const translated = pathAt(scope, path);
  if (translated !== path && known.has(translated)) return translated;
  const leaf = path.slice(path.lastIndexOf('.') + 1);
  const elsewhere = [...known.keys()].filter((candidate) => candidate.endsWith(`.${leaf}`));
  const sameSection = nearestName(path, known.keys());
  if (elsewhere.length === 1) return elsewhere[0];
  return sameSection ?? nearestName(path, elsewhere) ?? elsewhere[0];
}
