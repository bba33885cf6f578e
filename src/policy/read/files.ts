/** File system access for policies: the status of a path, and the text of a file. */
import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { errnoMessage, errnoOf } from '../../util/errno.ts';

/** Why a path cannot be used. */
export interface PathProblem {
  readonly message: string;
}

/** The status of a path, with links followed. */
export function statPath(path: string): { real: string; stats: Stats } | PathProblem {
  try {
    const real = realpathSync.native(path);
    return { real, stats: statSync(real) };
  } catch (error) {
    return whyUnreadable(error);
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });
const FILE_LIMIT = 5 * 1024 * 1024;
const NOT_A_FILE = 'this is not a regular file';
const TOO_LARGE = 'this file is larger than 5 MB; split it';

/** Opening a pipe must not wait for its other end. Windows does not have the flag. */
const READ_AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** The text of a policy file, or why it cannot be read. */
export function readPolicy(real: string): { text: string } | PathProblem {
  try {
    const bytes = readOpened(openSync(real, READ_AT_ONCE));
    return 'message' in bytes ? bytes : { text: UTF8.decode(bytes) };
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      return { message: 'this file is not UTF-8 text; save it as UTF-8' };
    }
    return whyUnreadable(error);
  }
}

/** What is checked is what is read: the path could lead elsewhere a moment later. */
function readOpened(file: number): Buffer | PathProblem {
  try {
    const stats = fstatSync(file);
    if (stats.isDirectory()) return { message: 'this is a folder; name a file in it' };
    // Reading a pipe or a device might never end.
    if (!stats.isFile()) return { message: NOT_A_FILE };
    if (stats.size > FILE_LIMIT) return { message: TOO_LARGE };
    const bytes = readFileSync(file);
    return bytes.length > FILE_LIMIT ? { message: TOO_LARGE } : bytes;
  } finally {
    closeSync(file);
  }
}

/** The names of the packs that ship. */
export async function packNames(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.flatMap((name) => /^([a-z0-9-]+)\.yaml$/.exec(name)?.[1] ?? []).sort();
}

const NOT_THERE = 'there is no such file or folder';

/** Where a policy needs other words than a file that lockstep writes. */
const MESSAGES: Readonly<Record<string, string>> = {
  ENOENT: NOT_THERE,
  ENOTDIR: NOT_THERE,
  // A socket cannot be opened.
  ENXIO: NOT_A_FILE,
  ELOOP: 'this link leads to itself',
  ERR_INVALID_ARG_VALUE: 'this is not a path',
};

export function whyUnreadable(error: unknown): PathProblem {
  const code = errnoOf(error);
  if (code === undefined) throw error;
  return { message: MESSAGES[code] ?? `this cannot be read: ${errnoMessage(error)}` };
}
