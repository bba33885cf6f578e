/**
 * Policies -> desired. Reads the files that the paths stand for and what they extend, and puts together what all of
 * them ask for. Every problem of every file is found in one run.
 */
import { dirname, join, relative, resolve, sep } from 'node:path';
import { LockstepError } from '../errors.ts';
import type { ManualControl } from '../model/check.ts';
import { PolicyProblems, type Problem } from '../model/problem.ts';
import type { Secrets } from '../model/secret.ts';
import type { Desired, DesiredEntry } from '../model/state.ts';
import { nearestName } from '../util/nearest.ts';
import type { Run } from './context.ts';
import { extensionOrder } from './graph.ts';
import { layered, sideBySide } from './layers.ts';
import { lockingAdvice } from './locking-advice.ts';
import { listed, quoted } from './phrases.ts';
import { protectedIn, withProtection } from './protect.ts';
import { type Found, findPolicies, isWithin, look, packNames, readPolicy } from './read/files.ts';
import { type Parsed, parsePolicy } from './read/parse.ts';
import { excerptAt, type Source, secretCuts, sourceOf } from './read/source.ts';
import { referenceFrom } from './references.ts';
import { extendsOf, type Resolved, resolvePolicy } from './resolve.ts';
import { aliasesAgree, aliasLocksAgree, comparing } from './rules.ts';
import { conflictsIn, problemOf } from './satisfiable.ts';
import type { Spot } from './tree.ts';
import { manualIn, type WrittenWaiver, waiversIn } from './waivers.ts';

export type { WrittenWaiver } from './waivers.ts';

export interface PolicyOptions {
  /** Messages and provenance name files relative to it. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Fields that the catalogue does not know are passed on as they are. */
  readonly allowUnknown: boolean;
  /** Whether variables that `!env` names must be set, or only be named. */
  readonly secrets: 'required' | 'named';
  /** The folder of the packs that ship. */
  readonly packs: string;
}

export interface LoadedPolicies {
  readonly desired: Desired;
  readonly secrets: Secrets;
  /** Every file that was read, relative to `cwd`. */
  readonly files: readonly string[];
  readonly warnings: readonly Problem[];
  /** For whoever validates: what may have been meant otherwise. */
  readonly advice: () => readonly Problem[];
  /** Of every file that was read. */
  readonly waivers: readonly WrittenWaiver[];
  readonly manual: readonly ManualControl[];
  /** What each file extends, by the names of `files`. */
  readonly bases: ReadonlyMap<string, readonly string[]>;
}

/** One file that was read, and the files that it extends by their real paths, in the order of its list. */
interface PolicyFile {
  readonly name: string;
  readonly path: string;
  readonly real: string;
  readonly source: Source;
  readonly said: Said;
  readonly bases: readonly { readonly real: string; readonly spot: Spot }[];
}

/** What one file says, apart from the tree it was read from: of thousands of users those would be most of the memory. */
interface Said {
  /** Absent for a file that cannot be read for what it means. */
  readonly resolved?: Resolved;
  readonly protectedPaths: readonly string[];
  readonly waivers: readonly WrittenWaiver[];
  readonly manual: readonly ManualControl[];
  /** For excerpts: as it was parsed, or parsed once more. */
  readonly parsedAgain: () => Parsed;
}

/**
 * Loads policies. A file that another one extends is a base of that one: found in a folder, it does not stand for
 * itself too. What a file means does not depend on who extends it, so a base that is reached on two ways is laid down
 * on each of them.
 *
 * @param paths files or folders; their order does not matter
 * @throws PolicyProblems with all problems, when there is an error among them
 */
export async function loadPolicies(paths: readonly string[], options: PolicyOptions): Promise<LoadedPolicies> {
  if (paths.length === 0) throw new LockstepError('no policies are named', { hint: 'Name files or folders.' });
  const problems: Problem[] = [];
  const report = (problem: Problem) => problems.push(problem);
  const run: Run = {
    env: options.env,
    allowUnknown: options.allowUnknown,
    needsVariables: options.secrets === 'required',
    secrets: new Map(),
    variables: new Map(),
  };
  const found = await findPolicies(paths, options.cwd);
  for (const { path, message } of found.faults) report(fault(nameFor(path, path, options), START, message));

  const files = await readAll(found, options, run, report);
  const own = new Map<string, readonly DesiredEntry[]>();
  for (const { real, said } of byName(files)) {
    if (said.resolved === undefined) continue;
    said.resolved.problems.forEach(report);
    own.set(real, said.resolved.entries);
  }

  const { order, loops } = extensionOrder(
    byName(files).map(({ real }) => real),
    (real) => basesOf(files, real),
  );
  for (const loop of loops) report(loopProblem(files, loop));
  const roots = rootsOf(found, files);
  const policies = withBases(order, own, (real) => basesOf(files, real));
  const side = byName(files).flatMap(({ real }) => (roots.has(real) ? [policies.get(real) ?? []] : []));
  const entries = sideBySide(side, comparing(run.secrets), report);
  for (const entry of entries) [...aliasesAgree(entry, run.secrets), ...aliasLocksAgree(entry)].forEach(report);
  const marked = withProtection(entries, protectedPaths(files));
  for (const conflict of conflictsIn(marked, run.secrets)) report(problemOf(conflict));

  const presented = present(problems, files);
  if (presented.some(({ severity }) => severity === 'error')) throw new PolicyProblems(presented);
  return {
    desired: { entries: marked },
    secrets: run.secrets,
    files: byName(files).map(({ name }) => name),
    warnings: presented,
    advice: () => present(lockingAdvice(marked), files),
    waivers: byName(files).flatMap(({ said }) => said.waivers),
    manual: byName(files).flatMap(({ said }) => said.manual),
    bases: new Map(
      byName(files).map(({ name, real }) => [
        name,
        basesOf(files, real).flatMap((base) => files.get(base)?.name ?? []),
      ]),
    ),
  };
}

/** Of every file that was read: a policy cannot take away what one below it protects. */
function protectedPaths(files: Files): readonly string[] {
  return [...files.values()].flatMap(({ said }) => said.protectedPaths);
}

type Files = ReadonlyMap<string, PolicyFile>;
type Report = (problem: Problem) => void;

const START: Spot = { line: 1, column: 1 };

function fault(file: string, { line, column }: Spot, message: string): Problem {
  return { file, line, column, message, severity: 'error' };
}

function byName(files: Files): PolicyFile[] {
  return [...files.values()].sort((one, other) => compared(one.name, other.name));
}

function compared(one: string | number, other: string | number): number {
  return one < other ? -1 : Number(one > other);
}

function basesOf(files: Files, real: string): readonly string[] {
  return (files.get(real)?.bases ?? []).map((base) => base.real).filter((base) => files.has(base));
}

/** Packs outside of the project are called what policies call them: their path differs from machine to machine. */
function nameFor(path: string, real: string, { cwd, packs }: PolicyOptions): string {
  if (dirname(real) === packs && !isWithin(cwd, path)) return `pack:${relative(packs, real).replace(/\.yaml$/, '')}`;
  return relative(cwd, path).split(sep).join('/') || '.';
}

async function readAll(found: Found, options: PolicyOptions, run: Run, report: Report): Promise<Files> {
  const packs = await realFolder(options.packs);
  const named = { ...options, packs };
  const files = new Map<string, PolicyFile>();
  let characters = 0;
  const pending = [...found.files].map(({ path, real }) => ({ path, real }));
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    const { path, real } = next;
    if (files.has(real)) continue;
    const name = nameFor(path, real, named);
    const read = await readPolicy(real);
    if ('message' in read) report(fault(name, START, read.message));
    const source = sourceOf('text' in read ? read.text : '');
    const parsed: Parsed = 'text' in read ? parsePolicy(source) : { sound: false, faults: [] };
    for (const { spot, message } of parsed.faults) report(fault(name, spot, message));
    const bases: { path: string; real: string; spot: Spot }[] = [];
    for (const { text, spot } of parsed.tree === undefined ? [] : extendsOf(parsed.tree)) {
      const base = await baseOf(text, path, {
        packs,
        roots: dirname(real) === packs ? [packs, ...found.roots] : found.roots,
      });
      if ('message' in base) report(fault(name, spot, base.message));
      else bases.push({ ...base, spot });
    }
    characters += source.text.length;
    const said = saidIn(parsed, source, name, run, characters <= TREES_KEPT);
    files.set(real, { name, path, real, source, said, bases });
    pending.push(...bases);
  }
  return files;
}

/** Apart, so that the function holds the text and nothing else. */
function parsedLater(source: Source): () => Parsed {
  return () => parsePolicy(source);
}

/** Characters of all files together: their trees take some twenty times as much memory. */
const TREES_KEPT = 500_000;

function saidIn(parsed: Parsed, source: Source, name: string, run: Run, keepsTree: boolean): Said {
  const { tree, sound, faults } = parsed;
  const parsedAgain = keepsTree ? () => parsed : parsedLater(source);
  if (tree === undefined) return { protectedPaths: [], waivers: [], manual: [], parsedAgain };
  return {
    ...(sound ? { resolved: resolvePolicy(tree, name, run, faults.length === 0) } : {}),
    protectedPaths: protectedIn(tree).map(({ text }) => text),
    waivers: waiversIn(tree, name),
    manual: manualIn(tree, name),
    parsedAgain,
  };
}

async function realFolder(path: string): Promise<string> {
  const seen = await look(path);
  return 'real' in seen ? seen.real : path;
}

interface Bounds {
  readonly packs: string;
  /** What is extended must lie in one of these. */
  readonly roots: readonly string[];
}

async function baseOf(
  text: string,
  from: string,
  { packs, roots }: Bounds,
): Promise<{ path: string; real: string } | { message: string }> {
  const reference = referenceFrom(text);
  if (reference.kind === 'fault') return reference;
  if (reference.kind === 'pack') {
    const names = await packNames(packs);
    const path = join(packs, `${reference.name}.yaml`);
    return names.includes(reference.name) ? { path, real: path } : { message: unknownPack(reference.name, names) };
  }
  const path = resolve(dirname(from), reference.path);
  const seen = await look(path);
  const real = 'real' in seen ? seen.real : path;
  if (!roots.some((root) => isWithin(root, real))) {
    return { message: `${quoted(text)} leaves the folder of the policies: only files in it can be extended` };
  }
  if ('message' in seen) return { message: `${quoted(text)}: ${seen.message}` };
  return seen.stats.isFile() ? { path, real } : { message: `${quoted(text)} is not a file` };
}

/** Which packs there are, said to somebody who named another one. */
export function unknownPack(name: string, names: readonly string[]): string {
  const near = nearestName(name, names);
  if (near !== undefined) return `there is no pack ${quoted(name)}: did you mean \`pack:${near}\`?`;
  const have = names.length === 0 ? 'none ships with this lockstep' : `there are ${listed(names.map(quoted), 'and')}`;
  return `there is no pack ${quoted(name)}: ${have}`;
}

/** Files that stand for themselves: the named ones, and of those in folders the ones that no other file extends. */
function rootsOf(found: Found, files: Files): ReadonlySet<string> {
  const extended = new Set([...files.values()].flatMap(({ bases }) => bases.map(({ real }) => real)));
  return new Set(found.files.filter(({ real, named }) => named || !extended.has(real)).map(({ real }) => real));
}

function withBases(
  order: readonly string[],
  own: ReadonlyMap<string, readonly DesiredEntry[]>,
  basesOf: (real: string) => readonly string[],
): ReadonlyMap<string, readonly DesiredEntry[]> {
  const policies = new Map<string, readonly DesiredEntry[]>();
  for (const real of order) {
    const layers = [...basesOf(real).map((base) => policies.get(base) ?? []), own.get(real) ?? []];
    policies.set(real, layers.length === 1 ? (own.get(real) ?? []) : layered(layers));
  }
  return policies;
}

/** @param loop real paths, the last of which extends the first */
function loopProblem(files: Files, loop: readonly string[]): Problem {
  const [first, last] = [loop[0] ?? '', loop.at(-1) ?? ''];
  const names = [...loop, first].map((real) => files.get(real)?.name ?? real);
  const spot = files.get(last)?.bases.find(({ real }) => real === first)?.spot ?? START;
  return fault(files.get(last)?.name ?? last, spot, `these files extend each other in a loop: ${names.join(' -> ')}`);
}

/** Each problem once, in the order of the files, with the line it speaks of. */
function present(problems: readonly Problem[], files: Files): readonly Problem[] {
  const byFile = new Map([...files.values()].map((file) => [file.name, file]));
  const cuts = new Map<string, ReturnType<typeof secretCuts>>();
  const once = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  const sorted = [...once.values()].sort(
    (one, other) =>
      compared(one.file, other.file) ||
      one.line - other.line ||
      one.column - other.column ||
      compared(one.message, other.message),
  );
  return sorted.map((problem) => {
    const file = byFile.get(problem.file);
    if (file === undefined || file.source.text === '') return problem;
    const hidden = cuts.get(problem.file) ?? cutsOf(file);
    cuts.set(problem.file, hidden);
    return { ...problem, excerpt: excerptAt(file.source, problem, hidden) };
  });
}

function cutsOf({ source, said }: PolicyFile): ReturnType<typeof secretCuts> {
  const { tree, sound, faults } = said.parsedAgain();
  return secretCuts(source, tree, sound && faults.length === 0);
}
