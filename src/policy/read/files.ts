/** The file system, as far as policies need it: finding, reading, and where links lead. */
import { readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

export interface PolicyPath {
  /** Absolute, as it was named; what `extends` in it is relative to. */
  readonly path: string;
  /** All links followed: what tells one file from another. */
  readonly real: string;
  /** Named itself, not found in a folder that was named. */
  readonly named: boolean;
}

export interface Found {
  readonly files: readonly PolicyPath[];
  /** The folders, links followed, that `extends` must not leave. */
  readonly roots: readonly string[];
  readonly faults: readonly PathFault[];
}

export interface PathFault {
  readonly path: string;
  readonly message: string;
}

/**
 * The policy files that paths from the command line stand for: a file for itself, a folder for every `*.yaml` and
 * `*.yml` in and below it, hidden names and `node_modules` left out.
 */
export async function findPolicies(paths: readonly string[], cwd: string): Promise<Found> {
  const files = new Map<string, PolicyPath>();
  const roots = new Set<string>();
  const faults: PathFault[] = [];
  const add = (file: PolicyPath) => {
    const known = files.get(file.real);
    files.set(file.real, { ...file, path: known?.path ?? file.path, named: file.named || (known?.named ?? false) });
  };
  const sorted = [...new Set(paths.map((path) => resolve(cwd, path)))].sort();
  for (const path of sorted) {
    const seen = await look(path);
    if ('message' in seen) faults.push({ path, message: seen.message });
    else if (seen.stats.isDirectory()) {
      roots.add(seen.real);
      const walked = await walk(path, seen.real);
      for (const file of walked.files) add(file);
      const none = walked.files.length + walked.faults.length === 0 ? [{ path, message: NO_POLICY }] : [];
      faults.push(...walked.faults, ...none);
    } else {
      add({ path, real: seen.real, named: true });
      const realCwd = await realpath(cwd).catch(() => cwd);
      roots.add(isWithin(realCwd, seen.real) ? realCwd : dirname(seen.real));
    }
  }
  return { files: [...files.values()], roots: [...roots], faults };
}

const NO_POLICY = 'there is no policy in this folder: no file whose name ends in .yaml or .yml';

async function walk(folder: string, root: string): Promise<{ files: PolicyPath[]; faults: PathFault[] }> {
  const files: PolicyPath[] = [];
  const faults: PathFault[] = [];
  const pending = [folder];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const entries = await readdir(at, { withFileTypes: true }).catch(inWords);
    if (!Array.isArray(entries)) {
      faults.push({ path: at, message: entries.message });
      continue;
    }
    for (const entry of entries) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const path = join(at, entry.name);
      if (entry.isDirectory()) pending.push(path);
      else if (entry.isSymbolicLink() || isPolicyName(entry.name)) {
        const found = await policyIn(path, entry.name, root);
        if (found !== undefined) ('message' in found ? faults : files).push(found as PolicyPath & PathFault);
      }
    }
  }
  return { files: files.sort((one, other) => (one.path < other.path ? -1 : 1)), faults };
}

async function policyIn(path: string, name: string, root: string): Promise<PolicyPath | PathFault | undefined> {
  const seen = await look(path);
  if ('message' in seen) return isPolicyName(name) ? { path, message: seen.message } : undefined;
  if (seen.stats.isDirectory()) {
    return { path, message: 'this is a link to a folder, which is not followed: name the folder itself' };
  }
  if (!isPolicyName(name)) return undefined;
  if (!isWithin(root, seen.real)) return { path, message: 'this is a link to a file outside of the folder' };
  return { path, real: seen.real, named: false };
}

function isPolicyName(name: string): boolean {
  return /\.ya?ml$/i.test(name);
}

export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** What a path is, links followed, or in words why that cannot be told. */
export async function look(path: string): Promise<{ real: string; stats: Stats } | { message: string }> {
  try {
    const real = realpathSync.native(path);
    return { real, stats: statSync(real) };
  } catch (error) {
    return inWords(error);
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });
const FILE_LIMIT = 5 * 1024 * 1024;
const TOO_LARGE = 'this file is larger than 5 MB: split it';

/** The text of a policy file, or in words why it has none. */
export async function readPolicy(real: string): Promise<{ text: string } | { message: string }> {
  try {
    const stats = statSync(real);
    if (stats.isDirectory()) return { message: 'this is a folder: name a file in it' };
    // A pipe or a device could be read for ever.
    if (!stats.isFile()) return { message: 'this is not a regular file' };
    if (stats.size > FILE_LIMIT) return { message: TOO_LARGE };
    const bytes = readFileSync(real);
    if (bytes.length > FILE_LIMIT) return { message: TOO_LARGE };
    return { text: UTF8.decode(bytes) };
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      return { message: 'this file is not UTF-8 text: save it as UTF-8' };
    }
    return inWords(error);
  }
}

/** The packs that ship, by name. */
export async function packNames(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.flatMap((name) => /^([a-z0-9-]+)\.yaml$/.exec(name)?.[1] ?? []).sort();
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'there is no such file or folder',
  EACCES: 'this may not be read: its permissions forbid it',
  EPERM: 'this may not be read: its permissions forbid it',
  EISDIR: 'this is a folder: name a file in it',
  ELOOP: 'this link leads in a circle',
  ENAMETOOLONG: 'this path is too long',
  ERR_INVALID_ARG_VALUE: 'this is not a path',
};

function inWords(error: unknown): { message: string } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  if (code === undefined) throw error;
  return { message: WORDS[code] ?? `this cannot be read (${code})` };
}
