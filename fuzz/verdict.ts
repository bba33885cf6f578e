/** What no input may bring about, whatever it is. */
import { lstatSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type fc from 'fast-check';
import { SaxesParser } from 'saxes';
import type { Ran } from '../test/helpers/host.ts';

/** One kind of input: how it is made, and what it leads to. */
export interface Fuzzer<C> {
  readonly arbitrary: fc.Arbitrary<C>;
  readonly play: (input: C) => Promise<Verdict>;
  readonly close: () => Promise<void>;
}

export interface Verdict {
  /** Everything that is wrong with how lockstep took the case; empty when nothing is. */
  readonly problems: readonly string[];
  /** What really came about, to be counted: the exit code, and what a server gave. */
  readonly seen: readonly string[];
}

/** Longer than this is a hang. Of real time, of which a busy machine may give a process little. */
export const PATIENCE_MS = 60_000;
/** Of the processor's time, the hostile server's included; the slowest that is right takes three seconds. */
const MOST_WORK_MS = 10_000;

/**
 * Of the whole process, the hostile server in it included, and garbage that nobody had to collect yet: less than a reply,
 * a bomb or a depth comes to when nothing bounds it.
 */
export const MOST_MEMORY_MB = 1536;

/** The most that this process has taken since it began. */
export function peakMemoryMb(): number {
  return process.resourceUsage().maxRSS / 1024;
}

const CRASH = /bug in lockstep|^\s+at \S.*:\d+:\d+\)?$|node:internal\/|\[object Object\]/m;

/** What would steer a terminal or turn the direction of text: everything unseen but the line break. */
const STEERING = /[^\P{Cc}\n]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

/** How a command line ended, if it did. */
export interface Ended {
  /** `undefined` for a run that had no end in all the time there is. */
  readonly ran: Ran | undefined;
  readonly workMs: number;
}

export async function inTime(run: () => Promise<Ran>): Promise<Ended> {
  const begun = process.cpuUsage();
  const stop = new AbortController();
  const late = wait(PATIENCE_MS, undefined, { signal: stop.signal }).catch(() => undefined);
  const ran = await Promise.race([run(), late]);
  stop.abort();
  return { ran: ran ?? undefined, workMs: process.cpuUsage(begun).user / 1000 };
}

/** @param codes exit codes that are right for this command line */
export function faultsOf(argv: readonly string[], { ran, workMs }: Ended, codes: readonly number[]): string[] {
  if (ran === undefined) return [`hangs: no end after ${PATIENCE_MS} ms`];
  const { code, stdout, stderr } = ran;
  const faults: string[] = [];
  if (workMs > MOST_WORK_MS) faults.push(`takes more than ${MOST_WORK_MS} ms of work`);
  if (!codes.includes(code)) faults.push(`ends with ${code}, not one of ${codes.join(', ')}`);
  if (CRASH.test(stderr) || CRASH.test(stdout)) faults.push('a crash, or the trace of one');
  if (stdout === '' && stderr === '') faults.push('says nothing');
  // 2 and 4 are told by the result itself.
  if ([1, 3, 5].includes(code) && stderr === '' && !stdout.startsWith('{')) faults.push(`no message for ${code}`);
  if (STEERING.test(stderr)) faults.push('stderr holds control characters');
  const format = formatOf(argv);
  if (STEERING.test(stdout)) faults.push(`stdout (${format}) holds control characters`);
  const broken = stdout === '' ? undefined : formFault(format, stdout);
  if (broken !== undefined) faults.push(`stdout is broken ${format}: ${broken}`);
  return faults.length === 0 ? [] : [...faults, `said: ${(stderr + stdout).slice(0, 600)}`];
}

export function exitOf({ ran }: Ended): string {
  return ran === undefined ? 'no end' : `exit ${ran.code}`;
}

function formatOf(argv: readonly string[]): string {
  const at = argv.indexOf('--format');
  return at < 0 ? 'text' : (argv[at + 1] ?? 'text');
}

function formFault(format: string, text: string): string | undefined {
  try {
    if (format === 'json' || format === 'sarif') JSON.parse(text);
    if (format === 'junit') {
      const parser = new SaxesParser();
      parser.on('error', (error) => {
        throw error;
      });
      parser.write(text).close();
    }
    return undefined;
  } catch (error) {
    return String(error).slice(0, 200);
  }
}

/** Everything below a folder, files with size and time, links not followed: what has been written shows by comparing. */
export function snapshot(folder: string, leftOut: readonly string[] = []): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const pending = [folder];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    for (const name of readdirSync(at)) {
      const path = join(at, name);
      const shown = relative(folder, path);
      if (leftOut.includes(shown)) continue;
      const stats = lstatSync(path);
      if (stats.isDirectory()) pending.push(path);
      found.set(shown, stats.isDirectory() ? 'a folder' : `${stats.size} ${stats.mtimeMs} ${stats.mode}`);
    }
  }
  return found;
}

export function writtenSince(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).map((name) => `touched ${name}`);
}
