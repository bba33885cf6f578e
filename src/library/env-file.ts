/** The variables of `--env-file`. */
import { type FileHandle, open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { LockstepError } from '../errors.ts';
import { type EnvProblem, parseEnvText } from '../util/env-text.ts';
import { errnoMessage } from '../util/errno.ts';

/** Far more than any list of variables has. A device may never end. */
const LARGEST = 1024 * 1024;
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws LockstepError that names every line that cannot be read, and repeats none of them */
export async function readEnvFile(file: string, cwd: string): Promise<Readonly<Record<string, string>>> {
  const { variables, problems } = parseEnvText(textOf(file, await bytesOf(file, cwd)));
  if (problems.length > 0) throw new LockstepError(problems.map((problem) => problemText(file, problem)).join('\n'));
  return Object.fromEntries(variables);
}

function problemText(file: string, { line, column, message }: EnvProblem): string {
  return `--env-file ${file}:${line}:${column}: ${message}`;
}

async function bytesOf(file: string, cwd: string): Promise<Buffer> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(resolve(cwd, file));
    const bytes = await readAtMost(handle, LARGEST + 1);
    if (bytes.length > LARGEST) throw new LockstepError(`--env-file ${file} is larger than 1 MB`);
    if (bytes.length === 0 && (await handle.stat()).isFIFO()) throw emptyPipe(file);
    return bytes;
  } catch (error) {
    if (error instanceof LockstepError) throw error;
    throw new LockstepError(`--env-file ${file} cannot be read: ${errnoMessage(error)}`);
  } finally {
    await handle?.close();
  }
}

async function readAtMost(handle: FileHandle, limit: number): Promise<Buffer> {
  const bytes = Buffer.alloc(limit);
  let length = 0;
  for (;;) {
    const { bytesRead } = await handle.read(bytes, length, limit - length);
    length += bytesRead;
    if (bytesRead === 0 || length === limit) return bytes.subarray(0, length);
  }
}

/** Node 20 looks for `--env-file` among the arguments of a script, too, and what has been read from a pipe is gone. */
function emptyPipe(file: string): LockstepError {
  return new LockstepError(
    `--env-file ${file} is a pipe, and nothing is left in it: a pipe is read once, and Node 20 reads it itself`,
    {
      hint: 'name a file, or export the variables',
    },
  );
}

function textOf(file: string, bytes: Buffer): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new LockstepError(`--env-file ${file} is not UTF-8 text`, { hint: 'save it as UTF-8' });
  }
}
