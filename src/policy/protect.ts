/** `protected`: paths that an apply changes only if they are allowed by name. They apply to every policy of the run. */
import { aliasesOf } from '../catalog/alias.ts';
import { frozenBy, pathAt } from '../catalog/levels.ts';
import type { SettingPath } from '../model/setting.ts';
import type { DesiredEntry, DesiredFact } from '../model/state.ts';
import type { Scope } from '../model/target.ts';
import { nearestName } from '../util/nearest.ts';
import { knownOf, sectionsOf } from './name-errors.ts';
import type { WrittenText } from './outline.ts';
import { quoted } from './phrases.ts';
import type { FileProblem } from './tree.ts';

const SCOPES: readonly Scope[] = ['account', 'group', 'user'];

/** A mistyped path would protect nothing, and nobody would notice. */
export function protectedProblems(written: readonly WrittenText[]): readonly FileProblem[] {
  if (written.length === 0) return [];
  const known = new Set(
    SCOPES.flatMap((scope) =>
      (['set', 'lock'] as const).flatMap((kind) => [...knownOf(scope, kind).keys(), ...sectionsOf(scope, kind)]),
    ),
  );
  return written.flatMap(({ text, spot }) => {
    if (known.has(text)) return [];
    const near = nearestName(text, known);
    const hint = near === undefined ? '' : `: did you mean \`${near}\`?`;
    return [{ spot, message: `${quoted(text)} is no setting, section or lock key${hint}` }];
  });
}

/** Marks every fact that a protected path covers, under any of its names. A lock is covered by what it freezes, too. */
export function withProtection(
  entries: readonly DesiredEntry[],
  paths: readonly SettingPath[],
): readonly DesiredEntry[] {
  if (paths.length === 0) return entries;
  const sorted = [...new Set(paths)].sort();
  return entries.map((entry) => ({
    ...entry,
    facts: entry.facts.map((fact) => {
      const names = namesOf(entry.scope, fact);
      const protectedBy = sorted.find((path) => names.some((name) => name === path || name.startsWith(`${path}.`)));
      return protectedBy === undefined ? fact : { ...fact, protectedBy };
    }),
  }));
}

function namesOf(scope: Scope, { kind, path }: DesiredFact): readonly SettingPath[] {
  const frozen = kind === 'lock' && scope !== 'user' ? frozenBy(scope, path) : [];
  const own = [path, ...frozen];
  const others = own.flatMap((name) => aliasesOf(scope, name).map((alias) => alias.path));
  return [...own, ...others].flatMap((name) => [name, ...SCOPES.map((other) => pathAt(other, name))]);
}
