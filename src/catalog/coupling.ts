/** What the table of rules says of one setting, and whether values keep to it. */

import type { SettingPath } from '../model/setting.ts';
import type { Scope } from '../model/target.ts';
import type { Json } from '../util/json.ts';
import { memoize } from '../util/memoize.ts';
import { aliasesOf, underOtherName } from './alias.ts';
import { RULES, type Rule, type Term } from './data/rules.ts';

const byScope = new Map<Scope, ReadonlyMap<SettingPath, readonly Rule[]>>();

/** The rules of a scope that speak of a setting, on either of their sides, under this or another of its names. */
export const rulesAbout = memoize((scope: Scope, path: SettingPath): readonly Rule[] => {
  const names = [path, ...aliasesOf(scope, path).map((alias) => alias.path)];
  return [...new Set(names.flatMap((name) => index(scope).get(name) ?? []))];
});

function index(scope: Scope): ReadonlyMap<SettingPath, readonly Rule[]> {
  const known = byScope.get(scope);
  if (known !== undefined) return known;
  const built = new Map<SettingPath, Rule[]>();
  for (const rule of RULES) {
    if (!rule.scopes.includes(scope)) continue;
    for (const path of new Set([...rule.when, rule.outcome].map((term) => term.path))) {
      built.set(path, [...(built.get(path) ?? []), rule]);
    }
  }
  byScope.set(scope, built);
  return built;
}

/** Something that is known of values, by the path that a rule uses; looked for under every name of the setting. */
export function underAnyName<T extends { readonly value: Json }>(
  scope: Scope,
  path: SettingPath,
  find: (path: SettingPath) => T | undefined,
): (T & { readonly value: Json }) | undefined {
  const own = find(path);
  if (own !== undefined) return own;
  for (const alias of aliasesOf(scope, path)) {
    const found = find(alias.path);
    const back = aliasesOf(scope, alias.path).find((name) => name.path === path);
    const value = found === undefined || back === undefined ? undefined : underOtherName(back, found.value);
    if (found !== undefined && value !== undefined) return { ...found, value };
  }
  return undefined;
}

/** Whether a value is what a term says. */
export function satisfies(term: Term, value: Json): boolean {
  if (term.is !== undefined) return value === term.is;
  if (term.oneOf !== undefined) return term.oneOf.includes(value);
  if (term.not !== undefined) return value !== term.not;
  if (term.filled !== undefined) return isFilled(value);
  if (term.above !== undefined) return typeof value === 'number' && value > term.above;
  if (term.atMost !== undefined) return typeof value === 'number' && value <= term.atMost;
  return true;
}

function isFilled(value: Json): boolean {
  if (typeof value === 'string' || Array.isArray(value)) return value.length > 0;
  return value !== null;
}

/** What a term asks, in words: `true`, `one of 3, 4`, `something in it`. */
export function asked(term: Term): string {
  if (term.is !== undefined) return JSON.stringify(term.is);
  if (term.oneOf !== undefined) return `one of ${term.oneOf.map((value) => JSON.stringify(value)).join(', ')}`;
  if (term.not !== undefined) return `anything but ${JSON.stringify(term.not)}`;
  if (term.filled !== undefined) return 'not empty';
  if (term.above !== undefined) return `more than ${term.above}`;
  if (term.atMost !== undefined) return `at most ${term.atMost}`;
  return 'set';
}
