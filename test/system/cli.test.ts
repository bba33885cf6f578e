/** The built command line against the sandbox: flags, streams, files, exit codes and signals, as a shell sees them. */
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { COMMANDS } from '../../src/commands/index.ts';
import { VERSION } from '../../src/model/version.ts';
import { type Sandbox, type SandboxOptions, startSandbox, universityState } from '../../src/sandbox/index.ts';
import { type Ended, lockstep, start, withFiles } from '../helpers/built.ts';

const UNIVERSITY = join(import.meta.dirname, '../../examples/university');
const HERE = { cwd: UNIVERSITY };
const WITHOUT_LIMIT = ['--rate-plan', 'none'];

/** Requests that change something, by the sandbox's own account. */
const patches = (sandbox: Sandbox) => sandbox.log().filter(({ method }) => method === 'PATCH');

/** Example University with an app that was given these scopes only. */
function stateWithScopes(...scopes: string[]) {
  const state = universityState();
  return { ...state, credentials: { ...state.credentials, scopes } };
}

/** One document, whole, and nothing beside it. */
function documentOf({ stdout }: Ended): Record<string, unknown> {
  expect(stdout.endsWith('}\n')).toBe(true);
  return JSON.parse(stdout) as Record<string, unknown>;
}

function expectNoTrace({ stderr }: Ended): void {
  expect(stderr).not.toMatch(/^\s+at |node:internal|\bundefined\b/m);
}

describe.concurrent('words', () => {
  it('tells the version of package.json', async () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
    expect(VERSION).toBe(version);
    expect(await lockstep(['--version'], HERE)).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it.each(COMMANDS)('$name --help tells every flag', async ({ name, description, flags }) => {
    const { code, stdout, stderr } = await lockstep([name, '--help'], HERE);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const words of [`Usage: lockstep ${name}`, description, ...flags.map((flag) => flag.flags)]) {
      expect(stdout).toContain(words);
    }
  });

  it.each<[what: string, argv: string[], hint: string]>([
    ['no command', [], 'Commands:'],
    ['an unknown command', ['plam'], 'Did you mean plan?'],
    ['an unknown flag before the command', ['--bogus', 'plan'], 'lockstep --help lists the commands and flags'],
    ['an unknown flag', ['plan', '--taget', 'account'], 'Did you mean --target?'],
    ['a value that a flag does not take', ['plan', '--format', 'xml'], 'Allowed choices are text, json'],
    ['a number that is none', ['plan', '--concurrency', 'many'], 'Give a whole number'],
    ['a flag without its value', ['drift', '--account'], 'argument missing'],
    [
      'two flags that say the contrary',
      ['plan', '-q', '-v'],
      "'-q, --quiet' cannot be used with option '-v, --verbose'",
    ],
    ['the same the other way round', ['apply', '-v', '-q'], "'-q, --quiet' cannot be used with option '-v, --verbose'"],
    ['a report without a file', ['drift', 'policies', '--report', 'json'], 'formats are text, json'],
    ['an argument too many', ['export', 'policies'], 'too many arguments'],
    ['a policy that is not there', ['validate', 'polices'], 'polices:1:1: error: there is no such file or folder'],
  ])('%s is an error with a way out', async (_, argv, hint) => {
    const ended = await lockstep(argv, HERE);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain(hint);
    expectNoTrace(ended);
  });

  it('a folder without policies is an error', async () => {
    await withFiles({ 'notes.txt': 'version: 1\n' }, async (cwd) => {
      const ended = await lockstep(['validate', '.'], { cwd });
      expect(ended).toMatchObject({ code: 1, stdout: '' });
      expect(ended.stderr).toContain('there is no policy in this folder');
    });
  });

  it('a mistake in a policy is told with its line and a marker', async () => {
    const text = 'version: 1\naccount:\n  settings:\n    in_meeting:\n      file_transfre: false\n      chat: maybe\n';
    await withFiles({ 'p.yaml': text }, async (cwd) => {
      const ended = await lockstep(['validate', 'p.yaml'], { cwd });
      expect(ended).toMatchObject({ code: 1, stdout: '' });
      expect(ended.stderr).toMatch(
        /^p\.yaml:5:7: error: .*did you mean `in_meeting\.file_transfer`\?\n {6}file_transfre: false\n {6}\^\n/,
      );
      expect(ended.stderr).toMatch(
        /\np\.yaml:6:13: error: .*\n {6}chat: maybe\n {12}\^\n2 problems in the policies\n$/,
      );
    });
  });
});

describe.concurrent('reading', () => {
  let sandbox: Sandbox;
  let folder: string;
  const read = (...argv: string[]) => lockstep([...argv, ...WITHOUT_LIMIT], { cwd: UNIVERSITY, env: sandbox.env });

  beforeAll(async () => {
    sandbox = await startSandbox();
    folder = await mkdtemp(join(tmpdir(), 'lockstep-cli-'));
  });
  afterAll(async () => {
    const sent = patches(sandbox);
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
    expect(sent).toEqual([]);
  });

  it.each<[argv: string[], code: number, last: RegExp]>([
    [['plan', 'policies'], 0, /^Plan: \d+ to set, \d+ to lock, \d+ to unlock/m],
    [['plan', 'policies', '--detailed-exitcode'], 2, /^Fingerprint [0-9a-f]{64}@127\.0\.0\.1:\d+\/sandbox-account$/m],
    [['drift', 'policies'], 2, /^Drift: \d+ to set/m],
    [['export'], 0, /^account:$/m],
  ])('%j', async (argv, code, last) => {
    const ended = await read(...argv);
    expect(ended).toMatchObject({ code, stderr: '' });
    expect(ended.stdout).toMatch(last);
    expect(ended.stdout).not.toContain('\u001b');
  });

  it('validate needs neither Zoom nor credentials', async () => {
    const { code, stdout } = await lockstep(['validate'], HERE);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^Valid: 2 files, 5 targets/) });
  });

  it('what export writes plans empty', async () => {
    const { stdout } = await read('export', '-t', 'account', '-t', 'group:*', '-t', 'user:dean@example.edu');
    await withFiles({ 'all.yaml': stdout }, async (cwd) => {
      const argv = ['plan', 'all.yaml', '--detailed-exitcode', ...WITHOUT_LIMIT];
      const ended = await lockstep(argv, { cwd, env: sandbox.env });
      expect(ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/^No changes\./m) });
    });
  });

  it.each([
    ['plan', 0],
    ['drift', 2],
  ])('%s --format json is one document that knows its exit code', async (command, code) => {
    const ended = await read(command, 'policies', '--format', 'json');
    expect(ended).toMatchObject({ code, stderr: '' });
    expect(documentOf(ended)).toMatchObject({
      kind: command,
      exitCode: code,
      formatVersion: 2,
      account: { id: 'sandbox-account', name: 'Example University' },
    });
  });

  it('validate --format json is one document, of mistakes too', async () => {
    const good = await lockstep(['validate', '--format', 'json'], HERE);
    expect({ code: good.code, ...documentOf(good) }).toMatchObject({ code: 0, valid: true });
    await withFiles({ 'p.yaml': 'version: 2\n' }, async (cwd) => {
      const bad = await lockstep(['validate', 'p.yaml', '--format', 'json'], { cwd });
      const problems = [expect.objectContaining({ file: 'p.yaml', line: 1, severity: 'error' })];
      expect({ code: bad.code, ...documentOf(bad) }).toEqual({ code: 1, valid: false, problems });
    });
  });

  it('--report writes files beside the result, in their own formats', async () => {
    const [json, text] = [join(folder, 'drift.json'), join(folder, 'drift.txt')];
    const ended = await read('drift', 'policies', '--report', `json=${json}`, '--report', `text=${text}`);
    expect(ended).toMatchObject({ code: 2, stderr: '' });
    expect(await readFile(text, 'utf8')).toBe(ended.stdout);
    expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject({ kind: 'drift', exitCode: 2 });
  });

  it('--out writes the plan for its owner only', async () => {
    const out = join(folder, 'plan.json');
    const ended = await read('plan', 'policies', '--out', out, '--format', 'json');
    const { fingerprint } = documentOf(ended);
    const [head = ''] = (await readFile(out, 'utf8')).split('\n');
    expect(JSON.parse(head)).toMatchObject({ formatVersion: 3, account: { id: 'sandbox-account' }, fingerprint });
    expect((await stat(out)).mode & 0o777).toBe(0o600);
  });

  it('a file that cannot be written is an error', async () => {
    const ended = await read('plan', 'policies', '--out', join(folder, 'nowhere', 'plan.json'));
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(/cannot be written: .*\(ENOENT\)/) });
  });

  it.each<[targets: string[], labels: string[], paths: RegExp]>([
    [['account'], ['account'], /./],
    [['group:Staff *'], ['group:Staff Guests', 'group:Staff – Registrar'], /./],
    [['user:*@example.edu'], ['user:dean@example.edu'], /./],
    [['in_meeting.private_chat'], ['account', 'group:Students'], /^in_meeting\.private_chat$/],
    [['recording'], ['account', 'group:Staff – Registrar', 'user:dean@example.edu'], /^recording\./],
    [['group:*', '*.annotation'], ['group:Staff Guests', 'group:Staff – Registrar'], /^in_meeting\.annotation$/],
  ])('--target %j takes just that', async (targets, labels, paths) => {
    const ended = await read('plan', 'policies', '--format', 'json', ...targets.flatMap((target) => ['-t', target]));
    const { waves } = documentOf(ended) as { waves: { changes: { target: Named; path: string }[] }[][] };
    const changes = waves.flat().flatMap((step) => step.changes);
    expect([...new Set(changes.map(({ target }) => labelOf(target)))].sort()).toEqual(labels);
    expect(changes.filter(({ path }) => !paths.test(path))).toEqual([]);
  });

  it.each(['group:students', 'user:*@example.com', 'in_meting'])(
    '--target %s matches nothing, which is an error',
    async (target) => {
      const ended = await read('plan', 'policies', '--target', target);
      expect(ended).toMatchObject({ code: 1, stdout: '' });
      expect(ended.stderr).toContain(`--target ${target} matches nothing`);
    },
  );

  it('--env-file gives what the environment lacks, and no more', async () => {
    const wrong = { ...sandbox.env, ZOOM_CLIENT_SECRET: 'wrong' };
    const file = Object.entries(wrong).map(([name, value]) => `${name}=${value}\n`);
    await withFiles({ 'zoom.env': file.join('') }, async (cwd) => {
      const argv = ['plan', join(UNIVERSITY, 'policies'), '--env-file', 'zoom.env'];
      expect(await lockstep(argv, { cwd })).toMatchObject({ code: 5 });
      const env = { ZOOM_CLIENT_SECRET: sandbox.env.ZOOM_CLIENT_SECRET };
      expect(await lockstep(argv, { cwd, env })).toMatchObject({
        code: 0,
        stderr: 'warning: the exported variable ZOOM_CLIENT_SECRET is used, and not what --env-file zoom.env says\n',
      });
    });
  });

  it('--verbose tells requests on stderr, and counts them', async () => {
    const ended = await read('plan', 'policies', '--verbose', '--target', 'account');
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/^account$/m) });
    expect(ended.stderr).toMatch(/^GET \/accounts\/me\/settings$/m);
    // The light one is for the account's name.
    expect(ended.stderr).toMatch(/^\d+ requests to Zoom: 1 light, (\d+) medium, 0 heavy; the fewest possible: \1\n$/m);
  });

  it('a reader that leaves early is no error', async () => {
    const argv = ['export', '-t', 'account', '-t', 'group:*', '-t', 'user:*', ...WITHOUT_LIMIT];
    const { child, ended } = start(argv, { cwd: UNIVERSITY, env: sandbox.env });
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const { code, stdout, stderr } = await ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^# Example University \(sandbox-account\) at 127\.0\.0\.1:\d+\n# Written by /);
  });

  it.each<[what: string, command: string, change: Record<string, string>, says: string]>([
    ['no credentials', 'plan', { ZOOM_CLIENT_ID: '', ZOOM_CLIENT_SECRET: ' ' }, 'ZOOM_CLIENT_SECRET are not set'],
    ['a wrong secret', 'apply', { ZOOM_CLIENT_SECRET: 'canary' }, 'check ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET'],
    ['a wrong account', 'export', { ZOOM_ACCOUNT_ID: 'another' }, 'check ZOOM_ACCOUNT_ID'],
    ['a token that Zoom refuses', 'drift', { ZOOM_ACCESS_TOKEN: 'canary' }, 'expired or invalid'],
  ])('%s ends %s with 5', async (_, command, change, says) => {
    const policies = command === 'export' ? [] : [join(UNIVERSITY, 'policies')];
    const surroundings = { cwd: folder, env: { ...sandbox.env, ...change } };
    const ended = await lockstep([command, ...policies, ...WITHOUT_LIMIT], surroundings);
    expect(ended).toMatchObject({ code: 5, stdout: '' });
    expect(ended.stderr).toContain(says);
    expect(ended.stderr).not.toContain('canary');
    expectNoTrace(ended);
  });

  it('no network is told after a few tries', async () => {
    const port = await closedPort();
    const env = { ...sandbox.env, ZOOM_API_URL: `http://127.0.0.1:${port}/v2` };
    const ended = await lockstep(['plan', 'policies', ...WITHOUT_LIMIT], { cwd: UNIVERSITY, env });
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(/^error: no answer from 127\.0\.0\.1:\d+: .*ECONNREFUSED.* \(5 tries\)\n$/);
    expectNoTrace(ended);
  });
});

interface Named {
  readonly scope: string;
  readonly name?: string;
  readonly email?: string;
}

function labelOf({ scope, name, email }: Named): string {
  return scope === 'account' ? scope : `${scope}:${name ?? email}`;
}

/** A port of this machine where nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

interface Stage {
  readonly sandbox: Sandbox;
  /** A folder with `policies` in it, where a journal may be kept. */
  readonly cwd: string;
  readonly run: (...argv: string[]) => Promise<Ended>;
  readonly surroundings: { readonly cwd: string; readonly env: Sandbox['env'] };
}

/** A sandbox and a folder of its own for each story: applies from one folder keep each other out. */
async function onStage(
  policy: 'university' | { readonly text: string },
  options: SandboxOptions,
  play: (stage: Stage) => Promise<void>,
): Promise<void> {
  const cwd = await mkdtemp(join(tmpdir(), 'lockstep-cli-'));
  const sandbox = await startSandbox(options);
  try {
    const policies = join(cwd, 'policies');
    if (policy === 'university') await cp(join(UNIVERSITY, 'policies'), policies, { recursive: true });
    else {
      await mkdir(policies);
      await writeFile(join(policies, 'p.yaml'), policy.text);
    }
    const surroundings = { cwd, env: sandbox.env };
    const run = (...argv: string[]) => lockstep([...argv, ...WITHOUT_LIMIT], surroundings);
    await play({ sandbox, cwd, run, surroundings });
  } finally {
    await sandbox.close();
    await rm(cwd, { recursive: true, force: true });
  }
}

describe.concurrent('apply', () => {
  /** A group that is not there, and a change that can be made all the same. */
  const HALF_BLOCKED = `version: 1
account: { settings: { in_meeting: { file_transfer: !locked false } } }
groups: { Nobody: { settings: { in_meeting: { chat: false } } } }
`;

  it('makes Zoom match, and repairs what is changed by hand', async () => {
    await onStage('university', {}, async ({ sandbox, run }) => {
      const applied = await run('apply', '--auto-approve');
      expect(applied).toMatchObject({ code: 0, stderr: '' });
      expect(applied.stdout).toMatch(/^Applied (\d+) of \1: 0 ineffective, 0 failed, 0 not attempted, 0 remaining/m);
      expect(await run('plan', '--detailed-exitcode')).toMatchObject({ code: 0 });
      expect(await run('drift')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^No drift\./m) });

      sandbox.act({ target: 'account', document: 'settings', body: { in_meeting: { file_transfer: true } } });
      const drift = await run('drift');
      expect(drift.code).toBe(2);
      expect(drift.stdout).toMatch(/in_meeting\.file_transfer {2}Zoom has true, the policy wants false/);
      const before = patches(sandbox).length;
      expect(await run('apply', '--auto-approve')).toMatchObject({ code: 0 });
      expect(patches(sandbox).slice(before)).toMatchObject([{ body: { in_meeting: { file_transfer: false } } }]);
      expect(await run('apply')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^No changes\./m) });
    });
  });

  it('asks nobody where there is no terminal, and sends nothing', async () => {
    await onStage('university', {}, async ({ sandbox, run }) => {
      const text = await run('apply');
      expect(text).toMatchObject({ code: 3, stdout: expect.stringMatching(/^Plan: /m) });
      expect(text.stderr).toContain('--auto-approve');
      const json = await run('apply', '--format', 'json');
      expect({ code: json.code, ...documentOf(json) }).toMatchObject({ code: 3, kind: 'plan', exitCode: 3 });
      expect(patches(sandbox)).toEqual([]);
    });
  });

  it('refuses a plan with something blocked, unless it is allowed by name', async () => {
    await onStage({ text: HALF_BLOCKED }, {}, async ({ sandbox, run }) => {
      const refused = await run('apply', '--auto-approve');
      expect(refused).toMatchObject({ code: 3, stdout: expect.stringContaining('unmatched') });
      expect(refused.stderr).toContain('--allow-blocked');
      const json = await run('apply', '--auto-approve', '--format', 'json');
      expect(documentOf(json)).toMatchObject({ kind: 'plan', exitCode: 3, summary: { blocked: 0, unmatched: 1 } });
      expect(patches(sandbox)).toEqual([]);

      const allowed = await run('apply', '--auto-approve', '--allow-blocked');
      expect(allowed).toMatchObject({ code: 4, stdout: expect.stringMatching(/^Applied 2 of 2: .* 1 unmatched\.$/m) });
      expect(patches(sandbox)).toHaveLength(2);
    });
  });

  it('--format json is one document of what was done, and --report the same', async () => {
    await onStage({ text: HALF_BLOCKED }, {}, async ({ cwd, run }) => {
      const ended = await run('apply', '-y', '--allow-blocked', '--format', 'json', '--report', 'json=r.json');
      expect(ended).toMatchObject({ code: 4, stderr: '' });
      expect(documentOf(ended)).toMatchObject({ kind: 'result', exitCode: 4, interrupted: false, remaining: [] });
      expect(await readFile(join(cwd, 'r.json'), 'utf8')).toBe(ended.stdout);
    });
  });

  it('takes a saved plan as long as Zoom has not moved, and a run can be undone', async () => {
    await onStage('university', {}, async ({ sandbox, run, surroundings }) => {
      const before = sandbox.state();
      const saved = documentOf(await run('plan', '--out', 'plan.json', '--format', 'json'));
      expect(await run('apply', '-y', '--expect', 'another')).toMatchObject({ code: 3 });
      sandbox.act({ target: 'account', document: 'settings', body: { in_meeting: { file_transfer: false } } });
      const stale = await run('apply', '-y', '--plan', 'plan.json');
      expect(stale).toMatchObject({ code: 3, stderr: expect.stringContaining('account in_meeting.file_transfer') });
      expect(patches(sandbox)).toEqual([]);

      sandbox.reset(before);
      const argv = ['-y', '--plan', 'plan.json', '--expect', String(saved['fingerprint'])];
      expect(await run('apply', ...argv)).toMatchObject({ code: 0, stderr: '' });
      const { code, stdout } = await lockstep(['runs', '--format', 'json'], surroundings);
      const [{ id }] = JSON.parse(stdout) as [{ id: string }];
      expect({ code, runs: JSON.parse(stdout) }).toMatchObject({ code: 0, runs: [{ exitCode: 0, stepsLeft: 0 }] });
      expect(await run('rollback', id, '-y', '--allow-lossy')).toMatchObject({ code: 0, stderr: '' });
      expect(documentOf(await run('plan', '--format', 'json'))['waves']).toEqual(saved['waves']);
    });
  });

  it('--account works on a sub-account, and on nothing else', async () => {
    const text = `version: 1
account: { settings: { in_meeting: { file_transfer: !locked false } } }
groups: { Editors: { settings: { in_meeting: { remote_control: false } } } }
users: { editor@example.com: { settings: { schedule_meeting: { host_video: true } } } }
`;
    await onStage({ text }, {}, async ({ sandbox, run }) => {
      const press = ['--account', 'sandbox-press'];
      expect(await run('drift', ...press)).toMatchObject({ code: 2 });
      const applied = await run('apply', '--auto-approve', '--format', 'json', ...press);
      expect({ code: applied.code, ...documentOf(applied) }).toMatchObject({
        code: 0,
        account: { id: 'sandbox-press', via: { path: 'master', master: 'sandbox-account', namedBy: 'Zoom' } },
      });
      expect(await run('drift', ...press)).toMatchObject({ code: 0 });
      const { account, groups, users, subAccounts } = universityState();
      expect(sandbox.state()).toMatchObject({ account, groups, users });
      expect(sandbox.state().subAccounts).not.toEqual(subAccounts);
      expect([...new Set(patches(sandbox).map((entry) => entry.account))]).toEqual(['sandbox-press']);
      const nobody = await run('plan', '--account', 'nobody');
      expect(nobody).toMatchObject({ code: 1, stderr: expect.stringContaining('Account does not exist: nobody') });
    });
  });

  it('Ctrl-C in the middle: what is under way finishes, all is told, and a rerun goes on', async () => {
    await onStage('university', { latencyMs: 150 }, async ({ sandbox, run, surroundings }) => {
      const { child, ended } = start(['apply', '-y', '--format', 'json', ...WITHOUT_LIMIT], surroundings);
      await vi.waitFor(() => expect(patches(sandbox).length).toBeGreaterThan(2), { timeout: 20_000, interval: 5 });
      child.kill('SIGINT');
      const stopped = await ended;
      expect(stopped.code).toBe(130);
      expect(stopped.stderr).toContain('Stopping: requests in flight finish');
      expectNoTrace(stopped);
      const { summary, ...rest } = documentOf(stopped) as { summary: Record<string, number> };
      expect(rest).toMatchObject({ kind: 'result', exitCode: 130, interrupted: true });
      expect(summary).toMatchObject({ failed: 0, ineffective: 0 });
      expect(summary['applied']).toBeGreaterThan(0);
      expect(summary['notAttempted']).toBeGreaterThan(0);
      expect(patches(sandbox).filter(({ status }) => status === 0)).toEqual([]);

      expect(await run('apply', '-y')).toMatchObject({ code: 0 });
      expect(await run('drift')).toMatchObject({ code: 0 });
    });
  });
});

describe.concurrent('scopes', () => {
  const ORDINARY = [
    'account:read:settings:admin',
    'account:update:settings:admin',
    'account:update:lock_settings:admin',
    'group:read:list_groups:admin',
    'group:read:settings:admin',
    'group:update:settings:admin',
  ];
  const BELOW = { text: 'version: 1\ngroups: { Staff Guests: { settings: { in_meeting: { annotation: false } } } }\n' };
  const OWN = { text: 'version: 1\naccount: { lock_settings: { in_meeting: { file_transfer: true } } }\n' };

  it.each([
    ['a value below them', BELOW],
    ['one of them', OWN],
  ])('account locks that cannot be read block %s', async (_, policy) => {
    await onStage(policy, { state: stateWithScopes(...ORDINARY) }, async ({ sandbox, run }) => {
      const plan = await run('plan');
      expect(plan).toMatchObject({ code: 5, stdout: expect.stringContaining('unknown, no-access') });
      expect(await run('drift')).toMatchObject({ code: 5 });
      expect(await run('apply', '--auto-approve')).toMatchObject({ code: 3 });
      expect(patches(sandbox)).toEqual([]);
    });
  });

  it('--assume-unlocked sends what lies below them, and reads it back', async () => {
    await onStage(BELOW, { state: stateWithScopes(...ORDINARY) }, async ({ run }) => {
      const ended = await run('apply', '--assume-unlocked', '--auto-approve');
      expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('Applied 1 of 1') });
    });
  });

  it.each<[command: string, policy: { text: string }, granted: string, missing: string]>([
    ['plan', BELOW, 'account:read:settings:admin', 'group:read:list_groups:admin'],
    ['apply', OWN, 'account:read:lock_settings:master', 'account:update:lock_settings:admin'],
  ])(
    '%s ends with 5 and the name of a scope without which it cannot go on',
    async (command, policy, granted, missing) => {
      await onStage(policy, { state: stateWithScopes(granted) }, async ({ sandbox, run }) => {
        const ended = await run(command, ...(command === 'apply' ? ['--auto-approve'] : []));
        expect(ended).toMatchObject({ code: 5, stderr: expect.stringContaining(missing) });
        expect(patches(sandbox)).toEqual([]);
      });
    },
  );
});

describe('sandbox', () => {
  it('writes its variables for its owner only, answers, keeps its state and ends on a signal', async () => {
    await withFiles({}, async (cwd) => {
      const { child, ended } = start(['sandbox', '--write-env', 'zoom.env', '--state', 'state.json'], { cwd });
      await vi.waitFor(() => expect(existsSync(join(cwd, 'zoom.env'))).toBe(true), {
        timeout: 20_000,
        interval: 10,
      });
      expect((await stat(join(cwd, 'zoom.env'))).mode & 0o777).toBe(0o600);
      const policies = join(UNIVERSITY, 'policies');
      const applied = await lockstep(['apply', policies, '--env-file', 'zoom.env', '-y', ...WITHOUT_LIMIT], { cwd });
      expect(applied).toMatchObject({ code: 0 });
      child.kill('SIGINT');
      const { code, stdout, stderr } = await ended;
      expect(code).toBe(0);
      expect(stdout).toMatch(/^(?:export ZOOM_\w+=\S+\n){5}$/);
      expect(stderr).toMatch(/^The sandbox answers at http:\/\/127\.0\.0\.1:\d+; Ctrl-C ends it\.\n$/);
      expect(await readFile(join(cwd, 'state.json'), 'utf8')).toContain('"file_transfer": false');
    });
  });
});
