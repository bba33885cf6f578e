/** Runs our own scripts as `npm run` does: under tsx, from the root of the repository. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface ScriptEnded {
  /** `undefined` when a signal ended it. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** `env` is all of the environment, but for PATH. */
export function script(
  name: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<ScriptEnded> {
  return program(process.execPath, ['--import', 'tsx', join(ROOT, 'scripts', name), ...args], { env, cwd: ROOT });
}

export function program(
  file: string,
  args: readonly string[],
  { env = {}, cwd = ROOT }: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string } = {},
): Promise<ScriptEnded> {
  const options = { cwd, env: { PATH: process.env['PATH'], ...env }, maxBuffer: Number.POSITIVE_INFINITY };
  return new Promise((resolve) => {
    const child = execFile(file, args, options, (_, stdout, stderr) => {
      resolve({ code: child.exitCode ?? undefined, stdout, stderr });
    });
  });
}
