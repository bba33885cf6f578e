/** Plans of big organisations: time to the same GETs by bare clients, peak memory, and requests to the fewest possible. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  FOUR_DOCUMENTS,
  fourDocumentPolicy,
  groupName,
  groupPolicy,
  inFolder,
  ONE_DOCUMENT,
  PAGE,
  USER_DOCUMENT,
  userPolicies,
  write,
} from './policies.ts';
import { apiRequests, inTurns, least, type Measure, measure, type SandboxProcess } from './processes.ts';
import type { SandboxWish } from './sandbox.ts';
import { atMost, type Goal, megabytes, type Part, plain, seconds, table, times } from './tables.ts';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const BASELINE = fileURLToPath(new URL('./baseline.mjs', import.meta.url));
const CONCURRENCY = 20;

interface Case {
  readonly what: string;
  readonly runs: number;
  readonly wish: SandboxWish;
  readonly policy: (folder: string) => string;
  readonly work: {
    readonly list: 'groups' | 'users';
    readonly documents: readonly string[];
    readonly account: readonly string[];
  };
}

const ACCOUNT_LOCKS = '/accounts/me/lock_settings';

/** Zoom is never nearer. With a server that answers at once the times tell of CPUs alone, and are shown without a goal. */
const AWAY_MS = 20;

function named(what: string, latencyMs: number): string {
  return latencyMs === 0 ? what : `${what}, ${latencyMs} ms away`;
}

function groups(count: number, latencyMs: number, runs: number): Case {
  return {
    what: named(`${count} groups x 1`, latencyMs),
    runs,
    wish: { groups: count, latencyMs, done: ONE_DOCUMENT },
    policy: (folder) => write(join(folder, 'groups.yaml'), groupPolicy('Group *')),
    work: { list: 'groups', documents: ['settings'], account: [ACCOUNT_LOCKS] },
  };
}

function groupsOfFour(count: number, latencyMs: number): Case {
  const documents = [
    'settings',
    'settings?option=meeting_security',
    'settings?option=meeting_authentication',
    'lock_settings',
  ];
  return {
    what: named(`${count} groups x 4`, latencyMs),
    runs: 1,
    wish: { groups: count, latencyMs, done: FOUR_DOCUMENTS },
    policy: (folder) => write(join(folder, 'four.yaml'), fourDocumentPolicy('Group *')),
    work: { list: 'groups', documents, account: [ACCOUNT_LOCKS, `${ACCOUNT_LOCKS}?option=meeting_security`] },
  };
}

function users(count: number, latencyMs: number): Case {
  return {
    what: named(`${count} users x 1`, latencyMs),
    runs: 1,
    wish: { users: count, latencyMs, done: USER_DOCUMENT },
    policy: (folder) => userPolicies(join(folder, 'users'), count),
    work: { list: 'users', documents: ['settings'], account: [ACCOUNT_LOCKS] },
  };
}

/** A file for each group. */
function groupsOfFiles(count: number, latencyMs: number): Case {
  return {
    ...groups(count, latencyMs, 2),
    what: named(`${count} groups in ${count} files`, latencyMs),
    policy: (folder) => {
      for (let number = 1; number <= count; number += 1)
        write(join(folder, 'files', `${number}.yaml`), groupPolicy(groupName(number)));
      return join(folder, 'files');
    },
  };
}

const CASES = [
  groups(500, 0, 3),
  groups(5000, 0, 3),
  groups(5000, AWAY_MS, 2),
  groupsOfFour(5000, AWAY_MS),
  users(20_000, AWAY_MS),
  groupsOfFiles(1000, AWAY_MS),
];

interface Row extends Case {
  readonly targets: number;
  readonly requests: number;
  readonly minimum: number;
  readonly lockstep: Measure;
  readonly got: Measure;
  readonly undici: Measure;
}

export async function scale(sandbox: SandboxProcess): Promise<Part> {
  return inFolder(async (folder) => {
    // The first, which nobody sees, is for the sandbox: its code is slow until it has run for a while.
    await rowOf(groups(500, 0, 1), folder, sandbox);
    const rows: Row[] = [];
    for (const entry of CASES) rows.push(await rowOf(entry, folder, sandbox));
    return { title: title(), tables: [rowTable(rows), slope(rows)], goals: rows.flatMap(goalsOf) };
  });
}

function title(): string {
  return `plans against a sandbox on this machine, ${CONCURRENCY} requests at once, every second target to be changed`;
}

async function rowOf(entry: Case, folder: string, sandbox: SandboxProcess): Promise<Row> {
  const { wish, work, runs } = entry;
  const env = await sandbox.start(wish);
  const policy = entry.policy(folder);
  const requests: number[] = [];
  const bare = (client: string) => measure([BASELINE, client, String(CONCURRENCY), JSON.stringify(work)], env);
  const measures = await inTurns(runs, {
    lockstep: async () => {
      await sandbox.log();
      const args = [CLI, 'plan', policy, '--rate-plan', 'none', '--concurrency', String(CONCURRENCY)];
      const measured = await measure(args, env);
      requests.push(apiRequests(await sandbox.log()).length);
      return measured;
    },
    got: () => bare('got'),
    undici: () => bare('undici'),
  });
  const targets = wish.groups ?? wish.users ?? 0;
  const pages = Math.ceil(targets / PAGE[work.list]);
  return {
    ...entry,
    targets,
    requests: Math.max(...requests),
    minimum: pages + targets * work.documents.length + work.account.length,
    lockstep: least(measures.lockstep),
    got: least(measures.got),
    undici: least(measures.undici),
  };
}

function rowTable(rows: readonly Row[]): string {
  return table([
    [
      'plan',
      'requests',
      'fewest',
      'peak RSS',
      'time',
      'cpu',
      'bare got',
      'ratio',
      'cpu',
      'bare undici',
      'ratio',
      'cpu',
    ],
    ...rows.map(({ what, requests, minimum, lockstep, got, undici }) => [
      what,
      plain(requests),
      plain(minimum),
      megabytes(lockstep.peakKb),
      seconds(lockstep.ms),
      seconds(lockstep.cpuMs),
      ...[got, undici].flatMap((bare) => [
        seconds(bare.ms),
        times(lockstep.ms / bare.ms),
        times(lockstep.cpuMs / bare.cpuMs),
      ]),
    ]),
  ]);
}

function goalsOf({ what, wish, requests, minimum, lockstep, got, undici }: Row): Goal[] {
  const toBareClients = [
    atMost(`${what}: time to bare got`, lockstep.ms / got.ms, 1.3, times),
    atMost(`${what}: time to bare undici`, lockstep.ms / undici.ms, 2, times),
  ];
  return [
    {
      what: `${what}: requests`,
      goal: plain(minimum),
      measured: plain(requests),
      met: requests === minimum,
      binding: true,
    },
    ...(wish.latencyMs === 0 ? [] : toBareClients),
    atMost(`${what}: peak RSS`, lockstep.peakKb, 200 * 1024, megabytes),
  ];
}

/** What one more group costs. */
function slope(rows: readonly Row[]): string {
  const [few, many] = rows;
  if (few === undefined || many === undefined) return '';
  const more = many.targets - few.targets;
  const ms = (many.lockstep.ms - few.lockstep.ms) / more;
  const kb = (many.lockstep.peakKb - few.lockstep.peakKb) / more;
  return `From ${few.what} to ${many.what}: ${ms.toFixed(2)} ms and ${kb.toFixed(1)} kB a group`;
}
