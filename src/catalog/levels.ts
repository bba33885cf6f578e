/** How the levels of Zoom bear on each other: which lock freezes a setting, and what the setting is called there. */
import type { SettingPath } from '../model/setting.ts';
import type { LockScope, Scope } from '../model/target.ts';
import { memoize } from '../util/memoize.ts';
import { aliasesOf, type OtherName } from './alias.ts';
import { LOCKS_BY_ANOTHER_NAME, SPELLINGS } from './data/annotations.ts';
import { locksOf, settingsOf } from './lookup.ts';
import { pathsUpward } from './paths.ts';
import type { Setting } from './setting.ts';

/** The same setting's path at another scope. */
export const pathAt = memoize((scope: Scope, path: SettingPath): SettingPath => {
  const spelling = SPELLINGS.find((names) => Object.values(names).includes(path));
  return spelling?.[scope] ?? path;
});

const lockByAnotherName = new Map(
  Object.entries(LOCKS_BY_ANOTHER_NAME).flatMap(([lock, governed]) => governed.map((path) => [path, lock] as const)),
);

/**
 * The key in the lock documents of `level` that freezes a setting, or `undefined` where that level has no lock for it.
 * @param path as spelled at `level` (see `pathAt`)
 */
export const lockOf = memoize((level: LockScope, path: SettingPath): Setting | undefined => {
  const locks = locksOf(level);
  for (const part of pathsUpward(path)) {
    const lock = locks.get(lockByAnotherName.get(part) ?? part);
    if (lock !== undefined) return lock;
  }
  return undefined;
});

/** Every setting of `level` that a lock key there freezes. */
export const frozenBy = memoize((level: LockScope, lock: SettingPath): readonly SettingPath[] =>
  [...settingsOf(level).values()]
    .filter((setting) => setting.readable && lockOf(level, setting.path)?.path === lock)
    .map((setting) => setting.path),
);

/** The keys of a level's locks that freeze a setting of `scope`, under any of its names. */
export const locksOver = memoize((level: LockScope, scope: Scope, path: SettingPath): readonly SettingPath[] => {
  const here = [path, ...aliasesOf(scope, path).map((alias) => alias.path)].map((name) => pathAt(level, name));
  const names = here.flatMap((name) => [name, ...aliasesOf(level, name).map((alias) => alias.path)]);
  return [...new Set(names.flatMap((name) => lockOf(level, name)?.path ?? []))];
});

/** A setting of `scope` as a level above spells it, under each of its names, with the values that go together. */
export const namesAt = memoize((level: LockScope, scope: Scope, path: SettingPath): readonly OtherName[] => {
  const own = pathAt(level, path);
  const below = aliasesOf(scope, path).map((alias) => ({ ...alias, path: pathAt(level, alias.path) }));
  return [{ path: own }, ...below, ...aliasesOf(level, own)];
});
