/** Files that are new, or left: nothing here can overwrite. */
import { appendFile, lstat, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LockstepError } from '../../errors.ts';
import { errnoMessage, errnoOf } from '../../util/errno.ts';
import { printable } from '../../util/printable.ts';
import { typedPath } from '../../util/safe-files.ts';

/** A file as it is to be, lines that a file is to have, or why nothing is written. */
export type Draft = { readonly file: string } & (
  | { readonly text: string }
  | { readonly lines: readonly string[] }
  | { readonly left: string }
);

export interface Outcome {
  readonly file: string;
  readonly written: boolean;
  readonly line: string;
}

export async function write(folder: string, draft: Draft): Promise<Outcome> {
  const { file } = draft;
  if ('left' in draft) return left(file, draft.left);
  try {
    await mkdir(dirname(await typedPath(folder, file)), { recursive: true });
    return 'lines' in draft ? await addLines(folder, file, draft.lines) : await writeNew(folder, file, draft.text);
  } catch (error) {
    if (error instanceof LockstepError) throw error;
    throw new LockstepError(`${join(folder, file)} cannot be written: ${errnoMessage(error)}`);
  }
}

async function writeNew(folder: string, file: string, text: string): Promise<Outcome> {
  try {
    // Fails for whatever is there, a link to nowhere too.
    await writeFile(join(folder, file), text, { flag: 'wx' });
    return { file, written: true, line: `wrote ${file}` };
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return left(file, 'it exists');
    throw error;
  }
}

async function addLines(folder: string, file: string, lines: readonly string[]): Promise<Outcome> {
  const path = join(folder, file);
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return writeNew(folder, file, `${lines.join('\n')}\n`);
  if (!found.isFile()) return left(file, `it is not a regular file; it should hold ${lines.join(' and ')}`);
  const text = await readFile(path, 'utf8');
  const has = new Set(text.split('\n').map(bare));
  const missing = lines.filter((line) => !has.has(bare(line)));
  if (missing.length === 0) return left(file, 'it has what it needs');
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const gap = text === '' || text.endsWith('\n') ? '' : end;
  await appendFile(path, `${gap}${missing.map((line) => `${line}${end}`).join('')}`);
  return { file, written: true, line: `added to ${file}: ${missing.join(' and ')}` };
}

/** `/.lockstep`, `.lockstep/` and `.lockstep` ignore the same at the root. */
function bare(line: string): string {
  return line.trim().replace(/^\//, '').replace(/\/$/, '');
}

function left(file: string, why: string): Outcome {
  return { file, written: false, line: `left ${file}: ${why}` };
}

export async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}

/** A new policy next to existing ones could contradict them. */
export async function holdsPolicies(folder: string): Promise<boolean> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  return names.some((name) => /\.ya?ml$/i.test(name));
}

/** The repository that a folder is in without being its root. */
export async function repositoryAbove(folder: string): Promise<string | undefined> {
  if (await exists(join(folder, '.git'))) return undefined;
  for (let at = dirname(folder); ; at = dirname(at)) {
    if (await exists(join(at, '.git'))) return printable(at);
    if (at === dirname(at)) return undefined;
  }
}
