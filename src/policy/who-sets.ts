/** Which policies set a setting, and which files lead to them. */
import type { SettingPath } from '../model/setting.ts';
import type { DesiredEntry, DesiredFact } from '../model/state.ts';

/** A fact with its entry. */
export interface WhoSets {
  readonly entry: Pick<DesiredEntry, 'scope' | 'name'>;
  readonly fact: DesiredFact;
}

/** The facts about a setting, under any of its names, and about the keys that lock it. */
export function factsAbout(
  entries: readonly Pick<DesiredEntry, 'scope' | 'name' | 'facts'>[],
  settings: readonly SettingPath[],
  locks: readonly SettingPath[],
): readonly WhoSets[] {
  return entries.flatMap((entry) =>
    entry.facts.flatMap((fact) =>
      (fact.kind === 'set' ? settings : locks).includes(fact.path) ? [{ entry, fact }] : [],
    ),
  );
}

/**
 * The shortest chain from each policy that nothing extends down to the file. For a file that nothing extends, the file
 * alone.
 * @param bases what each file extends
 */
export function chainsTo(file: string, bases: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const extenders = (base: string) => [...bases].flatMap(([name, extended]) => (extended.includes(base) ? [name] : []));
  const seen = new Set([file]);
  const pending: (readonly [string, ...string[]])[] = [[file]];
  const chains: (readonly string[])[] = [];
  for (let chain = pending.shift(); chain !== undefined; chain = pending.shift()) {
    const above = extenders(chain[0]);
    if (above.length === 0) chains.push(chain);
    for (const name of above) {
      if (!seen.has(name)) pending.push([name, ...chain]);
      seen.add(name);
    }
  }
  return chains;
}
