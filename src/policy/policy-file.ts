/** Reads the policies of a run and everything that they extend, each file once. */
import { dirname, relative, sep } from 'node:path';
import type { AccountDemand } from '../model/account.ts';
import type { ManualControl } from '../model/check.ts';
import type { Problem } from '../model/problem.ts';
import type { WaiverRequest } from '../model/waiver.ts';
import { compareText } from '../util/compare-text.ts';
import { isWithin, relativePath } from '../util/paths.ts';
import { type BaseFile, baseOf } from './bases.ts';
import type { RunContext } from './context.ts';
import { type Outline, outlineOf } from './outline.ts';
import { readPolicy, statPath } from './read/files.ts';
import type { Found } from './read/find.ts';
import { type Source, sourceOf } from './read/lines.ts';
import { type Parsed, parsePolicy } from './read/parse.ts';
import { type Resolved, resolvePolicy } from './resolve.ts';
import type { FileProblem, Spot } from './tree.ts';

/** One file that was read. `bases` are the files that it extends, in their order. */
export interface PolicyFile {
  readonly name: string;
  readonly path: string;
  readonly real: string;
  readonly source: Source;
  readonly content: PolicyContent;
  readonly bases: readonly { readonly real: string; readonly spot: Spot }[];
}

/** By real path. */
export type PolicyFiles = ReadonlyMap<string, PolicyFile>;

/** What one file asks for. It does not keep the tree: with thousands of users, trees would dominate memory. */
export interface PolicyContent {
  /** Absent if the file is not valid YAML. */
  readonly resolved?: Resolved;
  /** Which accounts it is for; absent for every account. */
  readonly only?: AccountDemand;
  readonly protectedPaths: readonly string[];
  readonly waivers: readonly WaiverRequest[];
  readonly manual: readonly ManualControl[];
  /** For excerpts. Small files are kept; large ones are parsed again. */
  readonly parsedAgain: () => Parsed;
}

export interface Folders {
  /** Messages and provenance name files relative to this folder. */
  readonly cwd: string;
  /** The folder of the packs that ship. */
  readonly packs: string;
}

export const START: Spot = { line: 1, column: 1 };

export function problemAt(file: string, { spot, message }: FileProblem): Problem {
  return { file, line: spot.line, column: spot.column, message, severity: 'error' };
}

export function byName(files: PolicyFiles): PolicyFile[] {
  return [...files.values()].sort((one, other) => compareText(one.name, other.name));
}

/** The files that a file extends, without those that could not be read. */
export function basesOf(files: PolicyFiles, real: string): readonly string[] {
  return (files.get(real)?.bases ?? []).map((base) => base.real).filter((base) => files.has(base));
}

/** A pack outside of the project is named as policies name it, because its path differs between machines. */
export function nameFor(path: string, real: string, { cwd, packs }: Folders): string {
  if (dirname(real) === packs && !isWithin(cwd, path)) return `pack:${relative(packs, real).replace(/\.yaml$/, '')}`;
  return relativePath(cwd, path).split(sep).join('/') || '.';
}

/** In characters, over all files. Their trees take about twenty times as much memory. */
const TREES_KEPT = 500_000;

export async function readPolicies(
  found: Found,
  folders: Folders,
  run: RunContext,
  report: (problem: Problem) => void,
): Promise<PolicyFiles> {
  const status = statPath(folders.packs);
  const named = { cwd: folders.cwd, packs: 'real' in status ? status.real : folders.packs };
  const files = new Map<string, PolicyFile>();
  let characters = 0;
  const pending: BaseFile[] = [...found.files];
  for (let at = 0; at < pending.length; at += 1) {
    const next = pending[at];
    if (next === undefined || files.has(next.real)) continue;
    const { path, real } = next;
    const name = nameFor(path, real, named);
    const reportAt = (problem: FileProblem) => report(problemAt(name, problem));
    const read = readPolicy(real);
    if ('message' in read) reportAt({ spot: START, message: read.message });
    const source = sourceOf('text' in read ? read.text : '');
    const parsed: Parsed = 'text' in read ? parsePolicy(source) : { sound: false, problems: [] };
    parsed.problems.forEach(reportAt);
    const outline = parsed.tree === undefined ? undefined : outlineOf(parsed.tree);
    const roots = dirname(real) === named.packs ? [named.packs, ...found.roots] : found.roots;
    const bases: (BaseFile & { spot: Spot })[] = [];
    for (const { text, spot } of outline?.extends ?? []) {
      const base = await baseOf(text, path, { packs: named.packs, roots });
      if ('message' in base) reportAt({ spot, message: base.message });
      else bases.push({ ...base, spot });
    }
    characters += source.text.length;
    const parsedAgain = characters <= TREES_KEPT ? () => parsed : parsedLater(source);
    const content = { ...(await contentOf(outline, parsed, name, run)), parsedAgain };
    files.set(real, { name, path, real, source, content, bases });
    pending.push(...bases);
  }
  return files;
}

/** A function of its own, so that the closure keeps only the text alive. */
function parsedLater(source: Source): () => Parsed {
  return () => parsePolicy(source);
}

async function contentOf(
  outline: Outline | undefined,
  { sound, problems }: Parsed,
  name: string,
  run: RunContext,
): Promise<Omit<PolicyContent, 'parsedAgain'>> {
  if (outline === undefined || !sound) return { protectedPaths: [], waivers: [], manual: [] };
  const hasLists = outline.waivers !== undefined || outline.manual !== undefined;
  const lists = hasLists ? (await import('./waivers.ts')).listsIn(outline, name) : NO_LISTS;
  const { accounts, spot } = outline.for ?? {};
  return {
    ...(accounts === undefined || spot === undefined
      ? {}
      : { only: { accounts, provenance: { file: name, ...spot } } }),
    resolved: resolvePolicy(outline, name, run, lists.problems, problems.length === 0),
    protectedPaths: outline.protected.map(({ text }) => text),
    waivers: lists.waivers,
    manual: lists.manual,
  };
}

const NO_LISTS = { waivers: [], manual: [], problems: [] };
