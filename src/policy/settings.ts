/** What stands under `settings`, `lock_settings` or `registration` of one target -> facts. */
import { type ItemList, lockOf, type Setting } from '../catalog/lookup.ts';
import type { SettingPath } from '../model/setting.ts';
import type { DesiredFact } from '../model/state.ts';
import type { Scope } from '../model/target.ts';
import { type Json, valueAt } from '../util/json.ts';
import { provenanceOf, type Reading } from './context.ts';
import {
  aboutNoLock,
  aboutUnknown,
  aboutUnsettable,
  type Behind,
  type FactKind,
  knownOf,
  sectionsOf,
} from './name-errors.ts';
import { listed, quoted } from './phrases.ts';
import type { Entry, MapNode } from './tree.ts';
import { type Expected, readValue } from './value.ts';

export const AREAS = ['settings', 'lock_settings', 'registration'] as const;

/** Where in a target the reading is. */
export interface Place {
  readonly reading: Reading;
  readonly scope: Scope;
  readonly area: (typeof AREAS)[number];
}

const ANYTHING: Expected = { declared: { type: 'any' }, secret: false };

/** Every fact that an area asks for. What is wrong in it is reported and yields no fact. */
export function factsOfArea(place: Place, map: MapNode): readonly DesiredFact[] {
  return factsOfMap(place, map, place.area === 'registration' ? 'registration' : '');
}

function kindOf({ area }: Place): FactKind {
  return area === 'lock_settings' ? 'lock' : 'set';
}

function factsOfMap(place: Place, map: MapNode, prefix: SettingPath): DesiredFact[] {
  return map.entries.flatMap((entry) => factsOfEntry(place, entry, prefix));
}

function factsOfEntry(place: Place, entry: Entry, prefix: SettingPath): DesiredFact[] {
  const { reading, scope, area } = place;
  const { key, spot } = entry;
  if (key.includes('.')) {
    reading.error(spot, `${quoted(key)} has dots: write the names below each other, as Zoom nests them`);
    return [];
  }
  const path = prefix === '' ? key : `${prefix}.${key}`;
  if (path === 'registration' && area !== 'registration') {
    reading.error(spot, '`registration` stands beside `settings`, not in it');
    return [];
  }
  const setting = knownOf(scope, kindOf(place)).get(path);
  if (setting !== undefined) return factsOfLeaf(place, entry, setting);
  if (sectionsOf(scope, kindOf(place)).has(path)) return factsOfSection(place, entry, path);
  return factsOfUnknown(place, entry, path);
}

function factsOfSection(place: Place, entry: Entry, path: SettingPath): DesiredFact[] {
  const { reading } = place;
  const { value, spot } = entry;
  if (value.kind === 'broken') return [];
  if (value.kind === 'scalar' && value.value === null) {
    reading.error(spot, `nothing stands under ${quoted(path)}: leave it out for unmanaged`);
    return [];
  }
  if (value.kind !== 'map' || value.tag === 'env') {
    reading.error(spot, `${quoted(path)} is a section and not a setting: its settings stand under it, as a map`);
    return [];
  }
  const lock = value.tag === 'locked' ? lockOfSection(place, entry, path, value) : [];
  return [...factsOfMap(place, value, path), ...lock];
}

function factsOfLeaf(place: Place, entry: Entry, setting: Setting): DesiredFact[] {
  const { reading } = place;
  const kind = kindOf(place);
  const unsettable = aboutUnsettable(setting, kind);
  if (unsettable !== undefined) {
    reading.error(entry.spot, unsettable);
    return [];
  }
  if (setting.deprecated) {
    reading.warning(entry.spot, `Zoom has deprecated ${quoted(setting.path)}: it may go away, or do nothing any more`);
  }
  return setting.items === undefined
    ? factsOfValue(place, entry, setting.path, setting)
    : factsOfItems(place, entry, setting, setting.items);
}

/**
 * A list that Zoom changes item by item: written as a list it says what some items should be, written as
 * `{ exclusive: true, items: [...] }` it says which items there should be.
 */
function factsOfItems(place: Place, entry: Entry, setting: Setting, rule: ItemList): DesiredFact[] {
  const { reading } = place;
  const { value } = entry;
  if (value.kind !== 'map' || value.tag === 'env')
    return named(reading, factsOfValue(place, entry, setting.path, setting), rule);
  const parts = new Map(value.entries.map((part) => [part.key, part]));
  const items = parts.get('items');
  for (const { key, spot } of value.entries) {
    if (key === 'exclusive' || key === 'items') continue;
    reading.error(
      spot,
      `${quoted(key)} is not known here: this is a list of items, or \`exclusive: true\` and \`items\` with the list`,
    );
  }
  if (items === undefined) {
    reading.error(entry.spot, `${quoted(setting.path)} has no \`items\``);
    return [];
  }
  const flag = parts.get('exclusive');
  const exclusive = flag === undefined ? false : readValue(reading, flag, `${setting.path}.exclusive`, LOCK);
  const lock = value.tag === 'locked' ? lockOfLeaf(place, entry, setting.path) : [];
  const facts = named(reading, factsOfValue(place, items, setting.path, setting), rule);
  return [...facts.map((fact) => (exclusive === true ? { ...fact, exclusive } : fact)), ...lock];
}

/** Items are told apart by their names: each needs one of its own. */
function named(reading: Reading, facts: readonly DesiredFact[], { key }: ItemList): DesiredFact[] {
  for (const { value, provenance } of facts) {
    const defaults = (Array.isArray(value) ? value : []).filter((item) => valueAt(item, ['default_option']) === true);
    if (defaults.length > 1) reading.error(provenance, `${defaults.length} items want to be the default: only one can`);
    const names = (Array.isArray(value) ? value : []).map((item) => valueAt(item, [key]));
    for (const [index, name] of names.entries()) {
      if (typeof name !== 'string' || name === '')
        reading.error(provenance, `item ${index + 1} has no \`${key}\`: items are told apart by it`);
      else if (names.indexOf(name) < index) reading.error(provenance, `two items are named "${name}"`);
    }
  }
  return [...facts];
}

function factsOfValue(place: Place, entry: Entry, path: SettingPath, expected: Expected): DesiredFact[] {
  const kind = kindOf(place);
  const lock = entry.value.tag === 'locked' ? lockOfLeaf(place, entry, path) : [];
  if (kind === 'lock' && entry.value.tag === 'env') {
    place.reading.error(
      entry.spot,
      'a lock is true or false: `!env` can stand only under `settings` and `registration`',
    );
    return [];
  }
  const value = readValue(place.reading, entry, path, kind === 'lock' ? LOCK : expected);
  return value === undefined ? lock : [factFrom(place, entry, kind, path, value), ...lock];
}

const LOCK: Expected = { declared: { type: 'boolean' }, secret: false };

function factFrom({ reading }: Place, entry: Entry, kind: FactKind, path: SettingPath, value: Json): DesiredFact {
  return { kind, path, value, provenance: provenanceOf(reading, entry) };
}

const ALLOW_UNKNOWN = '`--allow-unknown` sends what Zoom may know and this lockstep does not';

function factsOfUnknown(place: Place, entry: Entry, path: SettingPath): DesiredFact[] {
  const { reading, scope } = place;
  const { message, isNew } = aboutUnknown(scope, kindOf(place), path, behind(entry));
  if (!reading.run.allowUnknown) {
    reading.error(entry.spot, isNew ? `${message}; ${ALLOW_UNKNOWN}` : message);
    return [];
  }
  const facts = unknownLeaves(place, entry, path);
  if (facts.length > 0) reading.warning(entry.spot, isNew ? `${message}: sent as it is` : message);
  return facts;
}

function behind({ value }: Entry): Behind {
  if (value.kind === 'map') return 'map';
  return value.kind === 'scalar' && value.value === null ? 'nothing' : 'value';
}

/** Below an unknown name everything that is not a map is taken for a setting. */
function unknownLeaves(place: Place, entry: Entry, path: SettingPath): DesiredFact[] {
  const { value, key, spot } = entry;
  if (key.includes('.')) {
    place.reading.error(spot, `${quoted(key)} has dots: write the names below each other, as Zoom nests them`);
    return [];
  }
  if (value.kind !== 'map') return factsOfValue(place, entry, path, ANYTHING);
  if (value.tag !== undefined) {
    place.reading.error(spot, `\`!${value.tag}\` cannot stand before a section that lockstep does not know`);
    return [];
  }
  return value.entries.flatMap((child) => unknownLeaves(place, child, `${path}.${child.key}`));
}

function lockOfLeaf(place: Place, entry: Entry, path: SettingPath): DesiredFact[] {
  const lock = lockableAt(place, entry, path);
  return lock === undefined ? [] : lockedBy(place, entry, lock);
}

/** A section can be locked in one word where one key governs exactly it; a key further up would lock more than it says. */
function lockOfSection(place: Place, entry: Entry, path: SettingPath, map: MapNode): DesiredFact[] {
  const { reading, scope } = place;
  if (scope === 'user' || place.area !== 'settings') return lockOfLeaf(place, entry, path);
  const lock = lockOf(scope, path);
  const above = lockOf(scope, path.slice(0, Math.max(0, path.lastIndexOf('.'))));
  if (lock !== undefined && lock.path !== above?.path) return lockedBy(place, entry, lock);
  if (above !== undefined) {
    reading.error(entry.spot, `${quoted(path)} has no lock of its own: the key \`${above.path}\` locks more than it`);
    return [];
  }
  const lockable = map.entries.filter(({ key }) => lockOf(scope, `${path}.${key}`)?.writable).map(({ key }) => key);
  const way =
    lockable.length === 0
      ? 'and neither has anything written in it: leave `!locked` out'
      : `but these have their own: put \`!locked\` before ${listed(lockable.slice(0, 8).map(quoted), 'and')}`;
  reading.error(entry.spot, `no one lock governs ${quoted(path)}, ${way}`);
  return [];
}

function lockableAt({ reading, scope, area }: Place, entry: Entry, path: SettingPath): Setting | undefined {
  if (area === 'lock_settings') {
    reading.error(entry.spot, '`!locked` stands under `settings`: here the lock itself is true or false');
    return undefined;
  }
  const lock = scope === 'user' || area === 'registration' ? undefined : lockOf(scope, path);
  if (lock !== undefined) return lock;
  const about =
    area === 'registration' ? 'Zoom has no locks for registration settings: leave `!locked` out' : undefined;
  reading.error(entry.spot, about ?? aboutNoLock(scope, path));
  return undefined;
}

function lockedBy(place: Place, entry: Entry, lock: Setting): DesiredFact[] {
  const unsettable = aboutUnsettable(lock, 'lock');
  if (unsettable === undefined) return [factFrom(place, entry, 'lock', lock.path, true)];
  place.reading.error(entry.spot, unsettable);
  return [];
}
