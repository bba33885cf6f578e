/** Documents made from the catalogue: a default for every field that a GET is documented to return. */
import { documentsOf, locksOf, settingsOf } from '../catalog/lookup.ts';
import type { Setting } from '../catalog/setting.ts';
import type { SettingPath } from '../model/setting.ts';
import type { Scope } from '../model/target.ts';
import type { Json } from '../util/json.ts';
import { keyOf, mergedDeep, put, switchesOf } from './fields.ts';
import { withAliases } from './merge.ts';
import { plausibleValue } from './plausible.ts';
import type { Documents } from './state.ts';

export interface Template {
  /** Values that differ from the defaults, by policy path; settings with two names need one of them. */
  readonly values?: Readonly<Record<SettingPath, Json>>;
  /** Lock keys that are on. */
  readonly locked?: readonly SettingPath[];
  /** Settings and lock keys that the plan does not offer, and all below them. */
  readonly leaveOut?: readonly SettingPath[];
  /** Merged into the result: empty sections, and keys that Zoom does not document. */
  readonly extra?: Documents;
}

/** One target's documents. Throws for a path that the scope does not have: a mistake in the template. */
export function documentsFrom(
  scope: Scope,
  { values = {}, locked = [], leaveOut = [], extra = {} }: Template,
): Documents {
  const settings = settingsOf(scope);
  for (const path of Object.keys(values)) if (!settings.has(path)) throw new Error(`${scope} has no setting ${path}`);
  for (const path of locked) if (!locksOf(scope).has(path)) throw new Error(`${scope} has no lock ${path}`);

  const isOffered = ({ path }: Setting) => !leaveOut.some((out) => path === out || path.startsWith(`${out}.`));
  let documents: Documents = {};
  for (const setting of documentsOf(scope).flatMap((document) => document.settings)) {
    if (!setting.readable || isReadElsewhere(setting) || !isOffered(setting)) continue;
    const isLock = setting.document.kind === 'lock_settings';
    const value = isLock ? locked.includes(setting.path) || plausibleValue(setting) : values[setting.path];
    const key = keyOf(setting);
    documents = { ...documents, [key]: put(documents[key] ?? {}, setting.keys, value ?? plausibleValue(setting)) };
  }
  const givenPaths = Object.entries(values).flatMap(([path, value]) => {
    const setting = settings.get(path);
    return setting === undefined ? [] : [{ setting, value }];
  });
  const merged = Object.entries(extra).map(([key, body]) => [key, mergedDeep(documents[key] ?? {}, body)] as const);
  return withAliases({ ...documents, ...Object.fromEntries(merged) }, givenPaths);
}

/** Every switch of a scope: settings that others depend on. */
export function allSwitches(scope: Scope): ReadonlySet<SettingPath> {
  return new Set([...settingsOf(scope).values()].flatMap((setting) => switchesOf(setting).map(({ path }) => path)));
}

/** Sent under one name and returned under another one that the catalogue has too. */
function isReadElsewhere({ scope, readKeys }: Setting): boolean {
  return readKeys.slice(1).some(({ keys }) => settingsOf(scope).has(keys.join('.')));
}
