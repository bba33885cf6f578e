/** The built command line under plain Node, in a process of its own: as its users have it. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const CLI = join(import.meta.dirname, '../../dist/cli.js');

if (!existsSync(CLI)) throw new Error(`${CLI} is missing: run \`npm run build\`, or \`npm test\`, which builds first`);

export interface Ended {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly cwd: string;
  /** All of the environment, but for PATH. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts it without a terminal. `ended` resolves when it is gone and all that it wrote has been read. */
export function start(
  argv: readonly string[],
  { cwd, env = {} }: Surroundings,
): { child: ChildProcessWithoutNullStreams; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [CLI, ...argv], { cwd, env: { PATH: process.env['PATH'], ...env } });
  child.stdin.end();
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk;
    });
  }
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve({ code, ...text }));
  });
  return { child, ended };
}

export function lockstep(argv: readonly string[], surroundings: Surroundings): Promise<Ended> {
  return start(argv, surroundings).ended;
}

/** Files in a folder of their own, for as long as `use` takes. */
export async function withFiles<T>(files: Readonly<Record<string, string>>, use: (folder: string) => Promise<T>) {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'lockstep-')));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
