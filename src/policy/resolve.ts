/** The tree of one policy file -> what it asks for, with the provenance of every fact. */
import type { Problem } from '../model/problem.ts';
import type { DesiredEntry, DesiredFact } from '../model/state.ts';
import { provenanceOf, type Reading, type Run } from './context.ts';
import { factKey } from './layers.ts';
import { protectedFaults } from './protect.ts';
import { locksAgree } from './rules.ts';
import { shapeFaults, type WrittenTarget, writtenTargets } from './schema.ts';
import { AREAS, factsOfArea } from './settings.ts';
import { entryOf, type Node, type Spot } from './tree.ts';

export interface Resolved {
  readonly entries: readonly DesiredEntry[];
  readonly problems: readonly Problem[];
}

/**
 * Reads one file for itself; what it extends is laid under it later.
 * @param faultless nothing was lost on the way to the tree, so that a policy without facts is an empty one
 */
export function resolvePolicy(tree: Node, file: string, run: Run, faultless: boolean): Resolved {
  const problems: Problem[] = [];
  const report = (severity: Problem['severity']) => (spot: Spot, message: string, also?: Problem['also']) => {
    problems.push({ file, ...spot, message, severity, ...(also === undefined ? {} : { also }) });
  };
  const reading: Reading = { run, file, error: report('error'), warning: report('warning') };
  for (const { spot, message } of [...shapeFaults(tree), ...protectedFaults(tree)]) reading.error(spot, message);
  const entries = writtenTargets(tree).map((target) => entryFrom(reading, target, problems));
  const managing = entries.filter(({ facts }) => facts.length > 0);
  const clean = faultless && problems.every(({ severity }) => severity !== 'error');
  if (clean && managing.length === 0 && !saysMore(tree)) {
    reading.error(entryOf(tree, 'version')?.spot ?? tree.spot, 'this policy manages nothing, and extends nothing');
  }
  return { entries: managing, problems };
}

/** A policy without settings of its own may be there to put others together, to protect or to waive. */
function saysMore(tree: Node): boolean {
  return ['extends', 'protected', 'waivers', 'manual'].some((key) => entryOf(tree, key) !== undefined);
}

function entryFrom(reading: Reading, target: WrittenTarget, problems: Problem[]): DesiredEntry {
  const { scope, name } = target;
  const written = AREAS.flatMap((area) => {
    const map = scope === 'user' && area !== 'settings' ? undefined : entryOf(target.value, area)?.value;
    return map?.kind === 'map' ? factsOfArea({ reading, scope, area }, map) : [];
  });
  problems.push(...locksAgree(written));
  const facts = new Map<string, DesiredFact>();
  for (const fact of written) if (!facts.has(factKey(fact))) facts.set(factKey(fact), fact);
  const glob = scope === 'group' && /[*?]/.test(name);
  return { scope, name, glob, facts: [...facts.values()], provenance: provenanceOf(reading, target) };
}

/** What a file says it extends, as it is written. */
export function extendsOf(tree: Node): readonly { readonly text: string; readonly spot: Spot }[] {
  const written = entryOf(tree, 'extends')?.value;
  if (written === undefined) return [];
  const nodes = written.kind === 'list' ? written.items : [written];
  return nodes.flatMap((node) =>
    node.kind === 'scalar' && typeof node.value === 'string' ? [{ text: node.value, spot: node.spot }] : [],
  );
}
