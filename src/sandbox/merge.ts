/** What a PATCH does to the stored documents of one target: merged by section and leaf, lists replaced. */
import { aliasesOf } from '../catalog/alias.ts';
import { settingsOf } from '../catalog/lookup.ts';
import type { Setting } from '../catalog/setting.ts';
import type { SettingPath } from '../model/setting.ts';
import { isJsonObject, type Json, type JsonObject } from '../util/json.ts';
import { paired } from './above.ts';
import type { Write } from './body.ts';
import {
  type DocumentFields,
  isHidden,
  isSwitchedOn,
  keyOf,
  type Location,
  locate,
  put,
  switchesOf,
} from './fields.ts';
import { blank, plausibleValue } from './plausible.ts';
import type { Documents, UserState } from './state.ts';

export interface Merged {
  readonly document: JsonObject;
  /** Policy paths of the accepted values; the others were ignored, because the target does not offer them. */
  readonly taken: readonly Write[];
}

/**
 * The document with every write that it offers. A missing key is not offered, unless it depends on a switch that this PATCH
 * turns on: then it appears, with the value that was sent or with Zoom's own default.
 */
export function mergeWrites(
  known: DocumentFields,
  before: JsonObject,
  writes: readonly Write[],
  users: readonly UserState[],
): Merged {
  let document = before;
  const taken: Write[] = [];
  // Switches first, so that the settings that depend on them see whether they are on.
  for (const write of writes.toSorted((a, b) => switchesOf(a.setting).length - switchesOf(b.setting).length)) {
    const { setting, value } = write;
    if (isHidden(document, setting)) continue;
    const place = locate(document, setting) ?? placeThatAppears(before, document, setting);
    if (place === undefined) continue;
    document = put(document, place.keys, asAnswered(value, setting, place, users));
    taken.push(write);
  }
  for (const setting of known.fields.values()) {
    if (!setting.readable || setting.verb || setting.readKeys.length > 1) continue;
    const place = locate(document, setting) === undefined ? placeThatAppears(before, document, setting) : undefined;
    if (place !== undefined) document = put(document, place.keys, plausibleValue(setting));
  }
  return { document, taken };
}

function placeThatAppears(before: JsonObject, after: JsonObject, setting: Setting): Location | undefined {
  if (!setting.readable || !isSwitchedOn(after, setting) || isSwitchedOn(before, setting)) return undefined;
  return { keys: setting.keys, value: null };
}

/**
 * The switch for the open question of zoom-api, section 4 ("Depth >= 3 objects: deep merge vs replace"): an object
 * inside a section is replaced as a whole, so that what was not sent with it is reset.
 */
export function resetsBeside(known: DocumentFields, before: JsonObject, writes: readonly Write[]): readonly Write[] {
  const sent = new Set(writes.map(({ setting }) => setting.path));
  const replaced = new Set(
    writes.filter(({ setting }) => setting.keys.length > 2).map(({ setting }) => objectOf(setting)),
  );
  const resets = [...known.fields.values()].filter(
    (setting) =>
      setting.writable &&
      !setting.verb &&
      setting.keys.length > 2 &&
      replaced.has(objectOf(setting)) &&
      !sent.has(setting.path) &&
      locate(before, setting) !== undefined,
  );
  return resets.map((setting) => ({ setting, value: blank(setting.shape) }));
}

function objectOf({ keys }: Setting): string {
  return keys.slice(0, 2).join('.');
}

/** Stores the accepted values under the other names of the same settings, too. */
export function withAliases(documents: Documents, taken: readonly Write[]): Documents {
  let synced = documents;
  for (const { setting, value } of taken) {
    for (const { path, pairs } of setting.document.kind === 'settings' ? aliasesOf(setting.scope, setting.path) : []) {
      const other = settingsOf(setting.scope).get(path);
      if (other !== undefined) synced = withStored(synced, other, (present) => paired(value, pairs, present));
    }
  }
  return synced;
}

/** Documents with one value changed if it is offered; unchanged if it is not. */
export function withStored(
  documents: Documents,
  setting: Setting,
  next: (present: Json) => Json | undefined,
): Documents {
  const key = keyOf(setting);
  const document = documents[key];
  const place = locate(document, setting);
  const value = place && next(place.value);
  if (document === undefined || place === undefined || value === undefined || value === place.value) return documents;
  return { ...documents, [key]: put(document, place.keys, value) };
}

/** Policy paths of what was written, with the other names of the same settings. */
export function pathsOf(taken: readonly Write[]): Set<SettingPath> {
  return new Set(
    taken.flatMap(({ setting: { scope, path } }) => [path, ...aliasesOf(scope, path).map((alias) => alias.path)]),
  );
}

/** GET returns more than PATCH accepts: names next to codes, people next to their ids. zoom-api, section 4. */
function asAnswered(value: Json, setting: Setting, place: Location, users: readonly UserState[]): Json {
  if (!Array.isArray(value)) return value;
  const { item } = place;
  if (item !== undefined) {
    return value.map((id) => ({ [item]: id, email: users.find((user) => user.id === id)?.email ?? '' }));
  }
  const shown = setting.readShape.type === 'array' ? setting.readShape.items : undefined;
  if (shown?.type !== 'object') return value;
  const present = Array.isArray(place.value) ? place.value.filter(isJsonObject) : [];
  const key = setting.list.key;
  return value.map((sent) => {
    if (!isJsonObject(sent)) return sent;
    const richer = setting.readShape !== setting.shape && key !== undefined;
    const known = richer ? present.find((entry) => entry[key] === sent[key]) : undefined;
    return { ...countryNames(sent, Object.keys(shown.properties)), ...known, ...sent };
  });
}

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

function countryNames({ code }: JsonObject, properties: readonly string[]): JsonObject {
  if (typeof code !== 'string' || !/^[A-Z]{2}$/.test(code)) return {};
  const name = regions.of(code) ?? code;
  return Object.fromEntries(
    ['name', 'country_name'].filter((key) => properties.includes(key)).map((key) => [key, name]),
  );
}
