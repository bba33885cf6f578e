/** Merges entries: a file over its bases, and the policies of a run as peers. */
import type { Problem } from '../model/problem.ts';
import type { DesiredEntry, DesiredFact } from '../model/state.ts';
import type { Scope } from '../model/target.ts';
import { type Compare, disagreement } from './rules.ts';

/** The name that identifies a target. E-mail addresses ignore case; ids and group names do not. */
export function foldedName(scope: Scope, name: string): string {
  return scope === 'user' && name.includes('@') ? name.toLowerCase() : name;
}

function entryKey({ scope, name }: DesiredEntry): string {
  return `${scope} ${foldedName(scope, name)}`;
}

export function factKey({ kind, path }: DesiredFact): string {
  return `${kind} ${path}`;
}

/** Later layers win, fact by fact. */
export function layer(layers: readonly (readonly DesiredEntry[])[]): readonly DesiredEntry[] {
  return combined(
    layers.flat(),
    (_entry, _before, after) => after,
    (written) => written.findLast((optional) => optional !== undefined),
  );
}

/** Peers must agree: neither is there to override the other. If they do, the first fact is kept. */
export function mergePeers(
  policies: readonly (readonly DesiredEntry[])[],
  compare: Compare,
  report: (problem: Problem) => void,
): readonly DesiredEntry[] {
  return combined(
    policies.flat(),
    (entry, before, after) => {
      const problem = disagreement(entry, before, after, compare);
      if (problem !== undefined) report(problem);
      return before;
    },
    // One that needs the target is enough.
    (written) => written.every((optional) => optional === true),
  );
}

type Choose = (entry: DesiredEntry, before: DesiredFact, after: DesiredFact) => DesiredFact;

/** Facts are unique within an entry, so an entry without a namesake is kept as it is. */
function combined(
  entries: readonly DesiredEntry[],
  choose: Choose,
  isOptional: (written: readonly (boolean | undefined)[]) => boolean | undefined,
): readonly DesiredEntry[] {
  const byName = new Map<string, [DesiredEntry, ...DesiredEntry[]]>();
  for (const entry of entries) {
    const key = entryKey(entry);
    const before = byName.get(key);
    if (before === undefined) byName.set(key, [entry]);
    else before.push(entry);
  }
  return [...byName.values()].map(([entry, ...others]) => {
    if (others.length === 0) return entry;
    const facts = new Map(entry.facts.map((fact) => [factKey(fact), fact]));
    for (const fact of others.flatMap((other) => other.facts)) {
      const before = facts.get(factKey(fact));
      facts.set(factKey(fact), before === undefined ? fact : choose(entry, before, fact));
    }
    const optional = isOptional([entry, ...others].map((one) => one.optional));
    return { ...entry, facts: [...facts.values()], ...(optional === undefined ? {} : { optional }) };
  });
}
