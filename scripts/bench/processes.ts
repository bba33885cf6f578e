/** Whole processes, measured from outside: what a user waits for. */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const USAGE = new URL('./usage.mjs', import.meta.url).href;

type Environment = Readonly<Record<string, string>>;

export interface Measure {
  readonly ms: number;
  readonly cpuMs: number;
  readonly peakKb: number;
}

/** Runs `node ...args` to its end. Throws when it fails: a failed run is no measure. */
export async function measure(args: readonly string[], env: Environment = {}): Promise<Measure> {
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', USAGE, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit').then(([status]) => ({ status, ms: performance.now() - started }));
  const [stderr, usageEnd] = [child.stdio[2], child.stdio[3]] as [Readable, Readable];
  const [{ status, ms }, said, usage] = await Promise.all([ended, text(stderr), text(usageEnd)]);
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${said}`);
  return { ms, ...(JSON.parse(usage) as Omit<Measure, 'ms'>) };
}

/** Wall time alone, with nothing loaded into the process. */
export async function time(args: readonly string[]): Promise<number> {
  const started = performance.now();
  const [status] = await once(spawn(process.execPath, args, { stdio: 'ignore' }), 'exit');
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
  return performance.now() - started;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
}

/** Each of the named things `runs` times, in turns, so that what slows the machine for a while slows all of them. */
export async function inTurns<Name extends string, T>(
  runs: number,
  things: Readonly<Record<Name, () => Promise<T>>>,
): Promise<Record<Name, T[]>> {
  const names = Object.keys(things) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<Name, T[]>;
  for (let run = 0; run < runs; run += 1) for (const name of names) results[name].push(await things[name]());
  return results;
}

export interface SandboxProcess {
  start(options: { groups: number; latencyMs: number; settings: object }): Promise<Environment>;
  /** `METHOD path?query` of every request since the last call. */
  requests(): Promise<readonly string[]>;
  stop(): void;
}

export function startSandboxProcess(): SandboxProcess {
  const child = fork(fileURLToPath(new URL('./sandbox.mjs', import.meta.url)), { execArgv: [] });
  const ask = <T>(message: object | string): Promise<T> =>
    new Promise((resolve, reject) => {
      const died = () => reject(new Error('the sandbox ended'));
      child.once('exit', died).once('message', (answer) => {
        child.off('exit', died);
        resolve(answer as T);
      });
      child.send(message);
    });
  return {
    start: (options) => ask(options),
    requests: () => ask('log'),
    stop: () => child.disconnect(),
  };
}
