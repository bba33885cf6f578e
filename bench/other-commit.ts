/** Another commit of this repository, built in a folder of its own next to this one. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Calls `use` with the path of the other commit's command line, and removes the build afterwards. */
export async function withCommit<T>(commit: string, use: (cli: string) => Promise<T>): Promise<T> {
  const folder = join(mkdtempSync(join(tmpdir(), 'lockstep-against-')), 'commit');
  git('worktree', 'add', '--quiet', '--detach', folder, commit);
  try {
    install(folder);
    run(folder, 'npm', 'run', '--silent', 'build');
    return await use(join(folder, 'dist/cli.js'));
  } finally {
    git('worktree', 'remove', '--force', folder);
  }
}

/** Equal lock files install equal packages, so the ones that are here serve both. */
function install(folder: string): void {
  const lockFile = (root: string) => readFileSync(join(root, 'package-lock.json'), 'utf8');
  const packages = join(ROOT, 'node_modules');
  if (existsSync(packages) && lockFile(folder) === lockFile(ROOT)) symlinkSync(packages, join(folder, 'node_modules'));
  else run(folder, 'npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund');
}

function git(...args: readonly string[]): void {
  run(ROOT, 'git', ...args);
}

function run(cwd: string, command: string, ...args: readonly string[]): void {
  execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}
