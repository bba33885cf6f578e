/**
 * Locks apply to the levels below: account over group over user. While a lock is on, the levels below read the value of the
 * level that has the lock; their own values are kept, and return when the lock is removed. zoom-api, section 5.
 */
import { aliasesOf } from '../catalog/alias.ts';
import { frozenBy, lockOf, pathAt } from '../catalog/levels.ts';
import { locksOf, settingsOf } from '../catalog/lookup.ts';
import type { Setting } from '../catalog/setting.ts';
import type { SettingPath } from '../model/setting.ts';
import type { Json } from '../util/json.ts';
import { keyOf, locate, storedValue } from './fields.ts';
import type { Documents, Organisation } from './state.ts';
import { findHolder, type Holder } from './targets.ts';

type Level = 'account' | 'group';
type Pairs = readonly (readonly [unknown, unknown])[];

/** How one level above may freeze a setting. */
interface Governor {
  readonly level: Level;
  readonly locks: readonly SettingPath[];
  /** Where that level has the value: under the same name, or under the setting's other name. */
  readonly sources: readonly { readonly setting: Setting; readonly pairs?: Pairs }[];
}

export interface Hold {
  readonly level: Level;
  readonly value?: Json;
}

const governors = new WeakMap<Setting, readonly Governor[]>();

function governorAt(level: Level, { scope, path }: Setting): Governor {
  const own: { readonly path: SettingPath; readonly pairs?: Pairs } = { path };
  const names = [own, ...aliasesOf(scope, path)].map((name) => ({ ...name, path: pathAt(level, name.path) }));
  return {
    level,
    locks: unique(names.flatMap((name) => lockOf(level, name.path)?.path ?? [])),
    sources: names.flatMap(({ path: at, pairs }) => {
      const setting = settingsOf(level).get(at);
      return setting === undefined ? [] : [{ setting, ...(pairs === undefined ? {} : { pairs }) }];
    }),
  };
}

function governorsOf(setting: Setting): readonly Governor[] {
  const known = governors.get(setting);
  if (known !== undefined) return known;
  const levels: Level[] =
    setting.scope === 'account' ? [] : setting.scope === 'group' ? ['account'] : ['account', 'group'];
  const built = levels.map((level) => governorAt(level, setting)).filter(({ locks }) => locks.length > 0);
  governors.set(setting, built);
  return built;
}

// Documents are never changed in place, so what was found in them stays valid.
const locksOn = new WeakMap<Documents, ReadonlySet<SettingPath>>();

function locksOnOf(level: Level, documents: Documents): ReadonlySet<SettingPath> {
  const known = locksOn.get(documents);
  if (known !== undefined) return known;
  const found = new Set<SettingPath>();
  for (const lock of locksOf(level).values()) if (storedValue(documents, lock) === true) found.add(lock.path);
  locksOn.set(documents, found);
  return found;
}

/** The level above that has locked a setting of `holder`, and the value it holds there. */
export function holdOn(organisation: Organisation, holder: Holder, setting: Setting): Hold | undefined {
  for (const governor of governorsOf(setting)) {
    for (const documents of documentsAbove(organisation, holder, governor.level)) {
      const on = locksOnOf(governor.level, documents);
      if (governor.locks.some((lock) => on.has(lock))) {
        const value = valueFrom(documents, governor, storedValue(holder.documents, setting));
        return { level: governor.level, ...(value === undefined ? {} : { value }) };
      }
    }
  }
  return undefined;
}

function documentsAbove(organisation: Organisation, holder: Holder, level: Level): readonly Documents[] {
  if (level === 'account') return [organisation.account.documents];
  return holder.groupIds.flatMap((id) => {
    const group = findHolder(organisation, 'group', id);
    return group === undefined ? [] : [group.documents];
  });
}

function valueFrom(documents: Documents, { sources }: Governor, own: Json | undefined): Json | undefined {
  for (const { setting, pairs } of sources) {
    const value = storedValue(documents, setting);
    if (value !== undefined) return pairs === undefined ? value : paired(value, turned(pairs), own);
  }
  return undefined;
}

/** The value that corresponds to `value` under the setting's other name; the present one if several do. */
export function paired(value: Json, pairs: Pairs | undefined, present: Json | undefined): Json | undefined {
  if (pairs === undefined) return value;
  const partners = pairs.filter(([first]) => first === value).map(([, second]) => second as Json);
  return partners.find((partner) => partner === present) ?? partners[0];
}

function turned(pairs: Pairs): Pairs {
  return pairs.map(([first, second]) => [second, first] as const);
}

/** The account's locks that apply to a group's lock key: the same key, or any that freezes the settings it governs. */
function pinsOf(lock: Setting): readonly SettingPath[] {
  if (locksOf('account').has(lock.path)) return [lock.path];
  return unique(
    frozenBy('group', lock.path).flatMap((path) => {
      const setting = settingsOf('group').get(path);
      return setting === undefined ? [] : governorsOf(setting).flatMap(({ locks }) => locks);
    }),
  );
}

const pins = new WeakMap<Setting, readonly SettingPath[]>();

/** Whether a group's lock key is on because the account has locked the same: it can then be neither set nor unset. */
export function isPinned(organisation: Organisation, lock: Setting): boolean {
  if (lock.scope !== 'group') return false;
  const above = pins.get(lock) ?? pinsOf(lock);
  pins.set(lock, above);
  const on = locksOnOf('account', organisation.account.documents);
  return above.some((path) => on.has(path));
}

/** The effective value of a target: that of the level that locks it, else its own. */
export function effectiveValue(organisation: Organisation, holder: Holder, setting: Setting): Json | undefined {
  const own = locate(holder.documents[keyOf(setting)], setting);
  if (own === undefined) return undefined;
  return holdOn(organisation, holder, setting)?.value ?? own.value;
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
