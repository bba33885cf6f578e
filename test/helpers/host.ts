/** A process for `run`: what it is given, and all that it writes. */
import { PassThrough, Writable } from 'node:stream';
import { run } from '../../src/run.ts';
import type { Host } from '../../src/terminal.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Setting {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Calls back with a function that does what Ctrl-C does. */
  readonly onStart?: (interrupt: () => void) => void;
}

function recorder(): { stream: Writable; text: () => string } {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  return { stream, text: () => chunks.join('') };
}

/** Runs a command line in this process, without a terminal. */
export async function lockstep(argv: readonly string[], { cwd, env = {}, onStart }: Setting): Promise<Ran> {
  const [out, err] = [recorder(), recorder()];
  const handlers = new Set<() => void>();
  onStart?.(() => {
    for (const handler of handlers) handler();
  });
  const host: Host = {
    argv,
    env,
    cwd,
    stdin: new PassThrough(),
    stdout: out.stream,
    stderr: err.stream,
    onInterrupt: (handler) => {
      handlers.add(handler);
      return () => void handlers.delete(handler);
    },
  };
  return { code: await run(host), stdout: out.text(), stderr: err.text() };
}
