/** stdout, and files that somebody named. */
import { stat, writeFile } from 'node:fs/promises';
import { LockstepError } from '../errors.ts';
import type { Host } from '../terminal.ts';
import { errnoMessage } from '../util/errno.ts';
import { replaceOwn, typedPath } from '../util/safe-files.ts';

/** Resolves when the text is handed over, so that a large report is whole before the process ends. */
export function print(host: Host, text: string): Promise<void> {
  return new Promise((done) => {
    host.stdout.write(text, () => done());
  });
}

/** A device or a pipe is written to as it is; a file is replaced whole. */
export async function writeOwn(host: Host, file: string, text: string, mode: number): Promise<void> {
  const path = await typedPath(host.cwd, file);
  try {
    const existing = await stat(path).catch(() => undefined);
    if (existing !== undefined && !existing.isFile()) await writeFile(path, text);
    else await replaceOwn(path, text, mode);
  } catch (error) {
    throw new LockstepError(`${file} cannot be written: ${errnoMessage(error)}`);
  }
}
