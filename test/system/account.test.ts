/** Two accounts, one folder: what was planned, approved, applied or kept for one of them changes nothing on the other. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { FORMATS } from '../../src/report/formats.ts';
import { type Sandbox, type SandboxState, startSandbox } from '../../src/sandbox/index.ts';
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
