/**
 * Hostile input without end: `npm run fuzz -- --minutes 10 [--cases N] [--kind policies|plans|journals|replies]`,
 * and `--seed S --first N --cases 1` for one case again.
 *
 * One kind after the other, each in a process of its own with little memory. Every case ends with a message and an exit
 * code that is documented, or it is made smaller and kept in `test/fixtures/fuzz`, where the tests run it from then on.
 * Exits with 1 when something was found. The same seed makes the same cases.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { keepFixture } from './fixtures.ts';
import { type Finding, KINDS, type Kind } from './kinds.ts';
import { PATIENCE_MS } from './verdict.ts';
import type { News, Order } from './worker.ts';

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));
/** A command that needs more ends its process, which is a finding. */
const MOST_HEAP_MB = 512;
/** A little later than the worker itself would notice, if it still can. */
const MISSED_MS = PATIENCE_MS + 10_000;

interface Tally {
  readonly kind: Kind;
  cases: number;
  seconds: number;
  slowest: { readonly number: number; readonly ms: number };
  peakMb: number;
  /** How often each thing came about. */
  readonly seen: Map<string, number>;
  readonly findings: Finding[];
}

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    cases: { type: 'string', default: '1000000000' },
    first: { type: 'string', default: '0' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    kind: { type: 'string', multiple: true },
  },
});
const [minutes, most, start, seed] = [values.minutes, values.cases, values.first, values.seed].map(numberFrom) as [
  number,
  number,
  number,
  number,
];
const kinds = KINDS.filter((kind) => values.kind === undefined || values.kind.includes(kind));
if (kinds.length < (values.kind?.length ?? 1)) fail(`--kind is one of ${KINDS.join(', ')}`);

console.log(`seed ${seed}, ${minutes} minutes for ${kinds.join(', ')}`);
const tallies: Tally[] = [];
for (const kind of kinds) {
  const tally = await fuzz(kind, Date.now() + (minutes * 60_000) / kinds.length);
  tallies.push(tally);
  console.log(lineOf(tally));
}
if (tallies.some(({ findings }) => findings.length > 0)) process.exitCode = 1;

async function fuzz(kind: Kind, until: number): Promise<Tally> {
  const tally: Tally = {
    kind,
    cases: 0,
    seconds: 0,
    slowest: { number: 0, ms: 0 },
    peakMb: 0,
    seen: new Map(),
    findings: [],
  };
  const begun = performance.now();
  let first = start;
  while (first < start + most && Date.now() < until) {
    first = await watch({ kind, seed, first, until, most: start + most - first }, tally);
  }
  tally.seconds = (performance.now() - begun) / 1000;
  return tally;
}

/** @returns the case to go on with: behind the one that a worker came to, or did not survive */
function watch(order: Order, tally: Tally): Promise<number> {
  const worker = fork(WORKER, {
    execArgv: ['--import', 'tsx', `--max-old-space-size=${MOST_HEAP_MB}`],
    serialization: 'advanced',
  });
  let current: { readonly number: number; readonly input: unknown } = { number: order.first, input: undefined };
  let missed: NodeJS.Timeout | undefined;
  let next: number | undefined;
  return new Promise((resolve) => {
    const miss = () => {
      clearTimeout(missed);
      missed = setTimeout(() => worker.kill('SIGKILL'), MISSED_MS);
    };
    worker.on('message', (news: News) => {
      miss();
      if (news.news === 'begun') current = news;
      if (news.news === 'over') next = news.next;
      if (news.news === 'ended') count(tally, news);
    });
    worker.once('exit', (_, signal) => {
      clearTimeout(missed);
      if (next !== undefined) return resolve(next);
      const why = signal === 'SIGKILL' ? `hangs: no end after ${MISSED_MS} ms` : `ends the process${exitOf(worker)}`;
      note(tally, current.number, { input: current.input, problems: [why] });
      resolve(current.number + 1);
    });
    miss();
    worker.send(order);
  });
}

function exitOf({ exitCode, signalCode }: ChildProcess): string {
  return ` with ${signalCode ?? exitCode} (out of memory?)`;
}

function count(tally: Tally, { number, ms, peakMb, played }: Extract<News, { news: 'ended' }>): void {
  const { finding, seen } = played;
  tally.cases += 1;
  for (const what of seen) tally.seen.set(what, (tally.seen.get(what) ?? 0) + 1);
  tally.peakMb = Math.max(tally.peakMb, peakMb);
  // With the runs that made it smaller, the time of a finding says nothing.
  if (finding !== undefined) note(tally, number, finding);
  else if (ms > tally.slowest.ms) tally.slowest = { number, ms };
}

function note(tally: Tally, number: number, finding: Finding): void {
  const [problem = ''] = finding.problems;
  const isNew = !tally.findings.some(({ problems }) => problems[0] === problem);
  tally.findings.push(finding);
  if (!isNew) return;
  console.log(`${tally.kind}, case ${number}: ${finding.problems.join('\n  ')}\n  ${keepFixture(tally.kind, finding)}`);
}

function lineOf({ kind, cases, seconds, slowest, peakMb, seen, findings }: Tally): string {
  const rate = `${(cases / seconds).toFixed(0)} a second`;
  const worst = `slowest ${(slowest.ms / 1000).toFixed(1)} s (case ${slowest.number}), peak ${peakMb.toFixed(0)} MB`;
  const kinds = [...seen].sort(([one], [other]) => (one < other ? -1 : 1)).map(([what, times]) => `${what}: ${times}`);
  const line = `${kind}: ${cases} cases in ${seconds.toFixed(0)} s (${rate}), ${worst}, ${findings.length} failed`;
  return `${line}\n  ${kinds.join(', ')}`;
}

function numberFrom(text: string): number {
  const number = Number(text);
  return Number.isFinite(number) && number >= 0 ? number : fail(`${text} is no number`);
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
