/** Finds the policy files of paths: a file is itself, a folder is the policies in it. */
import type { Dirent } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isWithin } from '../../util/paths.ts';
import { type PathProblem, statPath, whyUnreadable } from './files.ts';

export interface PolicyPath {
  /** Absolute, with links as named. `extends` is relative to it. */
  readonly path: string;
  /** With links followed, which identifies the file. */
  readonly real: string;
  /** Named directly, not found in a folder. */
  readonly named: boolean;
}

export interface Found {
  readonly files: readonly PolicyPath[];
  /** The folders, with links followed, that `extends` must not leave. */
  readonly roots: readonly string[];
  readonly problems: readonly UnusablePath[];
}

/** A path that is no readable policy. */
export interface UnusablePath extends PathProblem {
  readonly path: string;
}

type FolderContent = Pick<Found, 'files' | 'problems'>;

/**
 * The policy files of paths. A folder has every `*.yaml` and `*.yml` in and below it, without hidden names and
 * `node_modules`.
 */
export async function findPolicies(paths: readonly string[], cwd: string): Promise<Found> {
  const files = new Map<string, PolicyPath>();
  const roots = new Set<string>();
  const problems: UnusablePath[] = [];
  const add = (file: PolicyPath) => {
    const before = files.get(file.real);
    files.set(file.real, { ...file, path: before?.path ?? file.path, named: file.named || (before?.named ?? false) });
  };
  const sorted = [...new Set(paths.map((path) => resolve(cwd, path)))].sort();
  for (const path of sorted) {
    const status = statPath(path);
    if ('message' in status) problems.push({ path, message: status.message });
    else if (status.stats.isDirectory()) {
      roots.add(status.real);
      const content = await walk(path, status.real);
      content.files.forEach(add);
      problems.push(...content.problems);
      if (content.files.length + content.problems.length === 0) problems.push({ path, message: NO_POLICY });
    } else {
      add({ path, real: status.real, named: true });
      const realCwd = await realpath(cwd).catch(() => cwd);
      roots.add(isWithin(realCwd, status.real) ? realCwd : dirname(status.real));
    }
  }
  return { files: [...files.values()], roots: [...roots], problems };
}

const NO_POLICY = 'there is no policy in this folder: no file name ends in .yaml or .yml';

async function walk(folder: string, root: string): Promise<FolderContent> {
  const files: PolicyPath[] = [];
  const problems: UnusablePath[] = [];
  // Links to folders are not followed, so the real path of everything below is known.
  const pending = [{ path: folder, real: root }];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const entries = await readdir(at.path, { withFileTypes: true }).catch(whyUnreadable);
    if (!Array.isArray(entries)) {
      problems.push({ path: at.path, message: entries.message });
      continue;
    }
    for (const entry of entries) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const path = join(at.path, entry.name);
      const real = join(at.real, entry.name);
      if (entry.isDirectory()) pending.push({ path, real });
      else if (entry.isFile()) {
        if (isPolicyName(entry.name)) files.push({ path, real, named: false });
      } else {
        const content = linkedPolicy(path, entry, root);
        if (content === undefined) continue;
        if ('message' in content) problems.push(content);
        else files.push(content);
      }
    }
  }
  return { files: files.sort((one, other) => (one.path < other.path ? -1 : 1)), problems };
}

/** A link, or something that is neither file nor folder; the latter is refused when it is read. */
function linkedPolicy(path: string, entry: Dirent, root: string): PolicyPath | UnusablePath | undefined {
  const isPolicy = isPolicyName(entry.name);
  if (!entry.isSymbolicLink() && !isPolicy) return undefined;
  const status = statPath(path);
  if ('message' in status) return isPolicy ? { path, message: status.message } : undefined;
  if (status.stats.isDirectory()) {
    return { path, message: 'this is a link to a folder, which is not followed; name the folder itself' };
  }
  if (!isPolicy) return undefined;
  if (!isWithin(root, status.real)) return { path, message: 'this is a link to a file outside of the folder' };
  return { path, real: status.real, named: false };
}

function isPolicyName(name: string): boolean {
  return /\.ya?ml$/i.test(name);
}
