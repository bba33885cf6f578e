/** Whole processes, measured from outside: what a user waits for. */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Logged, SandboxWish } from './sandbox.ts';

const USAGE = new URL('./usage.mjs', import.meta.url).href;

export type Environment = Readonly<Record<string, string>>;

export interface Measure {
  readonly ms: number;
  readonly cpuMs: number;
  readonly peakKb: number;
}

/** Node 20 reads the file that it names at every start, which takes some 40 ms and is no cost of lockstep's. */
const { NODE_EXTRA_CA_CERTS: _, ...INHERITED } = process.env;

/** Runs `node ...args` to its end. Throws when it ends with another status: such a run is no measure. */
export async function measure(args: readonly string[], env: Environment = {}, wanted = 0): Promise<Measure> {
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', USAGE, ...args], {
    env: { ...INHERITED, ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit').then(([status]) => ({ status, ms: performance.now() - started }));
  const [stderr, usageEnd] = [child.stdio[2], child.stdio[3]] as [Readable, Readable];
  const [{ status, ms }, said, usage] = await Promise.all([ended, text(stderr), text(usageEnd)]);
  if (status !== wanted) throw new Error(`node ${args.join(' ')} ended with ${status}: ${said}`);
  return { ms, ...(JSON.parse(usage) as Omit<Measure, 'ms'>) };
}

/** Wall time alone, with nothing loaded into the process. */
export async function time(
  args: readonly string[],
  { command = process.execPath, env = {}, cwd }: { command?: string; env?: Environment; cwd?: string } = {},
): Promise<number> {
  const started = performance.now();
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...INHERITED, ...env },
    ...(cwd === undefined ? {} : { cwd }),
  });
  const [said, [status]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${said}`);
  return performance.now() - started;
}

/** The run that was disturbed least, of each figure: on a busy machine the others tell of its other work. */
export function least(measures: readonly Measure[]): Measure {
  const of = (key: keyof Measure) => Math.min(...measures.map((measured) => measured[key]));
  return { ms: of('ms'), cpuMs: of('cpuMs'), peakKb: of('peakKb') };
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
  start(wish: SandboxWish): Promise<Environment>;
  /** Every request since the last call; what was written is forgotten. */
  log(): Promise<readonly Logged[]>;
  stop(): void;
}

export function startSandboxProcess(): SandboxProcess {
  const child = fork(fileURLToPath(new URL('./sandbox.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] });
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
    start: (wish) => ask(wish),
    log: () => ask('log'),
    stop: () => child.disconnect(),
  };
}

/** Requests to the API: the token request is Zoom's login, of no rate class. */
export function apiRequests(log: readonly Logged[]): readonly Logged[] {
  return log.filter(({ path }) => path.startsWith('/v2/'));
}
