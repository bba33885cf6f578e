/** `!locked`: the lock that the tag asks for, or why there is none. */
import { lockOf } from '../catalog/levels.ts';
import type { Setting } from '../catalog/setting.ts';
import type { SettingPath } from '../model/setting.ts';
import type { DesiredFact } from '../model/state.ts';
import { whyNoLock, whyUnsettable } from './name-errors.ts';
import { joinWords, quoted } from './phrases.ts';
import { factFrom, type Place } from './place.ts';
import type { Entry, MapNode } from './tree.ts';

export function lockOfLeaf(place: Place, entry: Entry, path: SettingPath): DesiredFact[] {
  const lock = lockableAt(place, entry, path);
  return lock === undefined ? [] : lockedBy(place, entry, lock);
}

/** A section can be tagged if one lock key governs exactly this section. A key further up would lock more. */
export function lockOfSection(place: Place, entry: Entry, path: SettingPath, map: MapNode): DesiredFact[] {
  const { context, scope } = place;
  if (scope === 'user' || place.area !== 'settings') return lockOfLeaf(place, entry, path);
  const lock = lockOf(scope, path);
  const above = lockOf(scope, path.slice(0, Math.max(0, path.lastIndexOf('.'))));
  if (lock !== undefined && lock.path !== above?.path) return lockedBy(place, entry, lock);
  if (above !== undefined) {
    context.error(
      entry.spot,
      `${quoted(path)} has no lock of its own; the lock key \`${above.path}\` locks more than this`,
    );
    return [];
  }
  const lockable = map.entries.filter(({ key }) => lockOf(scope, `${path}.${key}`)?.writable).map(({ key }) => key);
  const way =
    lockable.length === 0
      ? '; nothing in it has a lock either, so remove `!locked`'
      : `; put \`!locked\` before ${joinWords(lockable.slice(0, 8).map(quoted), 'and')} instead`;
  context.error(entry.spot, `no single lock governs ${quoted(path)}${way}`);
  return [];
}

function lockableAt({ context, scope, area }: Place, entry: Entry, path: SettingPath): Setting | undefined {
  if (area === 'lock_settings') {
    context.error(entry.spot, '`!locked` belongs under `settings`; here write true or false');
    return undefined;
  }
  const lock = scope === 'user' || area === 'registration' ? undefined : lockOf(scope, path);
  if (lock !== undefined) return lock;
  const about = area === 'registration' ? 'Zoom has no locks for registration settings; remove `!locked`' : undefined;
  context.error(entry.spot, about ?? whyNoLock(scope, path));
  return undefined;
}

function lockedBy(place: Place, entry: Entry, lock: Setting): DesiredFact[] {
  const unsettable = whyUnsettable(lock, 'lock');
  if (unsettable === undefined) return [factFrom(place, entry, 'lock', lock.path, true)];
  place.context.error(entry.spot, unsettable);
  return [];
}
