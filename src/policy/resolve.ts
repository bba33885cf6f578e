/** Resolves one policy file to the facts that it asks for, each with its provenance. */
import type { Problem } from '../model/problem.ts';
import type { DesiredEntry, DesiredFact } from '../model/state.ts';
import { type FileContext, provenanceOf, type RunContext } from './context.ts';
import { factKey } from './layers.ts';
import { AREAS, type Outline, type WrittenTarget } from './outline.ts';
import { protectedProblems } from './protect.ts';
import { locksAgree } from './rules.ts';
import { factsOfArea } from './settings.ts';
import type { FileProblem, Spot } from './tree.ts';

export interface Resolved {
  readonly entries: readonly DesiredEntry[];
  readonly problems: readonly Problem[];
}

/**
 * Resolves a file on its own; it is merged with its bases later.
 * @param known problems of the file that were found elsewhere
 * @param isWhole whether parsing lost nothing, so that a policy without facts is really empty
 */
export function resolvePolicy(
  outline: Outline,
  file: string,
  run: RunContext,
  known: readonly FileProblem[],
  isWhole: boolean,
): Resolved {
  const problems: Problem[] = [];
  const report = (severity: Problem['severity']) => (spot: Spot, message: string, also?: Problem['also']) => {
    problems.push({ file, ...spot, message, severity, ...(also === undefined ? {} : { also }) });
  };
  const context: FileContext = { run, file, error: report('error'), warning: report('warning') };
  for (const { spot, message } of [...outline.problems, ...known, ...protectedProblems(outline.protected)])
    context.error(spot, message);
  const entries = outline.targets.map((target) => entryFrom(context, target, problems));
  // An entry without facts can still say of a base's target whether it may be missing.
  const written = entries.filter(({ facts, optional }) => facts.length > 0 || optional !== undefined);
  const isSound = isWhole && problems.every(({ severity }) => severity !== 'error');
  if (isSound && written.every(({ facts }) => facts.length === 0) && !outline.hasMore) {
    context.error(outline.start, 'this policy manages nothing, and extends nothing');
  }
  return { entries: written, problems };
}

function entryFrom(context: FileContext, target: WrittenTarget, problems: Problem[]): DesiredEntry {
  const { scope, name, areas, optional } = target;
  const written = AREAS.flatMap((area) => {
    const map = areas[area];
    return map === undefined ? [] : factsOfArea({ context, scope, area }, map);
  });
  problems.push(...locksAgree(written));
  const facts = new Map<string, DesiredFact>();
  for (const fact of written) if (!facts.has(factKey(fact))) facts.set(factKey(fact), fact);
  const glob = scope === 'group' && /[*?]/.test(name);
  const may = optional === undefined ? {} : { optional };
  return { scope, name, glob, facts: [...facts.values()], ...may, provenance: provenanceOf(context, target) };
}
