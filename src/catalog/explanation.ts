/**
 * Everything that the catalogue knows of one name: a setting under any of its names, a section of settings, or a lock
 * key. What policies and Zoom say of it is not known here.
 */
import { documentKey, type SettingPath } from '../model/setting.ts';
import type { Scope } from '../model/target.ts';
import { aliasesOf } from './alias.ts';
import { rulesAbout } from './coupling.ts';
import { type Loss, lossesOf } from './data/losses.ts';
import { PRECONDITIONS, type Precondition, type Rule } from './data/rules.ts';
import { STRICTNESS, type Strictness } from './data/strictness.ts';
import { SUMMARIES } from './data/summaries.ts';
import { frozenBy, locksOver, pathAt } from './levels.ts';
import { locksOf, settingsOf } from './lookup.ts';
import type { Document, ItemList, Setting, Shape } from './setting.ts';
import { gatesOf, hidingGatesOf } from './switches.ts';

export type Level = 'account' | 'group';

export const SCOPES: readonly Scope[] = ['account', 'group', 'user'];
const LEVELS: readonly Level[] = ['account', 'group'];

/** A setting in a list of settings. */
export interface Listed {
  readonly path: SettingPath;
  readonly summary: string;
  readonly scopes: readonly Scope[];
}

/** The calls that carry a document, relative to the API's base. */
export interface Calls {
  readonly get?: string;
  readonly patch?: string;
}

/** A setting as one scope has it. */
export interface AtScope {
  readonly scope: Scope;
  /** As this scope spells it. */
  readonly path: SettingPath;
  readonly document: string;
  readonly calls: Calls;
  readonly values: Shape;
  /** Whether a policy can set it. */
  readonly settable: boolean;
  /** What Zoom takes as a command and not as a value. */
  readonly verb: boolean;
  readonly deprecated: boolean;
  readonly secret: boolean;
  readonly items?: ItemList;
}

/** Another name of the same setting. `spelling`: what other scopes call it; `alias`: a second name next to it. */
export interface OtherPath {
  readonly path: SettingPath;
  readonly kind: 'spelling' | 'alias';
  readonly scopes: readonly Scope[];
  /** `[value under the asked name, value under this one]` that go together; absent where they are equal. */
  readonly pairs?: readonly (readonly [unknown, unknown])[];
}

/** A key that freezes a setting for everybody below its level. */
export interface LockOver {
  readonly level: Level;
  readonly path: SettingPath;
  readonly calls: Calls;
  /** Whether lockstep sends it. */
  readonly settable: boolean;
  /** Every setting of the level that the key freezes. */
  readonly freezes: readonly SettingPath[];
}

/** A switch and a setting, seen from either side. `hides`: while the switch is off Zoom does not even list the setting. */
export interface Gated {
  readonly path: SettingPath;
  readonly hides: boolean;
  readonly scopes: readonly Scope[];
}

export interface SettingExplanation {
  readonly kind: 'setting';
  readonly path: SettingPath;
  readonly summary: string;
  readonly at: readonly AtScope[];
  readonly otherNames: readonly OtherPath[];
  readonly locks: readonly LockOver[];
  /** Switches without which it has no effect, nearest first. */
  readonly behind: readonly Gated[];
  /** What has no effect while this one is off. */
  readonly opens: readonly Gated[];
  readonly rules: readonly Rule[];
  readonly preconditions: readonly Precondition[];
  readonly losses: readonly Loss[];
  readonly strictness?: Strictness;
}

/** Lock keys named like a section are listed with it. */
export interface SectionExplanation {
  readonly kind: 'section';
  readonly path: SettingPath;
  readonly settings: readonly Listed[];
  readonly locks: readonly LockOver[];
}

export interface LockExplanation {
  readonly kind: 'lock';
  readonly path: SettingPath;
  readonly locks: readonly LockOver[];
  readonly settings: readonly Listed[];
}

export type Explanation = SettingExplanation | SectionExplanation | LockExplanation;

/**
 * What is known of a name, `undefined` where the catalogue has no such name.
 * @param scopes only what concerns these; the setting is then looked for under the names that they have
 */
export function explanationOf(name: string, scopes: readonly Scope[] = SCOPES): Explanation | undefined {
  if (scopes.some((scope) => settingsOf(scope).has(pathAt(scope, name)))) return explainSetting(name, scopes);
  const settings = listedWhere(scopes, (path) => path.startsWith(`${name}.`));
  const locks = levelsOver(scopes).flatMap((level) => (locksOf(level).has(name) ? [lockAt(level, name)] : []));
  if (settings.length > 0) return { kind: 'section', path: name, settings, locks };
  if (locks.length === 0) return undefined;
  const frozen = new Set(locks.flatMap(({ freezes }) => freezes));
  return { kind: 'lock', path: name, locks, settings: listedWhere(SCOPES, (path) => frozen.has(path)) };
}

/** Settings whose path or summary holds all of the words, sorted by path. */
export function searchSettings(words: readonly string[], scopes: readonly Scope[] = SCOPES): readonly Listed[] {
  const wanted = words.map((word) => word.toLowerCase());
  return listedWhere(scopes, (path) => {
    const text = `${path} ${SUMMARIES[path] ?? ''}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** Every name of a setting, of all scopes and documents. */
export function namesOf({ path, at, otherNames }: SettingExplanation): readonly SettingPath[] {
  return [...new Set([path, ...at.map((place) => place.path), ...otherNames.map((other) => other.path)])];
}

/** The levels whose locks bind a scope. */
function levelsOver(scopes: readonly Scope[]): readonly Level[] {
  return scopes.every((scope) => scope === 'account') ? ['account'] : LEVELS;
}

function listedWhere(scopes: readonly Scope[], matches: (path: SettingPath) => boolean): readonly Listed[] {
  const found = new Map<SettingPath, Scope[]>();
  for (const scope of scopes) {
    for (const path of settingsOf(scope).keys()) {
      if (matches(path)) found.set(path, [...(found.get(path) ?? []), scope]);
    }
  }
  return [...found.keys()]
    .sort()
    .map((path) => ({ path, summary: SUMMARIES[path] ?? '', scopes: found.get(path) ?? [] }));
}

function explainSetting(name: string, scopes: readonly Scope[]): SettingExplanation {
  const at = scopes.flatMap((scope) => {
    const setting = settingsOf(scope).get(pathAt(scope, name));
    return setting === undefined ? [] : [placeOf(setting)];
  });
  const path = at.some((place) => place.path === name) ? name : (at[0]?.path ?? name);
  const otherNames = otherNamesOf(name, path, at);
  const names = [path, ...at.map((place) => place.path), ...otherNames.map((other) => other.path)];
  const strictness = Object.hasOwn(STRICTNESS, path) ? STRICTNESS[path] : undefined;
  return {
    kind: 'setting',
    path,
    summary: SUMMARIES[path] ?? '',
    at,
    otherNames,
    locks: locksOfNames(new Set(names), scopes),
    behind: gated(at, (place) => gatesOf(place.scope, place.path), gateHides),
    opens: gated(at, openedBy, (place, inner) => gateHides({ ...place, path: inner }, place.path)),
    rules: [...new Set(at.flatMap((place) => rulesAbout(place.scope, place.path)))],
    preconditions: PRECONDITIONS.filter((precondition) => names.includes(precondition.path)),
    losses: lossesOf(path),
    ...(strictness === undefined ? {} : { strictness }),
  };
}

function placeOf(setting: Setting): AtScope {
  const { scope, path, document, declared, readable, writable, verb, deprecated, secret, items } = setting;
  return {
    scope,
    path,
    document: document.name,
    calls: callsOf(document, { readable, writable: items === undefined ? writable : items.actions.length > 0 }),
    values: declared,
    settable: items !== undefined || (readable && writable && !verb),
    verb: verb && items === undefined,
    deprecated,
    secret,
    ...(items === undefined ? {} : { items }),
  };
}

const PLACES: Readonly<Record<Scope, string>> = {
  account: '/accounts/me',
  group: '/groups/{groupId}',
  user: '/users/{userId}',
};

/** For people to read: what is sent is built where it is sent. */
function callsOf({ scope, ref }: Document, { readable, writable }: Pick<Setting, 'readable' | 'writable'>): Calls {
  const call = `${PLACES[scope]}/${documentKey(ref)}`;
  return { ...(readable ? { get: call } : {}), ...(writable ? { patch: call } : {}) };
}

/** Of every scope, also where only some are asked about: the other names are how to look further. */
function otherNamesOf(name: string, path: SettingPath, at: readonly AtScope[]): readonly OtherPath[] {
  const spelled = SCOPES.map((scope) => pathAt(scope, name));
  const spellings = spelled.filter((other) => other !== path && scopesWith(other).length > 0);
  const found = new Map<SettingPath, OtherPath>();
  for (const other of spellings) found.set(other, { path: other, kind: 'spelling', scopes: scopesWith(other) });
  for (const place of at) {
    for (const { path: other, pairs } of aliasesOf(place.scope, place.path)) {
      const known = { path: other, kind: 'alias', scopes: scopesWith(other) } as const;
      if (!found.has(other)) found.set(other, pairs === undefined ? known : { ...known, pairs });
    }
  }
  return [...found.values()];
}

function scopesWith(path: SettingPath): readonly Scope[] {
  return SCOPES.filter((scope) => settingsOf(scope).has(path));
}

function locksOfNames(names: ReadonlySet<SettingPath>, scopes: readonly Scope[]): readonly LockOver[] {
  return levelsOver(scopes).flatMap((level) => {
    const below = SCOPES.slice(SCOPES.indexOf(level)).filter((scope) => scopes.includes(scope));
    const keys = below.flatMap((scope) =>
      [...names].flatMap((name) => (settingsOf(scope).has(name) ? locksOver(level, scope, name) : [])),
    );
    return [...new Set(keys)].map((key) => lockAt(level, key));
  });
}

function lockAt(level: Level, path: SettingPath): LockOver {
  const lock = locksOf(level).get(path);
  return {
    level,
    path,
    calls: lock === undefined ? {} : callsOf(lock.document, lock),
    settable: lock?.writable === true && lock.readable,
    freezes: frozenBy(level, path),
  };
}

type Place = Pick<AtScope, 'scope' | 'path'>;

function gated(
  at: readonly AtScope[],
  others: (place: AtScope) => readonly SettingPath[],
  hides: (place: AtScope, other: SettingPath) => boolean,
): readonly Gated[] {
  const found = new Map<SettingPath, Gated>();
  for (const place of at) {
    for (const other of others(place)) {
      const known = found.get(other);
      found.set(other, {
        path: other,
        hides: (known?.hides ?? false) || hides(place, other),
        scopes: [...(known?.scopes ?? []), place.scope],
      });
    }
  }
  return [...found.values()];
}

function gateHides({ scope, path }: Place, gate: SettingPath): boolean {
  return hidingGatesOf(scope, path).includes(gate);
}

function openedBy({ scope, path }: Place): readonly SettingPath[] {
  return [...settingsOf(scope).keys()].filter((other) => gatesOf(scope, other).includes(path));
}
