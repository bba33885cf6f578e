/** The catalogue as a server needs it: the fields of one document, where they are stored, and their switches. */
import { documentsOf, settingsOf } from '../catalog/lookup.ts';
import type { Setting } from '../catalog/setting.ts';
import { hidingGatesOf } from '../catalog/switches.ts';
import { documentKey, type SettingPath } from '../model/setting.ts';
import type { Scope } from '../model/target.ts';
import { isJsonObject, type Json, type JsonObject, valueAt, withValueAt } from '../util/json.ts';
import type { Documents } from './state.ts';

export interface DocumentFields {
  readonly kind: Setting['document']['kind'];
  /** By their path inside the document. */
  readonly fields: ReadonlyMap<string, Setting>;
  /** Every path that has fields below it. */
  readonly sections: ReadonlySet<string>;
}

function memo<T>(make: (setting: Setting) => T): (setting: Setting) => T {
  const known = new WeakMap<Setting, T>();
  return (setting) => {
    const value = known.get(setting) ?? make(setting);
    known.set(setting, value);
    return value;
  };
}

/** The key under which a setting's document is stored. */
export const keyOf = memo(({ document }) => documentKey(document.ref));

const byScope = new Map<Scope, ReadonlyMap<string, DocumentFields>>();

function buildFields(scope: Scope): ReadonlyMap<string, DocumentFields> {
  const built = new Map<
    string,
    { kind: DocumentFields['kind']; fields: Map<string, Setting>; sections: Set<string> }
  >();
  for (const document of documentsOf(scope)) {
    const key = documentKey(document.ref);
    const entry = built.get(key) ?? { kind: document.kind, fields: new Map(), sections: new Set() };
    built.set(key, entry);
    for (const setting of document.settings) {
      const path = setting.keys.join('.');
      // A Video SDK account has its own sections in the default document; a field that both documents list is one field.
      if (entry.fields.has(path)) continue;
      entry.fields.set(path, setting);
      for (let depth = 1; depth < setting.keys.length; depth++)
        entry.sections.add(setting.keys.slice(0, depth).join('.'));
    }
  }
  return built;
}

/** What a document may hold; `undefined` if the scope has no such document. */
export function fieldsOf(scope: Scope, key: string): DocumentFields | undefined {
  const known = byScope.get(scope) ?? buildFields(scope);
  byScope.set(scope, known);
  return known.get(key);
}

export interface Location {
  readonly keys: readonly string[];
  /** The list holds objects, and the written value is this property of each. */
  readonly item?: string;
  readonly value: Json;
}

/** Where a stored document has a setting: under its own keys, or where live answers are known to have it. */
export function locate(document: JsonObject | undefined, setting: Setting): Location | undefined {
  if (document === undefined) return undefined;
  for (const { keys, item } of setting.readKeys) {
    const value = valueAt(document, keys);
    if (value !== undefined) return { keys, value, ...(item === undefined ? {} : { item }) };
  }
  return undefined;
}

/** What is stored for a setting, whichever document it is in. */
export function storedValue(documents: Documents, setting: Setting | undefined): Json | undefined {
  return setting && locate(documents[keyOf(setting)], setting)?.value;
}

export function put(document: JsonObject, keys: readonly string[], value: Json): JsonObject {
  const [first, ...rest] = keys;
  return first === undefined ? document : withValueAt(document, [first, ...rest], value);
}

/** `from` merged into `into`, object by object; lists are replaced. */
export function mergedDeep(into: JsonObject, from: JsonObject): JsonObject {
  const merged = new Map(Object.entries(into));
  for (const [key, value] of Object.entries(from)) {
    const present = merged.get(key);
    merged.set(key, isJsonObject(value) ? mergedDeep(isJsonObject(present) ? present : {}, value) : value);
  }
  return Object.fromEntries(merged);
}

/**
 * Recorded answers omit the list of sign-in options while sign-in is not required: a switch that the
 * catalogue's gates do not have, because no policy can set the list. zoom-api, section 4 ("action-verb writes").
 */
const LIST_BEHIND: Readonly<Record<SettingPath, SettingPath>> = {
  'meeting_authentication.authentication_options': 'meeting_authentication.meeting_authentication',
  'recording_authentication.authentication_options': 'recording_authentication.recording_authentication',
};

/** Every switch that must be on for a setting to be offered, and the switches of those switches. */
export const switchesOf = memo((setting): readonly Setting[] => {
  if (setting.document.kind !== 'settings') return [];
  const settings = settingsOf(setting.scope);
  const found = new Map<SettingPath, Setting>();
  const directly = (path: SettingPath) => {
    const listed = LIST_BEHIND[path];
    return listed === undefined ? hidingGatesOf(setting.scope, path) : [listed];
  };
  const pending = [...directly(setting.path)];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const gate = settings.get(path);
    if (gate === undefined || found.has(path)) continue;
    found.set(path, gate);
    pending.push(...directly(path));
  }
  return [...found.values()];
});

/** Whether a switch of the setting is off: then Zoom omits the setting from answers and ignores values sent for it. */
export function isHidden(document: JsonObject, setting: Setting): boolean {
  return switchesOf(setting).some((gate) => locate(document, gate)?.value === false);
}

/** Whether the setting has switches and all of them are on. */
export function isSwitchedOn(document: JsonObject, setting: Setting): boolean {
  const switches = switchesOf(setting);
  return switches.length > 0 && switches.every((gate) => locate(document, gate)?.value === true);
}
