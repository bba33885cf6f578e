/**
 * Reads and writes lockstep's own files. They are replaced as a whole and never through a link; files in `.lockstep` are
 * readable by their owner only. A checkout can contain links, and their author must not choose what lockstep waits for,
 * overwrites or trusts.
 */
import { constants, type FileHandle, mkdir, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { LockstepError } from '../errors.ts';
import { errnoMessage, errnoOf } from './errno.ts';
import { isWithin } from './paths.ts';

export const OWNER_ONLY = 0o600;

/** Follows no link and waits for no pipe. Windows has neither flag. */
const AS_IT_IS = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** @throws an error with a code as Node's have: `ELOOP` for a link, `ENOTFILE` if it is not a regular file */
export async function readOwn(path: string): Promise<string> {
  const handle = await openOwn(path, constants.O_RDONLY);
  try {
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

export async function appendOwn(path: string, text: string): Promise<void> {
  const handle = await openOwn(path, constants.O_WRONLY | constants.O_APPEND);
  try {
    await handle.appendFile(text);
  } finally {
    await handle.close();
  }
}

async function openOwn(path: string, flags: number): Promise<FileHandle> {
  const handle = await open(path, flags | AS_IT_IS);
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw Object.assign(new Error(`${path} is no regular file`), { code: 'ENOTFILE' });
}

/** Uses the global, which Node loads on first use; importing `node:crypto` would slow down every command. */
function randomName(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(4))).toString('hex');
}

/** A text, or its pieces in order: then no more than some of them are in memory. */
export type Content = string | Iterable<string>;

/** Replaces the file as a whole or not at all. A link is replaced, not followed. The mode holds from the first byte. */
export async function replaceOwn(path: string, content: Content, mode: number = OWNER_ONLY): Promise<void> {
  const fresh = `${path}.${randomName()}.new`;
  try {
    await writeFile(fresh, writable(content), { mode, flag: 'wx' });
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}

/**
 * Where somebody said: a device or a pipe is written to as it is, a file is replaced whole.
 * @throws LockstepError that names the file
 */
export async function writeTyped(cwd: string, file: string, content: Content, mode: number): Promise<void> {
  const path = await typedPath(cwd, file);
  try {
    const existing = await stat(path).catch(() => undefined);
    if (existing !== undefined && !existing.isFile()) await writeFile(path, writable(content));
    else await replaceOwn(path, content, mode);
  } catch (error) {
    throw new LockstepError(`${file} cannot be written: ${errnoMessage(error)}`);
  }
}

function writable(content: Content): Content {
  return typeof content === 'string' ? content : joined(content, WRITTEN_AT_ONCE);
}

/** Characters. */
const WRITTEN_AT_ONCE = 256 * 1024;

/** Few large pieces in place of many small ones, since each is written on its own. */
function* joined(pieces: Iterable<string>, most: number): Generator<string, void> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < most) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}

/**
 * Makes a folder below the working folder, with its parents.
 * @throws LockstepError where a link leads out of the working folder
 */
export async function ownFolder(cwd: string, name: string): Promise<string> {
  const folder = join(cwd, name);
  await makeFolder(folder, cwd);
  const real = await realpath(folder);
  if (real === join(await realpath(cwd), name)) return folder;
  throw new LockstepError(`${name} is a link to ${real}`, {
    hint: 'lockstep keeps its journals in a folder of its own: remove the link',
  });
}

/** One by one: `recursive` reports a read-only disk as a missing folder. */
async function makeFolder(folder: string, top: string): Promise<void> {
  if (folder === top || (await stat(folder).catch(() => undefined))?.isDirectory()) return;
  await makeFolder(dirname(folder), top);
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    // Another run may have made it.
    if (errnoOf(error) !== 'EEXIST') throw error;
  });
}

/**
 * Resolves a path that somebody typed. `..` and other disks are meant as typed; a link on the way is not.
 * @throws LockstepError where such a link leads out of the working folder
 */
export async function typedPath(cwd: string, typed: string): Promise<string> {
  const path = resolve(cwd, typed);
  const elsewhere = await linkedOut(cwd, dirname(path));
  if (elsewhere === undefined) return path;
  throw new LockstepError(`${typed} leads out of this folder, by a link to ${elsewhere}`, {
    hint: 'name the place itself, if it is meant',
  });
}

/** The real path of a folder that is below the working folder by name but outside of it by a link. */
export async function linkedOut(cwd: string, folder: string): Promise<string | undefined> {
  const path = resolve(cwd, folder);
  if (!isWithin(cwd, path)) return undefined;
  const real = await realpath(path).catch(() => undefined);
  // A missing folder would be made in its parent.
  if (real === undefined) return path === cwd ? undefined : linkedOut(cwd, dirname(path));
  return isWithin(await realpath(cwd), real) ? undefined : real;
}
