/** Messages about names that are unknown, misplaced, or known but not settable. */
import { LOCKS_NOT_SENT } from '../catalog/data/annotations.ts';
import { lockOf, pathAt } from '../catalog/levels.ts';
import { locksOf, settingsOf } from '../catalog/lookup.ts';
import { nearestPath } from '../catalog/nearest.ts';
import type { Setting } from '../catalog/setting.ts';
import type { SettingPath } from '../model/setting.ts';
import type { Scope } from '../model/target.ts';
import { nearestName } from '../util/nearest.ts';
import { joinWords, quoted, SCOPE_NAMES } from './phrases.ts';

export type FactKind = 'set' | 'lock';

const SCOPES: readonly Scope[] = ['account', 'group', 'user'];

export function knownOf(scope: Scope, kind: FactKind): ReadonlyMap<SettingPath, Setting> {
  return kind === 'set' ? settingsOf(scope) : locksOf(scope);
}

const sections = new Map<string, ReadonlySet<string>>();

/** All paths that contain a setting: `in_meeting`, `chat.share_files`. */
export function sectionsOf(scope: Scope, kind: FactKind): ReadonlySet<string> {
  const key = `${scope} ${kind}`;
  const known = sections.get(key);
  if (known !== undefined) return known;
  const above = [...knownOf(scope, kind).keys()].flatMap((path) => {
    const keys = path.split('.').slice(0, -1);
    return keys.map((_, index) => keys.slice(0, index + 1).join('.'));
  });
  const built = new Set(above);
  sections.set(key, built);
  return built;
}

function scopesWhere(holds: (scope: Scope) => boolean, except: Scope): string | undefined {
  const words = SCOPES.filter((scope) => scope !== except && holds(scope)).map((scope) => SCOPE_NAMES[scope]);
  return words.length === 0 ? undefined : joinWords(words, 'and');
}

/**
 * What follows an unknown name. A name without a value may be a value that a stray comma or brace turned into a key. It
 * could be a secret, so messages do not repeat it.
 */
export type Below = 'map' | 'value' | 'nothing';

/** What is wrong with a name that this scope does not have. */
export interface UnknownName {
  readonly message: string;
  /** No known name is similar, so a newer Zoom may have it. */
  readonly isNew: boolean;
}

/** What an unknown name probably means, and where to write it. */
export function unknownNameMessage(scope: Scope, kind: FactKind, path: SettingPath, below: Below): UnknownName {
  const isSection = below === 'map';
  const what = isSection ? 'section' : kind === 'lock' ? 'lock key' : 'setting';
  const opening = `unknown ${what}${below === 'nothing' ? ', without a value' : ` ${quoted(path)}`}`;
  const meant = whatIsMeant(scope, kind, path, isSection, opening);
  return { message: meant ?? opening, isNew: meant === undefined };
}

function whatIsMeant(
  scope: Scope,
  kind: FactKind,
  path: SettingPath,
  isSection: boolean,
  opening: string,
): string | undefined {
  const otherKind = whyOtherKind(scope, kind, path);
  if (otherKind !== undefined) return otherKind;
  const known = isSection ? sectionsOf(scope, kind) : new Set(knownOf(scope, kind).keys());
  const translated = pathAt(scope, path);
  if (known.has(translated)) return `${opening}: for ${SCOPE_NAMES[scope]} Zoom calls it \`${translated}\``;
  const near = isSection ? nearestName(path, known) : usableNear(scope, kind, path);
  // If exactly one other section has this name, that setting is meant, whatever other scopes have.
  if (near !== undefined && isOnlyNamesake(path, near, known))
    return `${opening}: did you mean ${placeOf(near, path)}?`;
  const elsewhere = scopesWhere((other) => namesAt(other, kind, isSection).has(path), scope);
  if (elsewhere !== undefined) return `${opening} for ${SCOPE_NAMES[scope]}: Zoom has it for ${elsewhere}`;
  if (near !== undefined) return `${opening}: did you mean ${placeOf(near, path)}?`;
  if (isSection && kind === 'lock' && sectionsOf(scope, 'set').has(path)) return locksBelow(scope, path);
  return undefined;
}

function locksBelow(scope: Scope, path: SettingPath): string {
  const level = scope === 'group' ? 'group' : 'account';
  const below = [...settingsOf(level).keys()].filter((setting) => setting.startsWith(`${path}.`));
  const locks = [...new Set(below.flatMap((setting) => lockOf(level, setting)?.path ?? []))];
  const opening = `there is no lock key under ${quoted(path)} for ${SCOPE_NAMES[scope]}`;
  return locks.length === 0 ? opening : `${opening}: its locks are ${joinWords(locks.map(quoted), 'and')}`;
}

function namesAt(scope: Scope, kind: FactKind, isSection: boolean): { has(path: string): boolean } {
  return isSection ? sectionsOf(scope, kind) : knownOf(scope, kind);
}

/** Every path in a long section looks similar, so the last names must be similar too. */
function usableNear(scope: Scope, kind: FactKind, path: SettingPath): SettingPath | undefined {
  const near = nearestPath(scope, kind, path);
  if (near === undefined || knownOf(scope, kind).get(near)?.verb) return undefined;
  return nearestName(lastName(path), [lastName(near)]) === undefined ? undefined : near;
}

function lastName(path: SettingPath): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

function isOnlyNamesake(path: SettingPath, near: SettingPath, known: ReadonlySet<string>): boolean {
  const name = lastName(path);
  return lastName(near) === name && [...known].filter((candidate) => lastName(candidate) === name).length === 1;
}

function isRegistration(path: SettingPath): boolean {
  return path.startsWith('registration.');
}

function placeOf(near: SettingPath, path: SettingPath): string {
  if (isRegistration(near) === isRegistration(path)) return `\`${near}\``;
  return `\`${near}\` under \`${isRegistration(near) ? 'registration' : 'settings'}\``;
}

function whyOtherKind(scope: Scope, kind: FactKind, path: SettingPath): string | undefined {
  if (kind === 'set') {
    return locksOf(scope).has(path) ? `${quoted(path)} is a lock key; it belongs under \`lock_settings\`` : undefined;
  }
  if (!settingsOf(scope).has(path)) return undefined;
  const lock = scope === 'user' ? undefined : lockOf(scope, path);
  if (lock === undefined) {
    return `${quoted(path)} is a setting without a lock for ${SCOPE_NAMES[scope]}; it belongs under \`settings\``;
  }
  return `${quoted(path)} is a setting; its lock key is \`${lock.path}\``;
}

/** Why a policy cannot set a known setting or lock key; `undefined` if it can. */
export function whyUnsettable(setting: Setting, kind: FactKind): string | undefined {
  const { scope, path } = setting;
  if (setting.items !== undefined) return undefined;
  if (setting.verb) return `${quoted(path)} is a command to Zoom, not a setting; a policy can only state values`;
  if (!setting.writable) {
    const elsewhere = scopesWhere((other) => knownOf(other, kind).get(pathAt(other, path))?.writable ?? false, scope);
    const way = elsewhere === undefined ? 'it is read-only' : `it can be set for ${elsewhere}`;
    if (kind === 'set') return `Zoom does not accept ${quoted(path)} for ${SCOPE_NAMES[scope]}; ${way}`;
    if (LOCKS_NOT_SENT.includes(path)) {
      return `lockstep does not send the lock key ${quoted(path)}, because it is not a plain true or false at every level`;
    }
    return `Zoom does not accept the lock key ${quoted(path)} for ${SCOPE_NAMES[scope]}; ${way}`;
  }
  if (setting.readable) return undefined;
  return `Zoom never returns ${quoted(path)}, so lockstep cannot check it`;
}

/** Why a setting cannot be locked at a scope, and where it could be. */
export function whyNoLock(scope: Scope, path: SettingPath): string {
  if (scope === 'user') return `Zoom has no locks for single users; lock ${quoted(path)} for the account or for groups`;
  const other = scope === 'account' ? 'group' : 'account';
  const lock = lockOf(other, pathAt(other, path));
  if (!lock?.writable) return `Zoom has no lock for ${quoted(path)}; remove \`!locked\``;
  return `Zoom has no lock for ${quoted(path)} for ${SCOPE_NAMES[scope]}, only for ${SCOPE_NAMES[other]}`;
}
