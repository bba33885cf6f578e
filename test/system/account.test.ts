/** Two accounts, one folder: what was planned, approved, applied or kept for one of them changes nothing on the other. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { FORMATS } from '../../src/report/formats.ts';
import { run } from '../../src/run.ts';
import { type Fault, type Sandbox, type SandboxState, startSandbox } from '../../src/sandbox/index.ts';
import { type Ended, lockstep, withFiles } from '../helpers/built.ts';
import { stateOf } from '../helpers/organisation.ts';

const POLICY = `version: 1
account: { settings: { in_meeting: { chat: !locked false } } }
`;
const SECRET = `version: 1
users: { dean@example.edu: { settings: { schedule_meeting: { pmi_password: !env PASSCODE } } } }
`;
const PASSCODE = { PASSCODE: 'Passcode-of-staging' };
const NOW = ['-y', '--settle', '0'];

function stateFor(id: string, name: string, scopes?: readonly string[]): SandboxState {
  const state = stateOf({
    account: { settings: { in_meeting: { chat: true } }, lock_settings: { in_meeting: { chat: false } } },
    users: { 'dean@example.edu': { settings: { schedule_meeting: { pmi_password: 'old' } } } },
  });
  const credentials = { ...state.credentials, accountId: id, ...(scopes === undefined ? {} : { scopes }) };
  return { ...state, account: { ...state.account, id, name }, credentials };
}

let test: Sandbox;
let production: Sandbox;
beforeAll(async () => {
  test = await startSandbox({ state: stateFor('test-1', 'Test'), secrets: 'withheld' });
  production = await startSandbox({ state: stateFor('prod-1', 'Production'), secrets: 'withheld' });
});
afterAll(() => Promise.all([test.close(), production.close()]));
beforeEach(() => {
  test.reset();
  production.reset();
});

interface Scene {
  readonly cwd: string;
  readonly on: (
    sandbox: Pick<Sandbox, 'env'>,
    argv: readonly string[],
    env?: Readonly<Record<string, string>>,
  ) => Promise<Ended>;
}

function onScene(play: (scene: Scene) => Promise<void>): Promise<void> {
  return withFiles({ 'policy.yaml': POLICY, 'secret.yaml': SECRET }, (cwd) =>
    play({
      cwd,
      on: ({ env }, argv, more = {}) => {
        const flags = ['runs', 'validate'].includes(argv[0] ?? '') ? [] : ['--rate-plan', 'none'];
        return lockstep([...argv, ...flags], { cwd, env: { ...env, ...more } });
      },
    }),
  );
}

function patches({ log }: Sandbox): number {
  return log().filter(({ method }) => method === 'PATCH').length;
}

function hostOf({ env }: Sandbox): string {
  return new URL(env.ZOOM_API_URL).host;
}

const lineOf = (sandbox: Sandbox) =>
  sandbox === test ? `Test (test-1) at ${hostOf(test)}` : `Production (prod-1) at ${hostOf(production)}`;

/** Refused, with both accounts, and production as it was. */
function expectRefused(ended: Ended, ...both: readonly string[]): void {
  expect(ended, ended.stderr).toMatchObject({ code: 3 });
  for (const name of both) expect(ended.stderr).toContain(name);
  expect(ended.stderr).toContain('nothing was sent');
  expect(patches(production)).toBe(0);
}

async function fingerprintOn(on: Scene['on'], sandbox: Sandbox): Promise<string> {
  const { stdout } = await on(sandbox, ['plan', 'policy.yaml', '--format', 'json']);
  return (JSON.parse(stdout) as { fingerprint: string }).fingerprint;
}

describe('of another account are refused, with both accounts named', () => {
  it('a fingerprint', async () => {
    await onScene(async ({ on }) => {
      const [ofTest, ofProduction] = [await fingerprintOn(on, test), await fingerprintOn(on, production)];
      expect(ofTest.slice(0, 64)).not.toBe(ofProduction.slice(0, 64));
      const apply = ['apply', 'policy.yaml', ...NOW, '--expect'];
      expectRefused(await on(production, [...apply, ofTest]), `${hostOf(test)}/test-1`, lineOf(production));
      expect(await on(production, [...apply, ofProduction])).toMatchObject({ code: 0 });
    });
  });

  it('a saved plan', async () => {
    await onScene(async ({ on }) => {
      await on(test, ['plan', 'policy.yaml', '--out', 'plan.json']);
      const apply = ['apply', '--plan', 'plan.json', ...NOW];
      expectRefused(await on(production, apply), lineOf(test), lineOf(production));
      expectRefused(await on(production, [...apply, '--partial']), lineOf(test), lineOf(production));
      expect(await on(test, apply)).toMatchObject({ code: 0 });
    });
  });

  it('a saved plan of the same id at another host, and by another path', async () => {
    const state = stateFor('prod-1', 'Production');
    const { credentials: _, subAccounts: __, ...organisation } = state;
    const master = stateFor('master-1', 'Master');
    const other = await startSandbox({
      state: { ...master, subAccounts: [{ id: 'prod-1', ...organisation }] },
    });
    try {
      await onScene(async ({ on }) => {
        await on(production, ['plan', 'policy.yaml', '--out', 'plan.json']);
        const apply = ['apply', '--plan', 'plan.json', ...NOW];
        const there = await on(other, [...apply, '--account', 'prod-1']);
        const path = `Production (prod-1) at ${hostOf(other)}, through the master account master-1`;
        expectRefused(there, lineOf(production), path);
        expect(patches(other)).toBe(0);
      });
    } finally {
      await other.close();
    }
  });

  it('a run to undo', async () => {
    await onScene(async ({ cwd, on }) => {
      expect(await on(test, ['apply', 'policy.yaml', ...NOW])).toMatchObject({ code: 0 });
      const [journal = ''] = readdirSync(join(cwd, '.lockstep/runs'));
      const rollback = ['rollback', journal.replace('.jsonl', ''), ...NOW];
      expectRefused(await on(production, rollback), lineOf(test), lineOf(production));
      expect(await on(test, rollback)).toMatchObject({ code: 0 });
    });
  });
});

describe('a digest of a secret', () => {
  const APPLY = ['apply', 'secret.yaml', ...NOW];
  const PLAN = ['plan', 'secret.yaml'];

  it('that was written on one account says nothing of another', async () => {
    await onScene(async ({ on }) => {
      expect(await on(test, APPLY, PASSCODE)).toMatchObject({ code: 0 });
      expect((await on(test, PLAN, PASSCODE)).stdout).toContain('No changes.');
      expect((await on(production, PLAN, PASSCODE)).stdout).toContain('Plan: 1 to set');
      expect(await on(production, APPLY, PASSCODE)).toMatchObject({ code: 0 });
      expect((await on(production, PLAN, PASSCODE)).stdout).toContain('No changes.');
      expect((await on(test, PLAN, PASSCODE)).stdout).toContain('No changes.');
    });
  });

  it('of lockstep 0.1, which names no account, counts for nothing', async () => {
    await onScene(async ({ cwd, on }) => {
      await on(test, APPLY, PASSCODE);
      asOf01(cwd);
      expect((await on(test, PLAN, PASSCODE)).stdout).toContain('Plan: 1 to set');
    });
  });
});

/** Makes the only journal one of lockstep 0.1. */
function asOf01(cwd: string): string {
  const [journal = ''] = readdirSync(join(cwd, '.lockstep/runs'));
  const file = join(cwd, '.lockstep/runs', journal);
  const [begin = '', ...rest] = readFileSync(file, 'utf8').split('\n');
  const old = { ...(JSON.parse(begin) as object), formatVersion: 1, account: 'me' };
  writeFileSync(file, [JSON.stringify(old), ...rest].join('\n'));
  return journal.replace('.jsonl', '');
}

describe('from 0.1', () => {
  it('a run is listed, and not undone', async () => {
    await onScene(async ({ cwd, on }) => {
      await on(production, ['apply', 'policy.yaml', ...NOW]);
      const id = asOf01(cwd);
      production.reset();
      expect((await on(production, ['runs'])).stdout).toMatch(new RegExp(`^${id}  from 0\\.1  ended with exit code 0`));
      const listed = JSON.parse((await on(production, ['runs', '--format', 'json'])).stdout);
      expect(listed).toMatchObject([{ id, account: null, applied: 2 }]);
      expectRefused(await on(production, ['rollback', id, ...NOW]), id, 'from lockstep 0.1');
    });
  });

  it('a plan is refused', async () => {
    await onScene(async ({ cwd, on }) => {
      await on(production, ['plan', 'policy.yaml', '--out', 'plan.json']);
      const [head = '', ...rest] = readFileSync(join(cwd, 'plan.json'), 'utf8').split('\n');
      const old = { ...(JSON.parse(head) as object), formatVersion: 2, account: 'me' };
      writeFileSync(join(cwd, 'plan.json'), [JSON.stringify(old), ...rest].join('\n'));
      const ended = await on(production, ['apply', '--plan', 'plan.json', ...NOW]);
      expect(ended).toMatchObject({ code: 3, stderr: expect.stringContaining('has plan format 2') });
      expect(patches(production)).toBe(0);
    });
  });
});

describe('the account is shown', () => {
  const IDENTITY = { id: 'prod-1', name: 'Production', via: { path: 'own', namedBy: 'Zoom' } };

  it.each([
    ['plan', ['plan', 'policy.yaml']],
    ['drift', ['drift', 'policy.yaml']],
    ['check', ['check', 'policy.yaml']],
    ['apply', ['apply', 'policy.yaml', ...NOW]],
  ])('by %s, in every format', async (_, argv) => {
    await onScene(async ({ on }) => {
      for (const format of FORMATS) {
        production.reset();
        const { stdout, stderr } = await on(production, [...argv, '--format', format]);
        expect(stderr).toBe('');
        expect(stdout, format).toContain(format === 'json' || format === 'sarif' ? '"prod-1"' : lineOf(production));
        expect(stdout, format).not.toMatch(/account "?me\b|"me"/);
        if (format === 'text') expect(stdout.split('\n')[0]).toBe(lineOf(production));
        if (format === 'json') {
          const { account } = JSON.parse(stdout) as { account: unknown };
          expect(account).toEqual({ ...IDENTITY, host: hostOf(production) });
        }
      }
    });
  });

  it('by export in a comment, by explain --live, by runs and by rollback', async () => {
    await onScene(async ({ cwd, on }) => {
      const { stdout: policy } = await on(production, ['export']);
      expect(policy.split('\n')[0]).toBe(`# ${lineOf(production)}`);
      expect(parse(policy)).toMatchObject({ version: 1 });

      const explain = ['explain', 'in_meeting.chat', '--live'];
      expect((await on(production, explain)).stdout.split('\n')[0]).toBe(lineOf(production));
      const explained = JSON.parse((await on(production, [...explain, '--format', 'json'])).stdout) as object;
      expect(explained).toMatchObject({ account: { ...IDENTITY, host: hostOf(production) } });

      await on(production, ['apply', 'policy.yaml', ...NOW]);
      const [id = ''] = readdirSync(join(cwd, '.lockstep/runs')).map((name) => name.replace('.jsonl', ''));
      const { stdout: runs } = await on(production, ['runs']);
      expect(runs).toContain(`${id}  ${lineOf(production)}  ended with exit code 0`);
      const [first] = (await on(production, ['rollback', id, ...NOW])).stdout.split('\n');
      expect(first).toBe(lineOf(production));
      const [begin = ''] = readFileSync(join(cwd, '.lockstep/runs', `${id}.jsonl`), 'utf8').split('\n');
      expect(JSON.parse(begin)).toMatchObject({ formatVersion: 2, account: { ...IDENTITY, host: hostOf(production) } });
    });
  });

  it('and "me" is in nothing that is kept', async () => {
    await onScene(async ({ cwd, on }) => {
      await on(production, ['plan', 'policy.yaml', '--account', 'me', '--out', 'plan.json']);
      await on(production, ['apply', '--plan', 'plan.json', '--account', 'prod-1', ...NOW]);
      const [journal = ''] = readdirSync(join(cwd, '.lockstep/runs'));
      for (const file of ['plan.json', join('.lockstep/runs', journal)]) {
        const text = readFileSync(join(cwd, file), 'utf8');
        expect(text).toContain('"prod-1"');
        expect(text).not.toContain('"me"');
      }
      expect(patches(production)).toBe(2);
    });
  });
});

/** A token of a sandbox, as somebody has it who is not given the app. */
async function tokenOf({ env }: Sandbox): Promise<string> {
  const basic = Buffer.from(`${env.ZOOM_CLIENT_ID}:${env.ZOOM_CLIENT_SECRET}`).toString('base64');
  const body = new URLSearchParams({ grant_type: 'account_credentials', account_id: env.ZOOM_ACCOUNT_ID });
  const answer = await fetch(env.ZOOM_OAUTH_URL, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body,
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

describe('whose a token is', () => {
  /** What a run with nothing but a token knows, and `more`. */
  async function withToken(of: Sandbox, argv: readonly string[], more: Readonly<Record<string, string>> = {}) {
    const { ZOOM_API_URL } = of.env;
    const env = { ZOOM_API_URL, ZOOM_ACCESS_TOKEN: await tokenOf(of), ...more };
    const files = {
      'policy.yaml': POLICY,
      'for-prod.yaml': POLICY.replace('\n', '\nfor: [prod-1]\n'),
      'for-two.yaml': POLICY.replace('\n', '\nfor: [prod-1, prod-2]\n'),
    };
    return withFiles(files, (cwd) => lockstep([...argv, '--rate-plan', 'none'], { cwd, env }));
  }
  const PLAN = ['plan', 'policy.yaml'];

  it('Zoom says', async () => {
    const { code, stdout } = await withToken(production, PLAN);
    expect({ code, first: stdout.split('\n')[0] }).toEqual({ code: 0, first: lineOf(production) });
  });

  it('must be as ZOOM_ACCOUNT_ID says, if Zoom says it', async () => {
    const apply = ['apply', 'policy.yaml', ...NOW];
    expectRefused(await withToken(production, apply, { ZOOM_ACCOUNT_ID: 'test-1' }), 'test-1', lineOf(production));
  });

  it('is stated, where Zoom may not be asked', async () => {
    const state = stateFor('prod-1', 'Production', [
      'account:read:settings:admin',
      'account:read:lock_settings:master',
    ]);
    const silent = await startSandbox({ state });
    try {
      const unknown = await withToken(silent, PLAN);
      expect(unknown).toMatchObject({ code: 5, stdout: '' });
      expect(unknown.stderr).toContain('nothing says which account ZOOM_ACCESS_TOKEN is of');
      expect(unknown.stderr).toContain('set ZOOM_ACCOUNT_ID, or name the account in the policy');
      expect(await withToken(silent, ['plan', 'for-two.yaml'])).toMatchObject({ code: 5 });

      const line = `prod-1 at ${hostOf(silent)}, as `;
      const byVariable = await withToken(silent, PLAN, { ZOOM_ACCOUNT_ID: 'prod-1' });
      expect(byVariable).toMatchObject({ code: 0, stdout: expect.stringContaining(`${line}ZOOM_ACCOUNT_ID says\n`) });
      const byPolicy = await withToken(silent, ['plan', 'for-prod.yaml']);
      expect(byPolicy).toMatchObject({ code: 0, stdout: expect.stringContaining(`${line}policy says\n`) });
    } finally {
      await silent.close();
    }
  });

  it.each<Fault['do']>(['html-502', 'reset-before', 'invalid-json', '429', 'refuse'])(
    'is asked for once, and no failure of it is one of the run: %s',
    async (kind) => {
      const more =
        kind === '429'
          ? { type: 'Daily-limit' }
          : kind === 'refuse'
            ? { status: 404, code: 2001, message: 'Account does not exist.' }
            : {};
      production.setFaults([{ match: { path: '/accounts/me', nth: 1 }, do: kind, ...more } as Fault]);
      await onScene(async ({ on }) => {
        const { code, stdout } = await on(production, ['plan', 'policy.yaml']);
        expect({ code, first: stdout.split('\n')[0] }).toEqual({ code: 0, first: `prod-1 at ${hostOf(production)}` });
      });
      expect(production.log().filter(({ path }) => path.endsWith('/accounts/me'))).toHaveLength(1);
    },
  );
});

describe('for: of a policy', () => {
  const FOR = { 'for.yaml': 'version: 1\nfor: [test-1, test-2]\n', 'policy.yaml': POLICY };

  it.each([
    ['plan', []],
    ['drift', []],
    ['check', []],
    ['apply', NOW],
  ])('%s refuses any other account, and takes its own', async (command, more) => {
    await withFiles(FOR, async (cwd) => {
      const argv = [
        command,
        ...(command === 'check' ? ['.'] : ['for.yaml', 'policy.yaml']),
        ...more,
        '--rate-plan',
        'none',
      ];
      expectRefused(
        await lockstep(argv, { cwd, env: production.env }),
        'for.yaml:2:1 is for test-1, test-2',
        lineOf(production),
      );
      const own = await lockstep(argv, { cwd, env: test.env });
      expect(own, own.stderr).toMatchObject({ code: command === 'drift' || command === 'check' ? 2 : 0 });
    });
  });

  it('counts wherever it is: in a base, too', async () => {
    const files = { 'base.yaml': FOR['for.yaml'], 'policy.yaml': POLICY.replace('\n', '\nextends: base.yaml\n') };
    await withFiles(files, async (cwd) => {
      const argv = ['plan', 'policy.yaml', '--rate-plan', 'none'];
      expectRefused(await lockstep(argv, { cwd, env: production.env }), 'base.yaml:2:1 is for test-1', 'prod-1');
    });
  });

  it.each([
    ['no list', 'for: prod-1', '2:6: error: `for` must be a list of account ids'],
    ['an empty list', 'for: []', '2:6: error: this list is empty'],
    ['a number', 'for: [12]', '2:7: error: an item of `for` must be an account id, as text'],
    ['me', 'for: [me]', '2:7: error: `me` is no account id'],
    ['nothing', 'for:', '2:'],
    ['accounts that another policy is not for', 'for: [prod-1]', '2:1: error: this policy and the one at for.yaml:2:1'],
  ])('validate refuses %s', async (what, line, message) => {
    const files = { 'p.yaml': POLICY.replace('\n', `\n${line}\n`), 'for.yaml': FOR['for.yaml'] };
    await withFiles(files, async (cwd) => {
      const argv = ['validate', 'p.yaml', ...(what.includes('another') ? ['for.yaml'] : [])];
      const ended = await lockstep(argv, { cwd });
      expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining(`p.yaml:${message}`) });
    });
  });
});

describe('flags and variables that could lead to another account', () => {
  it.each([
    ['--account', ['--account', 'test-1', '--account', 'prod-1']],
    ['--account', ['--account=prod-1', '--account=prod-1']],
    ['--env-file', ['--env-file', 'test.env', '--env-file', 'production.env']],
    ['--rate-plan', ['--rate-plan', 'pro', '--rate-plan', 'none']],
    ['-o, --out', ['-o', 'a.json', '--out', 'b.json']],
    ['--concurrency', ['--concurrency', '1', '--concurrency', '2']],
  ])('%s given twice is an error', async (flag, argv) => {
    const files = { 'policy.yaml': POLICY, 'test.env': '', 'production.env': '' };
    await withFiles(files, async (cwd) => {
      const ended = await lockstep(['plan', 'policy.yaml', ...argv], { cwd, env: production.env });
      expect(ended).toMatchObject({ code: 1, stdout: '' });
      expect(ended.stderr).toMatch(new RegExp(`option '${flag}.*' .*is invalid. It is given twice`));
      expect(production.log()).toEqual([]);
    });
  });

  const fileOf = (variables: object) =>
    Object.entries(variables)
      .map(([name, value]) => `${name}=${value}\n`)
      .join('');

  it('exported variables win over --env-file, and the run says which', async () => {
    await withFiles({ 'policy.yaml': POLICY, 'zoom.env': fileOf(test.env) }, async (cwd) => {
      const argv = ['plan', 'policy.yaml', '--env-file', 'zoom.env', '--rate-plan', 'none'];
      const { code, stdout, stderr } = await lockstep(argv, { cwd, env: production.env });
      expect({ code, first: stdout.split('\n')[0] }).toEqual({ code: 0, first: lineOf(production) });
      expect(stderr).toBe(
        'warning: the exported variables ZOOM_ACCOUNT_ID, ZOOM_API_URL, ZOOM_OAUTH_URL are used, and not what --env-file zoom.env says\n',
      );
      expect(await lockstep(argv, { cwd, env: test.env })).toMatchObject({ code: 0, stderr: '' });
      expect(await lockstep(argv, { cwd })).toMatchObject({ code: 0, stderr: '' });
    });
  });

  it('an exported token wins over the app in --env-file, and never for another account', async () => {
    const { ZOOM_API_URL, ...rest } = test.env;
    await withFiles({ 'policy.yaml': POLICY, 'zoom.env': fileOf(rest) }, async (cwd) => {
      const env = { ZOOM_API_URL: production.env.ZOOM_API_URL, ZOOM_ACCESS_TOKEN: await tokenOf(production) };
      const argv = ['apply', 'policy.yaml', '--env-file', 'zoom.env', '--rate-plan', 'none', ...NOW];
      const ended = await lockstep(argv, { cwd, env });
      expectRefused(ended, 'test-1', lineOf(production));
      expect(ended.stderr).toContain('the exported variable ZOOM_ACCESS_TOKEN is used');
      expect(ZOOM_API_URL).not.toBe(env.ZOOM_API_URL);
    });
  });
});

describe('the question before an apply', () => {
  it('names the account, and how many changes weaken it', async () => {
    const weaker = 'version: 1\naccount: { settings: { in_meeting: { chat: true, file_transfer: true } } }\n';
    const state = stateFor('prod-1', 'Production');
    const settings = { in_meeting: { chat: false, file_transfer: false } };
    production.reset({ ...state, account: { ...state.account, documents: { ...state.account.documents, settings } } });
    await withFiles({ 'policy.yaml': weaker }, async (cwd) => {
      expect(await asked(['apply', 'policy.yaml', '--rate-plan', 'none'], cwd, production.env, 'n\r')).toContain(
        'Apply 2 changes (2 weaken) to Production (prod-1)?',
      );
      expect(patches(production)).toBe(0);
    });
  });
});

/** What a person at a terminal is asked, who answers. */
async function asked(argv: readonly string[], cwd: string, env: Readonly<Record<string, string>>, answer: string) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  let text = '';
  let isAnswered = false;
  const output = (onText: (text: string) => void, isTTY: boolean) => {
    const stream = new Writable({
      write(chunk, _, done) {
        onText(String(chunk));
        done();
      },
    });
    // The question ends it, which a process's own stream ignores.
    return Object.assign(stream, { isTTY, end: () => stream });
  };
  const stderr = output((chunk) => {
    text += chunk;
    if (isAnswered || !/\(y\/N\)/.test(text)) return;
    isAnswered = true;
    // Once the question listens.
    setImmediate(() => stdin.write(answer));
  }, true);
  const stdout = output(() => undefined, false);
  await run({ argv, env: { ...env, TERM: 'dumb' }, cwd, stdin, stdout, stderr, onInterrupt: () => () => undefined });
  return stripVTControlCharacters(text);
}
