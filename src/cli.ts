#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { run } from './run.ts';

// Left alone Node lets garbage grow to several times of what is in use before it collects the old part of it: docs/performance.md.
setFlagsFromString('--heap-growing-percent=10');

// A reader that leaves early (`lockstep plan | head`) is no error of ours; a full disk behind stdout is worth a word.
process.stderr.on('error', () => undefined);
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') return;
  process.exitCode = 1;
  process.stderr.write(`error: stdout cannot be written: ${code}\n`);
});

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

/** A folder that was deleted under us has no name any more; whatever needs a file will say so. */
function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    return '.';
  }
}
