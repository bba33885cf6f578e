/**
 * The files in `.lockstep`: for their owner only, replaced whole, and never somewhere else. A checkout can bring links
 * along, and whoever wrote them must not choose what lockstep reads for ever, writes over or takes for its own.
 */
import { randomBytes } from 'node:crypto';
import { constants, type FileHandle, mkdir, open, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LockstepError } from '../errors.ts';

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

/** Why a file of ours cannot be used, in a word or two. */
export function whyNot(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return { ELOOP: 'it is a link', ENOTFILE: 'it is no regular file' }[code] ?? code;
}

/** Whole or not at all; a link of that name is replaced, not followed. */
export async function replaceOwn(path: string, text: string): Promise<void> {
  const fresh = `${path}.${randomBytes(4).toString('hex')}.new`;
  try {
    await writeFile(fresh, text, { mode: 0o600, flag: 'wx' });
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
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const real = await realpath(folder);
  if (real === join(await realpath(cwd), name)) return folder;
  throw new LockstepError(`${name} is a link to ${real}`, {
    hint: 'lockstep keeps its journals in a folder of its own: remove the link',
  });
}
