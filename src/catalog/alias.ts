/** Settings that Zoom has under two names. */
import type { SettingPath } from '../model/setting.ts';
import type { Scope } from '../model/target.ts';
import { type Json, stableText } from '../util/json.ts';
import { memoize } from '../util/memoize.ts';
import { ALIASES, type Alias } from './data/annotations.ts';
import { settingsOf } from './lookup.ts';

/** Another name of a setting, and which of its values go with which of the first name's. */
export interface OtherName {
  readonly path: SettingPath;
  /** `[value under the first name, value under this one]`; absent when they are simply equal. */
  readonly pairs?: Alias['pairs'];
}

/** Whether a setting can have both values at once, one under each name. */
export function goTogether({ pairs }: OtherName, value: Json, other: Json): boolean {
  return pairs?.some(([mine, its]) => mine === value && its === other) ?? stableText(value) === stableText(other);
}

/** What a value under the first name reads as under the other; `undefined` when no pair has it. */
export function underOtherName({ pairs }: OtherName, value: Json): Json | undefined {
  if (pairs === undefined) return value;
  return pairs.find(([mine]) => mine === value)?.[1] as Json | undefined;
}

/** The other names of a setting at a scope; a whole object's alias is carried over to each leaf below it. */
export const aliasesOf = memoize((scope: Scope, path: SettingPath): readonly OtherName[] =>
  ALIASES.flatMap(({ paths, scopes, pairs }) => {
    if (!scopes.includes(scope)) return [];
    const [first, second] = paths;
    const other = otherName(path, first, second) ?? otherName(path, second, first);
    if (other === undefined || !settingsOf(scope).has(other)) return [];
    const turned = path.startsWith(first) ? pairs : pairs?.map(([a, b]) => [b, a] as const);
    return [{ path: other, ...(turned === undefined ? {} : { pairs: turned }) }];
  }),
);

function otherName(path: SettingPath, from: SettingPath, to: SettingPath): SettingPath | undefined {
  if (path === from) return to;
  return path.startsWith(`${from}.`) ? to + path.slice(from.length) : undefined;
}
