/** Merges each file over its bases, and then the policies of the run. */
import type { Problem } from '../model/problem.ts';
import type { DesiredEntry } from '../model/state.ts';
import type { RunContext } from './context.ts';
import { extensionOrder } from './graph.ts';
import { layer, mergePeers } from './layers.ts';
import { basesOf, byName, type PolicyFiles, problemAt, START } from './policy-file.ts';
import { withProtection } from './protect.ts';
import type { Found } from './read/find.ts';
import { aliasesAgree, aliasLocksAgree, comparerOf } from './rules.ts';
import { conflictsIn, problemOf } from './satisfiable.ts';

export function mergePolicies(
  files: PolicyFiles,
  found: Found,
  { secrets }: RunContext,
  report: (problem: Problem) => void,
): readonly DesiredEntry[] {
  const sorted = byName(files);
  const { order, loops } = extensionOrder(
    sorted.map(({ real }) => real),
    (real) => basesOf(files, real),
  );
  for (const loop of loops) report(loopProblem(files, loop));
  const policies = layeredOver(files, order);
  const roots = rootsOf(found, files);
  const peers = sorted.flatMap(({ real }) => (roots.has(real) ? [policies.get(real) ?? []] : []));
  const entries = mergePeers(peers, comparerOf(secrets), report).filter(({ facts }) => facts.length > 0);
  for (const entry of entries) [...aliasesAgree(entry, secrets), ...aliasLocksAgree(entry)].forEach(report);
  // From every file that was read: a policy cannot remove the protection of its bases.
  const paths = sorted.flatMap(({ content }) => content.protectedPaths);
  const marked = withProtection(entries, paths);
  for (const conflict of conflictsIn(marked, secrets)) report(problemOf(conflict));
  return marked;
}

/** The policies of the run: files that were named, and files found in folders that no other file extends. */
function rootsOf(found: Found, files: PolicyFiles): ReadonlySet<string> {
  const extended = new Set([...files.values()].flatMap(({ bases }) => bases.map(({ real }) => real)));
  return new Set(found.files.filter(({ real, named }) => named || !extended.has(real)).map(({ real }) => real));
}

/** @param order each file after its bases */
function layeredOver(files: PolicyFiles, order: readonly string[]): ReadonlyMap<string, readonly DesiredEntry[]> {
  const policies = new Map<string, readonly DesiredEntry[]>();
  for (const real of order) {
    const own = files.get(real)?.content.resolved?.entries ?? [];
    const bases = basesOf(files, real).map((base) => policies.get(base) ?? []);
    policies.set(real, bases.length === 0 ? own : layer([...bases, own]));
  }
  return policies;
}

/** @param loop real paths, the last of which extends the first */
function loopProblem(files: PolicyFiles, loop: readonly string[]): Problem {
  const [first, last] = [loop[0] ?? '', loop.at(-1) ?? ''];
  const names = [...loop, first].map((real) => files.get(real)?.name ?? real);
  const spot = files.get(last)?.bases.find(({ real }) => real === first)?.spot ?? START;
  const message = `these files extend each other in a loop: ${names.join(' -> ')}`;
  return problemAt(files.get(last)?.name ?? last, { spot, message });
}
