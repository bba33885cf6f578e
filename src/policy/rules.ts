/** Rules about several facts of one target. */
import { aliasesOf, goTogether } from '../catalog/alias.ts';
import { frozenBy, lockOf } from '../catalog/levels.ts';
import { factAt } from '../catalog/lookup.ts';
import type { Problem } from '../model/problem.ts';
import { isSecret, type Secrets } from '../model/secret.ts';
import { type DesiredEntry, type DesiredFact, positionOf } from '../model/state.ts';
import { type Scope, targetLabel } from '../model/target.ts';
import { isJsonObject, type Json } from '../util/json.ts';
import { describeValue } from './phrases.ts';

/** A problem between two facts, reported at `fact` with the position of `other`. */
export function contradiction(fact: DesiredFact, other: DesiredFact, message: string): Problem {
  const { file, line, column } = fact.provenance;
  const also = { file: other.provenance.file, line: other.provenance.line, column: other.provenance.column };
  return { file, line, column, message, also, severity: 'error' };
}

/** Whether two values of a setting are the same to Zoom. */
export type Compare = (scope: Scope, fact: DesiredFact, other: DesiredFact) => boolean;

/**
 * Compares written secrets by value and variables by name: two variables that happen to hold the same value today do
 * not agree.
 */
export function comparerOf(secrets: Secrets): Compare {
  const plain = (value: Json): Json => {
    if (!isSecret(value) || !value.$secret.startsWith('policy:')) return value;
    return secrets.get(value.$secret) ?? value;
  };
  return (scope, fact, other) => {
    const ordered = factAt(scope, fact.kind, fact.path)?.list.ordered ?? true;
    return canonical(plain(fact.value), ordered) === canonical(plain(other.value), ordered);
  };
}

function canonical(value: Json, ordered: boolean): string {
  if (Array.isArray(value)) {
    const items = value.map((item) => canonical(item, true));
    return `[${(ordered ? items : items.sort()).join()}]`;
  }
  if (!isJsonObject(value)) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null, true)}`).join()}}`;
}

/** `!locked` and `lock_settings` of one target in one file must not contradict each other. */
export function locksAgree(facts: readonly DesiredFact[]): readonly Problem[] {
  const first = new Map<string, DesiredFact>();
  return facts.flatMap((fact) => {
    if (fact.kind !== 'lock') return [];
    const before = first.get(fact.path) ?? fact;
    first.set(fact.path, before);
    if (before.value === fact.value) return [];
    const stateOf = (lock: DesiredFact) => (lock.value === true ? 'locked' : 'unlocked');
    const message = `\`${fact.path}\` is ${stateOf(fact)} here and ${stateOf(before)} at ${positionOf(before.provenance)}: keep one of them`;
    return [contradiction(fact, before, message)];
  });
}

/** The problem if two peers want different values for the same fact. */
export function disagreement(
  entry: DesiredEntry,
  before: DesiredFact,
  after: DesiredFact,
  compare: Compare,
): Problem | undefined {
  if (compare(entry.scope, before, after)) return undefined;
  const what = after.kind === 'lock' ? `the lock \`${after.path}\`` : `\`${after.path}\``;
  const message =
    `${what} of ${labelOf(entry)} is ${describeValue(after.value)} here and ${describeValue(before.value)} at ` +
    `${positionOf(before.provenance)}: keep one of them, or let one file extend the other`;
  return contradiction(after, before, message);
}

/** How messages name the target of an entry. */
export function labelOf({ scope, name }: DesiredEntry): string {
  if (scope === 'account') return 'the account';
  return targetLabel(scope === 'group' ? { scope, name } : { scope, email: name });
}

/** The locks of a setting with two names are probably one lock, so they must agree. */
export function aliasLocksAgree(entry: DesiredEntry): readonly Problem[] {
  const { scope } = entry;
  if (scope === 'user') return [];
  const locks = new Map(entry.facts.flatMap((fact) => (fact.kind === 'lock' ? [[fact.path, fact] as const] : [])));
  return [...locks.values()].flatMap((fact) => {
    const names = frozenBy(scope, fact.path).flatMap((path) => aliasesOf(scope, path).map((alias) => alias.path));
    const others = new Set(names.flatMap((name) => lockOf(scope, name)?.path ?? []));
    return [...others].flatMap((name) => {
      const other = locks.get(name);
      if (other === undefined || other.value === fact.value || !isLater(fact, other)) return [];
      const stateOf = (lock: DesiredFact) => (lock.value === true ? 'locked' : 'unlocked');
      const message =
        `\`${fact.path}\` is ${stateOf(fact)} here, and \`${other.path}\`, which locks the same setting under another name, ` +
        `is ${stateOf(other)} at ${positionOf(other.provenance)}: keep one of them`;
      return [{ ...contradiction(fact, other, message), severity: 'warning' as const }];
    });
  });
}

/** Some settings have two names in Zoom; their values must agree. */
export function aliasesAgree(entry: DesiredEntry, secrets: Secrets): readonly Problem[] {
  const settings = new Map(entry.facts.filter(({ kind }) => kind === 'set').map((fact) => [fact.path, fact]));
  return [...settings.values()].flatMap((fact) =>
    aliasesOf(entry.scope, fact.path).flatMap((alias) => {
      const other = settings.get(alias.path);
      // Each pair comes up twice; report it once, at the later position.
      if (other === undefined || !isLater(fact, other)) return [];
      const value = valueOrSecret(fact.value, secrets);
      const otherValue = valueOrSecret(other.value, secrets);
      if (value === undefined || otherValue === undefined) return [];
      if (goTogether(alias, value, otherValue)) return [];
      const message =
        `\`${fact.path}\` is ${describeValue(fact.value)} here, and \`${other.path}\`, the same setting under another name, ` +
        `is ${describeValue(other.value)} at ${positionOf(other.provenance)}: both cannot hold, so keep one of them`;
      return [contradiction(fact, other, message)];
    }),
  );
}

/** The value, with a secret revealed; `undefined` if this run does not have the secret. */
export function valueOrSecret(value: Json, secrets: Secrets): Json | undefined {
  return isSecret(value) ? secrets.get(value.$secret) : value;
}

function isLater({ provenance: one }: DesiredFact, { provenance: other }: DesiredFact): boolean {
  if (one.file !== other.file) return one.file > other.file;
  return one.line !== other.line ? one.line > other.line : one.column > other.column;
}
