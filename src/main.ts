/** The process: its streams, signals and memory, handed to `run`. */
import { run } from './run.ts';

/** Milliseconds after which a run counts as one that lasts. */
const LASTS = 200;

export async function main(): Promise<void> {
  // A reader that leaves early (`lockstep plan | head`) is not an error; a full disk under a redirected stdout is.
  process.stderr.on('error', () => undefined);
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') return;
    process.exitCode = 1;
    process.stderr.write(`error: stdout cannot be written: ${code}\n`);
  });
  // Only a run that lasts has much to collect, and the module takes 3 ms to load.
  setTimeout(bindHeap, LASTS).unref();
  const exitCode = await run({
    argv: process.argv.slice(2),
    env: process.env,
    cwd: workingFolder(),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    onInterrupt: (handler) => {
      process.on('SIGINT', handler).on('SIGTERM', handler);
      return () => void process.off('SIGINT', handler).off('SIGTERM', handler);
    },
  });
  process.exitCode = process.exitCode === 1 ? 1 : exitCode;
}

/** Left alone, Node lets garbage grow to several times what is in use before it collects the old part: docs/performance.md. */
async function bindHeap(): Promise<void> {
  const { setFlagsFromString } = await import('node:v8');
  setFlagsFromString('--heap-growing-percent=10');
}

/** `cwd()` throws if the folder was deleted; commands that need files report it. */
function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    return '.';
  }
}
