/**
 * Requests, counted three ways: those that the sandbox saw, those that the JSON report tells with the fewest it tells, and the
 * fewest that there can be, worked out here from the numbers of targets and documents alone. All must be the same, but for the
 * one request for the account's name, which is sent and is not among the fewest.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  FOUR_DOCUMENTS,
  fourDocumentPolicy,
  groupPolicy,
  inFolder,
  ONE_DOCUMENT,
  PAGE,
  USER_DOCUMENT,
  userPolicy,
  write,
} from './policies.ts';
import { apiRequests, type SandboxProcess, time } from './processes.ts';
import type { SandboxWish } from './sandbox.ts';
import { type Goal, type Part, plain, table } from './tables.ts';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const COUNT = 600;
/** Every second target differs from its policy, in all of its documents. */
const CHANGED = COUNT / 2;

interface Case {
  readonly what: string;
  readonly wish: SandboxWish;
  readonly policy: string;
  readonly documents: number;
  /** Listings, and what is read above the targets: account locks. */
  readonly beside: number;
  /** Documents of a target whose values a lock freezes: each is looked at once more after the lock. */
  readonly frozen?: number;
}

const CASES: readonly Case[] = [
  {
    what: `${COUNT} groups x 1`,
    wish: { groups: COUNT, done: ONE_DOCUMENT },
    policy: groupPolicy('Group *'),
    documents: 1,
    beside: COUNT / PAGE.groups + 1,
  },
  {
    what: `${COUNT} groups x 4`,
    wish: { groups: COUNT, done: FOUR_DOCUMENTS },
    policy: fourDocumentPolicy('Group *'),
    documents: 4,
    frozen: 1,
    // Two documents of account locks: over the settings, and over those of the meeting security.
    beside: COUNT / PAGE.groups + 2,
  },
  {
    what: `${COUNT} users x 1`,
    wish: { users: COUNT, done: USER_DOCUMENT },
    policy: userPolicy(Array.from({ length: COUNT }, (_, index) => index + 1)),
    documents: 1,
    // One page tells the groups that the changed users are in.
    beside: Math.ceil(COUNT / PAGE.users) + 1,
  },
];

/** `GET /accounts/me`. */
const NAME = 1;

interface Row {
  readonly what: string;
  readonly sent: number;
  readonly made: number;
  readonly told: number;
  readonly fewest: number;
}

export async function requests(sandbox: SandboxProcess): Promise<Part> {
  const rows: Row[] = [];
  for (const entry of CASES) {
    const reads = COUNT * entry.documents + entry.beside;
    // Of each changed document a PATCH and a GET.
    const writes = CHANGED * (2 * entry.documents + (entry.frozen ?? 0));
    rows.push(await rowOf(entry, ['plan'], reads, sandbox));
    rows.push(await rowOf(entry, ['apply', '--auto-approve', '--max-targets', plain(COUNT)], reads + writes, sandbox));
  }
  return {
    title: 'requests: sent, told, and the fewest possible',
    tables: [
      table([
        ['run', 'sent', 'told', 'fewest told', 'fewest possible'],
        ...rows.map(({ what, ...counts }) => [
          what,
          ...[counts.sent, counts.made, counts.told, counts.fewest].map(plain),
        ]),
      ]),
    ],
    goals: rows.map(goalOf),
  };
}

async function rowOf(
  { what, wish, policy }: Case,
  command: readonly string[],
  fewest: number,
  sandbox: SandboxProcess,
): Promise<Row> {
  return inFolder(async (folder) => {
    const env = await sandbox.start(wish);
    const file = write(join(folder, 'policy.yaml'), policy);
    const report = join(folder, 'report.json');
    await time([CLI, ...command, file, '--rate-plan', 'none', '--report', `json=${report}`], { env, cwd: folder });
    const { requests: counted } = JSON.parse(readFileSync(report, 'utf8')) as {
      requests: { made: number; minimum: number };
    };
    const sent = apiRequests(await sandbox.log()).length;
    return { what: `${what}, ${command[0]}`, sent, made: counted.made, told: counted.minimum, fewest };
  });
}

function goalOf({ what, sent, made, told, fewest }: Row): Goal {
  const counts = [sent - NAME, made - NAME, told];
  return {
    what: `${what}: requests sent and told, without the one for the name, and the fewest told`,
    goal: plain(fewest),
    measured: counts.map(plain).join(', '),
    met: counts.every((count) => count === fewest),
    binding: true,
  };
}
