/**
 * This commit next to another one: `npm run bench -- against COMMIT`. Both are built, and run in turns in one run on the same
 * sandbox, next to the bare clients and an empty Node. The goals are ratios of that run.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withCommit } from './other-commit.ts';
import { groupPolicy, inFolder, ONE_DOCUMENT, USER_DOCUMENT, userPolicies, write } from './policies.ts';
import { inTurns, least, type Measure, measure, type SandboxProcess, time } from './processes.ts';
import { atMost, type Goal, megabytes, milliseconds, type Part, seconds, table, times } from './tables.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const CLI = at('../dist/cli.js');
const BASELINE = at('./baseline.mjs');
const CONCURRENCY = ['--rate-plan', 'none', '--concurrency', '20'];
const ACCOUNT_LOCKS = ['/accounts/me/lock_settings'];

/** Both commits and the baselines, by name. */
type Programs = Readonly<Record<'here' | 'other', string>>;

export async function against(sandbox: SandboxProcess, commit: string): Promise<Part> {
  return withCommit(commit, (other) =>
    inFolder(async (folder) => {
      const programs: Programs = { here: CLI, other };
      const parts = [
        await starts(programs, folder, sandbox),
        await largePlans(programs, folder, sandbox),
        await savedPlans(programs, folder, sandbox),
      ];
      return {
        title: `this commit against ${commit}, in turns`,
        tables: parts.flatMap(({ tables }) => tables),
        goals: parts.flatMap(({ goals }) => goals),
      };
    }),
  );
}

type Figures = Pick<Part, 'tables' | 'goals'>;

/** What a user waits for before anything is asked of Zoom. */
async function starts(programs: Programs, folder: string, sandbox: SandboxProcess): Promise<Figures> {
  const one = write(join(folder, 'one.yaml'), groupPolicy('Students'));
  const setting = write(
    join(folder, 'setting.yaml'),
    'version: 1\naccount:\n  settings: { in_meeting: { chat: true } }\n',
  );
  const many = join(folder, 'many');
  for (let number = 1; number <= 1000; number += 1) write(join(many, `${number}.yaml`), groupPolicy(`Group ${number}`));
  const env = await sandbox.start({});
  const validate = (cli: string) => () => time([cli, 'validate', one]);
  const plan = (cli: string) => () => time([cli, 'plan', setting, '--rate-plan', 'none'], { env });
  const files = (cli: string) => () => time([cli, 'validate', many]);
  const small = await inTurns(25, {
    node: () => time(['-e', '0']),
    validateHere: validate(programs.here),
    validateOther: validate(programs.other),
    planHere: plan(programs.here),
    planOther: plan(programs.other),
    got: () => time([BASELINE, 'got', '1', JSON.stringify({ list: 'groups', documents: ['settings'] })], { env }),
  });
  const large = await inTurns(5, {
    yaml: () => time([at('./yaml.mjs'), many]),
    here: files(programs.here),
    other: files(programs.other),
  });
  const node = Math.min(...small.node);
  const yaml = Math.min(...large.yaml);
  const rows = [
    { what: 'validate, 1 file', here: small.validateHere, other: small.validateOther, base: node },
    { what: 'plan of 1 setting', here: small.planHere, other: small.planOther, base: node },
    { what: 'validate, 1,000 files', here: large.here, other: large.other, base: yaml },
  ].map((row) => ({ ...row, here: Math.min(...row.here), other: Math.min(...row.other) }));
  const [one1, plan1, files1] = rows.map(({ here }) => here);
  return {
    tables: [
      table([
        ['start', 'here', 'other', 'baseline'],
        ...rows.map(({ what, here, other, base }) => [what, ...[here, other, base].map(milliseconds)]),
        ['  bare `got`, a token and a page of groups', milliseconds(Math.min(...small.got)), '', ''],
      ]),
    ],
    goals: [
      atMost('validate of 1 file, beyond `node -e 0`', (one1 ?? 0) - node, 55, milliseconds),
      atMost('plan of 1 setting, beyond `node -e 0`', (plan1 ?? 0) - node, 120, milliseconds),
      atMost('validate of 1,000 files, to `yaml` alone', (files1 ?? 0) / yaml, 1.5, times),
    ],
  };
}

interface Row {
  readonly what: string;
  readonly here: Measure;
  readonly other: Measure;
  readonly got: Measure;
}

async function largePlans(programs: Programs, folder: string, sandbox: SandboxProcess): Promise<Figures> {
  const groups: Row = {
    what: '5,000 groups, at once',
    ...(await compared(3, programs, {
      env: await sandbox.start({ groups: 5000, done: ONE_DOCUMENT }),
      policy: write(join(folder, 'groups.yaml'), groupPolicy('Group *')),
      work: { list: 'groups', documents: ['settings'], account: ACCOUNT_LOCKS },
    })),
  };
  const users: Row = {
    what: '20,000 users, 20 ms away',
    ...(await compared(2, programs, {
      env: await sandbox.start({ users: 20_000, latencyMs: 20, done: USER_DOCUMENT }),
      policy: userPolicies(join(folder, 'users'), 20_000),
      work: { list: 'users', documents: ['settings'], account: ACCOUNT_LOCKS },
    })),
  };
  return {
    tables: [measureTable('plan', [groups, users])],
    goals: [
      atMost(`CPU, ${groups.what}, to the other commit`, groups.here.cpuMs / groups.other.cpuMs, 0.65, times),
      atMost(`CPU, ${groups.what}, to bare got`, groups.here.cpuMs / groups.got.cpuMs, 1.25, times),
      atMost(`CPU, ${users.what}, to the other commit`, users.here.cpuMs / users.other.cpuMs, 0.55, times),
      atMost(`peak memory, ${users.what}, to the other commit`, users.here.peakKb / users.other.peakKb, 0.7, times),
      atMost(`time, ${users.what}, to bare got`, users.here.ms / users.got.ms, 1.15, times),
    ],
  };
}

async function compared(
  runs: number,
  programs: Programs,
  wish: { readonly env: Readonly<Record<string, string>>; readonly policy: string; readonly work: object },
): Promise<Omit<Row, 'what'>> {
  const plan = (cli: string) => () => measure([cli, 'plan', wish.policy, ...CONCURRENCY], wish.env);
  const bare = () => measure([BASELINE, 'got', '20', JSON.stringify(wish.work)], wish.env);
  // One run that nobody sees: the sandbox is slow until its code has run for a while.
  await bare();
  const measures = await inTurns(runs, { here: plan(programs.here), other: plan(programs.other), got: bare });
  return { here: least(measures.here), other: least(measures.other), got: least(measures.got) };
}

/** 100,000 changes, written by `plan --out` and read by an `apply` that `--expect` refuses before anything is sent. */
async function savedPlans(programs: Programs, folder: string, sandbox: SandboxProcess): Promise<Figures> {
  const env = await sandbox.start({ groups: 25_000 });
  const policy = write(join(folder, 'all.yaml'), groupPolicy('Group *'));
  const both = async (name: keyof Programs) => {
    const file = join(folder, `${name}.plan`);
    const cli = programs[name];
    const written = await measure([cli, 'plan', policy, '--out', file, ...CONCURRENCY], env);
    const read = await measure([cli, 'apply', '--plan', file, '--expect', '0'.repeat(64), ...CONCURRENCY], env, 3);
    const parsed = await measure([at('./parse.mjs'), file]);
    return { written, read, parsed };
  };
  const here = await both('here');
  const other = await both('other');
  const most = Math.max(here.written.peakKb, here.read.peakKb);
  const goal: Goal = {
    what: 'peak memory of a saved plan of 100,000 changes, written and read',
    goal: `at most 1.10x of JSON.parse of the file (${megabytes(here.parsed.peakKb * 1.1)}), or 250 MB`,
    measured: megabytes(most),
    met: most <= Math.max(here.parsed.peakKb * 1.1, 250 * 1024),
    binding: false,
  };
  return {
    tables: [
      measureTable(
        'saved plan',
        (['written', 'read'] as const).map((what) => ({
          what,
          here: here[what],
          other: other[what],
          got: here.parsed,
        })),
        'JSON.parse',
      ),
    ],
    goals: [goal],
  };
}

function measureTable(title: string, rows: readonly Row[], baseline = 'bare got'): string {
  const names = ['here', 'other', baseline];
  return table([
    [title, ...names.flatMap((name) => [`${name}: time`, 'cpu', 'peak'])],
    ...rows.map(({ what, here, other, got }) => [
      what,
      ...[here, other, got].flatMap(({ ms, cpuMs, peakKb }) => [seconds(ms), seconds(cpuMs), megabytes(peakKb)]),
    ]),
  ]);
}
