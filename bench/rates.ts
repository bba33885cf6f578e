/** Under Zoom's limits, which the sandbox enforces: how much of the rate is used, alone and beside another client. */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { groupPolicy, inFolder, ONE_DOCUMENT, write } from './policies.ts';
import { apiRequests, type Environment, type SandboxProcess, time } from './processes.ts';
import type { Logged } from './sandbox.ts';
import { atLeast, atMost, type Goal, type Part, percent, plain, table } from './tables.ts';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
/** MEDIUM requests a second on a business account. */
const LIMIT = 60;
const OTHERS = LIMIT / 2;

interface Case {
  readonly what: string;
  readonly groups: number;
  readonly flags: readonly string[];
  /** Requests a second of a client that asks evenly and heeds nothing. */
  readonly others: number;
  /** Requests a second that are left for the run. */
  readonly allowed: number;
  readonly goals: (row: Row) => readonly Goal[];
}

interface Row {
  readonly what: string;
  readonly requests: number;
  readonly rate: number;
  /** Of the rate that the other client leaves, or that the run may take. */
  readonly used: number;
  readonly refused: number;
}

const CASES: readonly Case[] = [
  {
    what: 'alone',
    groups: 5000,
    flags: [],
    others: 0,
    allowed: LIMIT,
    goals: ({ used, refused }) => [
      atLeast('alone: used of the allowed rate', used, 0.95, percent),
      atMost('alone: responses 429', refused, 0, plain, true),
    ],
  },
  {
    what: 'another client takes half',
    groups: 3000,
    flags: [],
    others: OTHERS,
    allowed: LIMIT - OTHERS,
    goals: ({ requests, refused }) => [
      atMost('another client takes half: 429 of the requests', refused / requests, 0.01, percent, true),
    ],
  },
  {
    what: 'the same, with --rate-share 50%',
    groups: 1000,
    flags: ['--rate-share', '50%'],
    others: OTHERS - 1,
    allowed: LIMIT / 2,
    goals: ({ used, refused }) => [
      atLeast('--rate-share 50%: used of the half', used, 0.95, percent),
      atMost('--rate-share 50%: responses 429', refused, 0, plain, true),
    ],
  },
];

export async function rates(sandbox: SandboxProcess): Promise<Part> {
  return inFolder(async (folder) => {
    const policy = write(join(folder, 'groups.yaml'), groupPolicy('Group *'));
    const rows: { row: Row; goals: readonly Goal[] }[] = [];
    for (const entry of CASES) {
      const row = await rowOf(entry, policy, sandbox);
      rows.push({ row, goals: entry.goals(row) });
    }
    return {
      title: `a plan on a business account, ${LIMIT} MEDIUM requests a second, which the sandbox enforces in a sliding second`,
      tables: [
        table([
          ['run', 'requests', 'a second', 'used of what is left', '429', ''],
          ...rows.map(({ row: { what, requests, rate, used, refused } }) => [
            what,
            plain(requests),
            rate.toFixed(1),
            percent(used),
            plain(refused),
            percent(refused / requests),
          ]),
        ]),
      ],
      goals: rows.flatMap(({ goals }) => goals),
    };
  });
}

async function rowOf(
  { what, groups, flags, others, allowed }: Case,
  policy: string,
  sandbox: SandboxProcess,
): Promise<Row> {
  const env = await sandbox.start({ groups, ratePlan: 'business', done: ONE_DOCUMENT });
  const stop = new AbortController();
  const other = others === 0 ? undefined : keepAsking(env, others, stop.signal);
  await time([CLI, 'plan', policy, '--rate-plan', 'business', ...flags], { env });
  stop.abort();
  await other;
  const own = apiRequests(await sandbox.log()).filter(({ query }) => query['page_size'] !== OTHER_PAGE);
  const answered = own.filter(({ status }) => status !== 429);
  const rate = rateOf(answered);
  return { what, requests: own.length, rate, used: rate / allowed, refused: own.length - answered.length };
}

function rateOf(answered: readonly Logged[]): number {
  const milliseconds = (answered.at(-1)?.at ?? 0) - (answered[0]?.at ?? 0);
  return ((answered.length - 1) * 1000) / milliseconds;
}

/** By which its requests are known in the log. */
const OTHER_PAGE = '7';

async function keepAsking(env: Environment, perSecond: number, signal: AbortSignal): Promise<void> {
  const token = await tokenOf(env);
  const started = performance.now();
  const under: Promise<unknown>[] = [];
  for (let sent = 0; !signal.aborted; sent += 1) {
    const late = started + (sent * 1000) / perSecond - performance.now();
    if (late > 0) await pause(late, undefined, { signal }).catch(() => undefined);
    const url = `${env['ZOOM_API_URL']}/groups?page_size=${OTHER_PAGE}`;
    const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
    under.push(fetch(url, { headers }).then((answer) => answer.arrayBuffer()));
  }
  await Promise.allSettled(under);
}

async function tokenOf(env: Environment): Promise<string> {
  const { ZOOM_OAUTH_URL = '', ZOOM_ACCOUNT_ID = '', ZOOM_CLIENT_ID, ZOOM_CLIENT_SECRET } = env;
  const answer = await fetch(ZOOM_OAUTH_URL, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${ZOOM_CLIENT_ID}:${ZOOM_CLIENT_SECRET}`)}` },
    body: new URLSearchParams({ grant_type: 'account_credentials', account_id: ZOOM_ACCOUNT_ID }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}
