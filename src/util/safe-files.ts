/**
 * Files that lockstep writes: replaced whole, and never somewhere else; those in `.lockstep` for their owner only. A
 * checkout can bring links along, and whoever wrote them must not choose what lockstep reads for ever, writes over or
 * takes for its own.
 */
import { constants, type FileHandle, mkdir, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { LockstepError } from '../errors.ts';
import { isWithin } from './paths.ts';

export const OWNER_ONLY = 0o600;

/** Neither a link is followed nor a pipe waited for. Windows knows neither flag. */
const AS_IT_IS = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** @throws an error with a code, as of Node's: `ELOOP` for a link, `ENOTFILE` for what is no regular file */
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

/** By the global, which Node loads when it is first used: `node:crypto` would be loaded by every command. */
function randomName(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(4))).toString('hex');
}

/** Whole or not at all; a link of that name is replaced, not followed. The mode is its own from the first byte. */
export async function replaceOwn(path: string, text: string, mode: number = OWNER_ONLY): Promise<void> {
  const fresh = `${path}.${randomName()}.new`;
  try {
    await writeFile(fresh, text, { mode, flag: 'wx' });
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}

/**
 * Makes a folder below the working folder, with those on the way to it.
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

/** One by one: all at once, a disk that is read-only would be told as a folder that is not there. */
async function makeFolder(folder: string, top: string): Promise<void> {
  if (folder === top || (await stat(folder).catch(() => undefined))?.isDirectory()) return;
  await makeFolder(dirname(folder), top);
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    // Another run may have been quicker.
    if (error.code !== 'EEXIST') throw error;
  });
}

/**
 * Where a path leads that somebody typed. What was typed is meant, `..` and other disks included; a folder on the way
 * that turns out to be a link is not.
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

/** Where a folder below the working folder really is, should a link have taken it out of there. */
export async function linkedOut(cwd: string, folder: string): Promise<string | undefined> {
  const path = resolve(cwd, folder);
  if (!isWithin(cwd, path)) return undefined;
  const real = await realpath(path).catch(() => undefined);
  // What is not there yet will be made where its parent is.
  if (real === undefined) return path === cwd ? undefined : linkedOut(cwd, dirname(path));
  return isWithin(await realpath(cwd), real) ? undefined : real;
}
