/** Reads `settings`, `lock_settings` and `registration` of one target. */
import type { Setting } from '../catalog/setting.ts';
import type { SettingPath } from '../model/setting.ts';
import type { DesiredFact } from '../model/state.ts';
import type { Expected } from './expected.ts';
import { factsOfItems } from './items.ts';
import { factsOfValue } from './leaf.ts';
import { lockOfSection } from './locked-tag.ts';
import { type Below, knownOf, sectionsOf, unknownNameMessage, whyUnsettable } from './name-errors.ts';
import { quoted } from './phrases.ts';
import { kindOf, type Place } from './place.ts';
import type { Entry, MapNode } from './tree.ts';

const ANYTHING: Expected = { declared: { type: 'any' }, secret: false };

/** The facts of an area. Whatever is wrong in it is reported and gives no fact. */
export function factsOfArea(place: Place, map: MapNode): readonly DesiredFact[] {
  return factsOfMap(place, map, place.area === 'registration' ? 'registration' : '');
}

function factsOfMap(place: Place, map: MapNode, prefix: SettingPath): DesiredFact[] {
  return map.entries.flatMap((entry) => factsOfEntry(place, entry, prefix));
}

function factsOfEntry(place: Place, entry: Entry, prefix: SettingPath): DesiredFact[] {
  const { context, scope, area } = place;
  const { key, spot } = entry;
  if (key.includes('.')) {
    context.error(spot, `${quoted(key)} contains dots; nest the names instead, as Zoom does`);
    return [];
  }
  const path = prefix === '' ? key : `${prefix}.${key}`;
  if (path === 'registration' && area !== 'registration') {
    context.error(spot, '`registration` belongs next to `settings`, not inside it');
    return [];
  }
  const setting = knownOf(scope, kindOf(place)).get(path);
  if (setting !== undefined) return factsOfLeaf(place, entry, setting);
  if (sectionsOf(scope, kindOf(place)).has(path)) return factsOfSection(place, entry, path);
  return factsOfUnknown(place, entry, path);
}

function factsOfSection(place: Place, entry: Entry, path: SettingPath): DesiredFact[] {
  const { context } = place;
  const { value, spot } = entry;
  if (value.kind === 'broken') return [];
  if (value.kind === 'scalar' && value.value === null) {
    context.error(spot, `${quoted(path)} is empty; remove it to leave it unmanaged`);
    return [];
  }
  if (value.kind !== 'map' || value.tag === 'env') {
    context.error(spot, `${quoted(path)} is a section, not a setting; write its settings below it, as a map`);
    return [];
  }
  const lock = value.tag === 'locked' ? lockOfSection(place, entry, path, value) : [];
  return [...factsOfMap(place, value, path), ...lock];
}

function factsOfLeaf(place: Place, entry: Entry, setting: Setting): DesiredFact[] {
  const { context } = place;
  const kind = kindOf(place);
  const unsettable = whyUnsettable(setting, kind);
  if (unsettable !== undefined) {
    context.error(entry.spot, unsettable);
    return [];
  }
  if (setting.deprecated) {
    context.warning(entry.spot, `Zoom has deprecated ${quoted(setting.path)}: it may go away, or do nothing any more`);
  }
  return setting.items === undefined
    ? factsOfValue(place, entry, setting.path, setting)
    : factsOfItems(place, entry, setting, setting.items);
}

const ALLOW_UNKNOWN = 'use `--allow-unknown` to send it anyway';

function factsOfUnknown(place: Place, entry: Entry, path: SettingPath): DesiredFact[] {
  const { context, scope } = place;
  const { message, isNew } = unknownNameMessage(scope, kindOf(place), path, below(entry));
  if (!context.run.allowUnknown) {
    context.error(entry.spot, isNew ? `${message}; ${ALLOW_UNKNOWN}` : message);
    return [];
  }
  const facts = unknownLeaves(place, entry, path);
  if (facts.length > 0) context.warning(entry.spot, isNew ? `${message}; it is sent as it is` : message);
  return facts;
}

function below({ value }: Entry): Below {
  if (value.kind === 'map') return 'map';
  return value.kind === 'scalar' && value.value === null ? 'nothing' : 'value';
}

/** Treats everything below an unknown name that is not a map as a setting. */
function unknownLeaves(place: Place, entry: Entry, path: SettingPath): DesiredFact[] {
  const { value, key, spot } = entry;
  if (key.includes('.')) {
    place.context.error(spot, `${quoted(key)} contains dots; nest the names instead, as Zoom does`);
    return [];
  }
  if (value.kind !== 'map') return factsOfValue(place, entry, path, ANYTHING);
  if (value.tag !== undefined) {
    place.context.error(spot, `\`!${value.tag}\` is not allowed before an unknown section`);
    return [];
  }
  return value.entries.flatMap((child) => unknownLeaves(place, child, `${path}.${child.key}`));
}
