/** Hints about locks that the author may have forgotten. Only `validate` shows them, and they stop nothing. */
import { frozenBy, lockOf } from '../catalog/levels.ts';
import type { Problem } from '../model/problem.ts';
import type { DesiredEntry, DesiredFact } from '../model/state.ts';
import { joinWords } from './phrases.ts';
import { labelOf } from './rules.ts';

const SHOWN = 3;

export function lockingAdvice(entries: readonly DesiredEntry[]): readonly Problem[] {
  return entries.flatMap((entry) => {
    if (entry.scope === 'user') return [];
    const level = entry.scope;
    const set = new Set(entry.facts.flatMap(({ kind, path }) => (kind === 'set' ? [path] : [])));
    const locks = new Map(entry.facts.flatMap((fact) => (fact.kind === 'lock' ? [[fact.path, fact] as const] : [])));
    return [
      ...[...locks.values()].flatMap((lock) => aboutLock(lock, level, set)),
      ...aboutUnlocked(entry, level, locks),
    ];
  });
}

function aboutLock(lock: DesiredFact, level: 'account' | 'group', set: ReadonlySet<string>): Problem[] {
  const { path, value } = lock;
  if (value !== true) {
    const message = `\`${path}\` is unlocked: values that were set below before the lock apply again`;
    return [advice(lock, message)];
  }
  const frozen = frozenBy(level, path);
  if (frozen.length === 0 || frozen.some((setting) => set.has(setting))) return [];
  const example = frozen.length === 1 ? ` of \`${frozen[0]}\`` : '';
  return [advice(lock, `\`${path}\` is locked, and no value${example} is set: it locks whatever Zoom has`)];
}

/** One line per target: one per setting would bury all other problems. */
function aboutUnlocked(
  entry: DesiredEntry,
  level: 'account' | 'group',
  locks: ReadonlyMap<string, DesiredFact>,
): Problem[] {
  const open = entry.facts.filter((fact) => {
    const lock = fact.kind === 'set' ? lockOf(level, fact.path) : undefined;
    return lock?.writable === true && !locks.has(lock.path);
  });
  const [first] = open;
  if (first === undefined) return [];
  const below = level === 'account' ? 'groups and users' : 'its members';
  const names = open.slice(0, SHOWN).map(({ path }) => `\`${path}\``);
  const rest = open.length > SHOWN ? [`${open.length - SHOWN} more`] : [];
  const what = joinWords([...names, ...rest], 'and');
  const message = `${what} of ${labelOf(entry)} ${open.length === 1 ? 'is' : 'are'} set and not locked: ${below} may have other values`;
  return [advice(first, message)];
}

function advice({ provenance: { file, line, column } }: DesiredFact, message: string): Problem {
  return { file, line, column, message, severity: 'advice' };
}
