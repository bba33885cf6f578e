/** How the levels of Zoom bear on each other: which lock above freezes a setting, and what the setting is called there. */

import type { SettingPath } from '../model/setting.ts';
import type { Scope } from '../model/target.ts';
import { memoize } from '../util/memoize.ts';
import type { OtherName } from './alias.ts';
import { aliasesOf, lockOf, pathAt } from './lookup.ts';

/** The keys of a level's locks that freeze a setting of `scope`, under any of its names. */
export const locksOver = memoize(
  (level: 'account' | 'group', scope: Scope, path: SettingPath): readonly SettingPath[] => {
    const here = [path, ...aliasesOf(scope, path).map((alias) => alias.path)].map((name) => pathAt(level, name));
    const names = here.flatMap((name) => [name, ...aliasesOf(level, name).map((alias) => alias.path)]);
    return [...new Set(names.flatMap((name) => lockOf(level, name)?.path ?? []))];
  },
);

/** A setting of `scope` as a level above spells it, under each of its names, with the values that go together. */
export const namesAt = memoize((level: 'account' | 'group', scope: Scope, path: SettingPath): readonly OtherName[] => {
  const own = pathAt(level, path);
  const below = aliasesOf(scope, path).map((alias) => ({ ...alias, path: pathAt(level, alias.path) }));
  return [{ path: own }, ...below, ...aliasesOf(level, own)];
});
