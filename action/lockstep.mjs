/** lockstep itself, as a process of its own. */
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';

/** @typedef {import('./inputs.mjs').Environment} Environment */

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

export function lockstepVersion() {
  return spawnSync(process.execPath, [CLI, '--version'], { encoding: 'utf8', env: {} }).stdout.trim();
}

/**
 * Its output goes to the log, where nothing in it is taken for a command to the runner.
 * @param {readonly string[]} argv @param {string} cwd @param {Environment} env
 * @returns {Promise<{ exitCode: number, said: string }>} with what it said on stderr
 */
export async function runLockstep(argv, cwd, env) {
  const end = randomUUID();
  process.stdout.write(`::stop-commands::${end}\n`);
  try {
    return await ended(argv, cwd, env);
  } finally {
    process.stdout.write(`\n::${end}::\n`);
  }
}

/** @param {readonly string[]} argv @param {string} cwd @param {Environment} env @returns {Promise<{ exitCode: number, said: string }>} */
function ended(argv, cwd, env) {
  const child = spawn(process.execPath, [CLI, ...argv], {
    cwd,
    env: withoutRunner(env),
    stdio: ['ignore', 'inherit', 'pipe'],
    // In a group of its own it hears of a cancelled job once, from here. A second signal would drop the request under way.
    detached: true,
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
    said += chunk;
    process.stderr.write(chunk);
  });
  // A job that is cancelled: lockstep finishes the request under way and tells how far it came.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill('SIGINT'));
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve({ exitCode: code ?? 1, said }));
  });
}

/** A policy can name any variable with !env: those of the runner and of GitHub are none of its business. @param {Environment} env */
function withoutRunner(env) {
  return Object.fromEntries(
    Object.entries(env).filter(
      // By the tracking id the runner finds what a job leaves behind.
      ([name]) => name === 'RUNNER_TRACKING_ID' || !/^(GH_|GITHUB_|ACTIONS_|RUNNER_|INPUT_)/.test(name),
    ),
  );
}
