/**
 * What lockstep costs, each figure as a ratio to a baseline of the same run, all of whole processes of the built command
 * line. `npm run bench`, or `npm run -s bench -- --json`. Exits with 1 when a plan asks Zoom for more than it must.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inTurns, type Measure, measure, median, startSandboxProcess, time } from './bench/processes.ts';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const BASELINE = fileURLToPath(new URL('./bench/baseline.mjs', import.meta.url));
const YAML = fileURLToPath(new URL('./bench/yaml.mjs', import.meta.url));

const CONCURRENCY = 20;
const PAGE = 300;
const PLANS = [
  { groups: 50, latencyMs: 0, runs: 3 },
  { groups: 500, latencyMs: 0, runs: 3 },
  { groups: 5000, latencyMs: 0, runs: 2 },
  { groups: 500, latencyMs: 20, runs: 3 },
  { groups: 5000, latencyMs: 20, runs: 2 },
];
const STARTS = 15;
const FILES = 1000;

/** All of one document, and off in the sandbox; every second group has them on already. */
const SETTINGS = {
  schedule_meeting: { host_video: true, participant_video: true },
  in_meeting: { chat: true, annotation: true },
};

interface PlanRow {
  readonly groups: number;
  readonly latencyMs: number;
  readonly requests: number;
  readonly minimum: number;
  readonly lockstep: Measure;
  readonly got: Measure;
  readonly http: Measure;
}

interface StartRow {
  readonly what: string;
  readonly ms: number;
  readonly baseline: string;
  readonly baselineMs: number;
}

const folder = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));
const sandbox = startSandboxProcess();
try {
  const plans = await benchPlans();
  const starts = await benchStarts();
  const json = { node: process.version, cpus: availableParallelism(), concurrency: CONCURRENCY, plans, starts };
  console.log(process.argv.includes('--json') ? JSON.stringify(json, undefined, 2) : report(plans, starts));
  if (plans.some(({ requests, minimum }) => requests !== minimum)) process.exitCode = 1;
} finally {
  sandbox.stop();
  rmSync(folder, { recursive: true });
}

async function benchPlans(): Promise<PlanRow[]> {
  const policy = writePolicy('plan.yaml', 'Group *');
  const rows: PlanRow[] = [];
  // The first, which nobody sees, is for the sandbox: its code is slow until it has run for a while.
  for (const { groups, latencyMs, runs } of [{ groups: PAGE, latencyMs: 0, runs: 1 }, ...PLANS]) {
    const env = await sandbox.start({ groups, latencyMs, settings: SETTINGS });
    const requests: number[] = [];
    const measures = await inTurns(runs, {
      lockstep: async () => {
        const measured = await measure(
          [CLI, 'plan', policy, '--rate-plan', 'none', '--concurrency', String(CONCURRENCY)],
          env,
        );
        // The token request is Zoom's login, of no rate class.
        requests.push((await sandbox.requests()).filter((line) => !line.startsWith('POST /oauth/token')).length);
        return measured;
      },
      got: () => measure([BASELINE, 'got', String(CONCURRENCY)], env),
      http: () => measure([BASELINE, 'http', String(CONCURRENCY)], env).finally(() => sandbox.requests()),
    });
    rows.push({
      groups,
      latencyMs,
      requests: Math.max(...requests),
      minimum: Math.ceil(groups / PAGE) + groups + 1,
      lockstep: medians(measures.lockstep),
      got: medians(measures.got),
      http: medians(measures.http),
    });
  }
  return rows.slice(1);
}

async function benchStarts(): Promise<StartRow[]> {
  const policy = writePolicy('small.yaml', 'Students');
  const many = join(folder, 'many');
  for (let number = 1; number <= FILES; number += 1) writePolicy(`many/${number}.yaml`, `Group ${number}`);
  const small = await inTurns(STARTS, {
    'node -e 0': () => time(['-e', '0']),
    'lockstep --version': () => time([CLI, '--version']),
    'lockstep --help': () => time([CLI, '--help']),
    'lockstep validate, 1 file': () => time([CLI, 'validate', policy]),
  });
  const large = await inTurns(3, {
    'yaml alone': () => time([YAML, many]),
    [`lockstep validate, ${FILES} files`]: () => time([CLI, 'validate', many]),
  });
  return [small, large].flatMap((results) => {
    const [[baseline, of], ...others] = Object.entries(results) as [[string, number[]], ...[string, number[]][]];
    const baselineMs = median(of);
    return others.map(([what, times]) => ({ what, ms: median(times), baseline, baselineMs }));
  });
}

function writePolicy(name: string, group: string): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  const sections = Object.entries(SETTINGS).map(([section, values]) => {
    const lines = Object.entries(values).map(([key, value]) => `        ${key}: ${value}\n`);
    return `      ${section}:\n${lines.join('')}`;
  });
  writeFileSync(file, `version: 1\ngroups:\n  "${group}":\n    settings:\n${sections.join('')}`);
  return file;
}

function medians(measures: readonly Measure[]): Measure {
  const of = (key: keyof Measure) => median(measures.map((measured) => measured[key]));
  return { ms: of('ms'), cpuMs: of('cpuMs'), peakKb: of('peakKb') };
}

function report(plans: readonly PlanRow[], starts: readonly StartRow[]): string {
  const planTable = table([
    [
      ...['plan', 'latency', 'requests', 'minimum', 'peak RSS', 'time', 'cpu'],
      ...['bare got', 'ratio', 'cpu ratio', 'bare http', 'ratio', 'cpu ratio'],
    ],
    ...plans.map(({ groups, latencyMs, requests, minimum, lockstep, got, http }) => [
      `${groups} groups`,
      `${latencyMs} ms`,
      String(requests),
      requests === minimum ? String(minimum) : `${minimum} FAILED`,
      `${Math.round(lockstep.peakKb / 1024)} MB`,
      seconds(lockstep.ms),
      seconds(lockstep.cpuMs),
      ...[got, http].flatMap((bare) => [
        seconds(bare.ms),
        ratio(lockstep.ms, bare.ms),
        ratio(lockstep.cpuMs, bare.cpuMs),
      ]),
    ]),
  ]);
  const startTable = table([
    ['start', 'time', 'baseline', 'time', 'ratio'],
    ...starts.map(({ what, ms, baseline, baselineMs }) => [
      what,
      `${ms.toFixed(0)} ms`,
      baseline,
      `${baselineMs.toFixed(0)} ms`,
      ratio(ms, baselineMs),
    ]),
  ]);
  const machine = `node ${process.version}, ${availableParallelism()} cores, ${CONCURRENCY} requests at once, medians`;
  return `${planTable}\n${slope(plans)}\n\n${startTable}\n\n${machine}`;
}

/** What one more group costs; the same from 50 to 500 as from 500 to 5,000 when time and memory are linear. */
function slope(plans: readonly PlanRow[]): string {
  const atOnce = plans.filter(({ latencyMs }) => latencyMs === 0);
  return atOnce
    .slice(1)
    .map((row, index) => {
      const before = atOnce[index] ?? row;
      const more = row.groups - before.groups;
      const ms = (row.lockstep.ms - before.lockstep.ms) / more;
      const kb = (row.lockstep.peakKb - before.lockstep.peakKb) / more;
      return `From ${before.groups} to ${row.groups} groups: ${ms.toFixed(2)} ms and ${kb.toFixed(1)} kB a group`;
    })
    .join('\n');
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function ratio(value: number, baseline: number): string {
  return `${(value / baseline).toFixed(2)}x`;
}

/** The first column to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row.map((cell, at) => (at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
    )
    .join('\n');
}
