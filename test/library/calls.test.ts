/** Every call of the library against the sandbox: what it returns, what it throws, whom it calls back. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ApplyOptions,
  type ApplyVerdict,
  apply,
  check,
  type DriftOptions,
  drift,
  explain,
  exportPolicies,
  LockstepError,
  PlanRefused,
  PolicyProblems,
  plan,
  policySchema,
  type RequestsMade,
  type RunWarning,
  render,
  rollback,
  runs,
  savePlan,
  searchSettings,
  validate,
} from '../../src/library.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { lockstep } from '../helpers/host.ts';
import { stateOf } from '../helpers/organisation.ts';

const POLICY = 'version: 1\naccount: { settings: { in_meeting: { chat: !locked false } } }\n';

describe('lockstep as a library', () => {
  let cwd: string;
  let sandbox: Sandbox;
  let options: DriftOptions;
  beforeEach(async () => {
    cwd = mkdtempSync(join(tmpdir(), 'lockstep-library-'));
    writeFileSync(join(cwd, 'p.yaml'), POLICY);
    const account = { settings: { in_meeting: { chat: true } }, lock_settings: { in_meeting: { chat: false } } };
    sandbox = await startSandbox({ state: stateOf({ account }) });
    options = { cwd, env: sandbox.env, policies: ['p.yaml'], ratePlan: 'none' };
  });
  afterEach(async () => {
    await sandbox.close();
    rmSync(cwd, { recursive: true });
  });
  const patches = () => sandbox.log().filter(({ method }) => method === 'PATCH');
  const thrown = (call: Promise<unknown>) =>
    call.then(
      () => undefined,
      (error: unknown) => error,
    );
  const statuses = (verdict: ApplyVerdict) =>
    verdict.kind === 'result' ? verdict.result.results.map(({ status }) => status) : verdict.kind;

  describe('reading', () => {
    it.each([
      ['plan', plan, 0],
      ['drift', drift, 2],
    ] as const)('%s is what the command line shows, and writes nothing', async (command, call, exitCode) => {
      const argv = [command, 'p.yaml', '--format', 'json', '--rate-plan', 'none'];
      const { code, stdout } = await lockstep(argv, { cwd, env: sandbox.env });
      const verdict = await call(options);
      expect(code).toBe(exitCode);
      expect(verdict).toMatchObject({ kind: command, exitCode, warnings: [] });
      expect(await render(verdict, 'json')).toBe(stdout);
      expect(patches()).toEqual([]);
      expect(readdirSync(cwd)).toEqual(['p.yaml']);
    });

    it('a plan can end with 2 where Zoom differs', async () => {
      expect(await plan({ ...options, detailedExitcode: true })).toMatchObject({ exitCode: 2 });
    });

    it('checks', async () => {
      const verdict = await check(options);
      expect(verdict.exitCode).toBe(2);
      expect(verdict.check.checks.map(({ status }) => status)).toEqual(['fail', 'fail']);
      expect(await check({ ...options, severity: 'critical' })).toMatchObject({ exitCode: 0 });
      expect(patches()).toEqual([]);
    });

    it('exports what plans empty', async () => {
      const { policy } = await exportPolicies({ cwd, env: sandbox.env, ratePlan: 'none' });
      writeFileSync(join(cwd, 'live.yaml'), policy);
      expect((await plan({ ...options, policies: ['live.yaml'] })).plan.waves).toEqual([]);
    });

    it('validates without asking Zoom', async () => {
      expect(await validate({ cwd, policies: ['p.yaml'] })).toEqual({
        exitCode: 0,
        files: ['p.yaml'],
        targets: 1,
        facts: 2,
        problems: [],
      });
      expect(sandbox.log()).toEqual([]);
    });

    it('explains, searches, and knows the schema of policies', async () => {
      const explained = await explain({ setting: 'in_meeting.chat', cwd, policies: ['p.yaml'] });
      expect(explained.policies).toHaveLength(2);
      expect((await searchSettings({ search: 'waiting room' })).length).toBeGreaterThan(1);
      expect(await policySchema()).toHaveProperty('properties');
    });

    it('shows what policies say of a setting without those that cannot be read', async () => {
      writeFileSync(join(cwd, 'p.yaml'), 'version: 2\n');
      const warnings: RunWarning[] = [];
      const onWarnings = (found: readonly RunWarning[]) => warnings.push(...found);
      const explained = await explain({ setting: 'in_meeting.chat', cwd, policies: ['p.yaml'], onWarnings });
      expect(explained).not.toHaveProperty('policies');
      expect(warnings).toMatchObject([{ kind: 'policies-left-out', error: expect.any(PolicyProblems) }]);
    });
  });

  describe('writing', () => {
    it('applies and reports how every change ended; then there is nothing to do', async () => {
      const { fingerprint } = (await plan(options)).plan;
      expect(statuses(await apply({ ...options, expect: fingerprint }))).toEqual(['applied', 'applied']);
      expect(await apply(options)).toMatchObject({ kind: 'plan', exitCode: 0, plan: { waves: [] } });
    });

    it.each(['object', 'file'])('applies a plan that was made before: %s', async (given) => {
      const made = (await plan(options)).plan;
      const { policies: _, ...rest } = options;
      await savePlan(made, 'plan.json', cwd);
      const verdict = await apply({ ...rest, plan: given === 'file' ? 'plan.json' : made });
      expect(statuses(verdict)).toEqual(['applied', 'applied']);
    });

    it('refuses a plan that somebody changed', async () => {
      const { plan: made } = await plan(options);
      const { policies: _, ...rest } = options;
      const error = await thrown(apply({ ...rest, plan: { ...made, account: { ...made.account, id: 'another' } } }));
      expect(error).toBeInstanceOf(LockstepError);
      expect(patches()).toEqual([]);
    });

    it('undoes a run that it lists', async () => {
      await apply(options);
      const { runs: listed } = await runs({ cwd });
      expect(listed).toMatchObject([{ exitCode: 0, applied: 2, stepsLeft: 0 }]);
      const { policies: _, ...rest } = options;
      expect(statuses(await rollback({ ...rest, run: listed[0]?.id ?? '' }))).toEqual(['applied', 'applied']);
      expect((await plan(options)).plan.waves).not.toEqual([]);
    });

    it.each<[what: string, more: ApplyOptions, exitCode: number, fixes: RegExp]>([
      ['another fingerprint', { expect: 'other' }, 3, /not the expected other/],
      ['too many targets', { maxTargets: 0 }, 3, /1 target would be changed/],
      ['a change of a kind that is not wanted', { failOn: ['lossy', 'weakening'] }, 0, /./],
      ['nobody who could approve', { approve: false }, 3, /refused/],
    ])('lets a plan pass or refuses it with the plan: %s', async (_, more, exitCode, message) => {
      const error = await thrown(apply({ ...options, ...more }));
      if (exitCode === 0) return expect(error).toBeUndefined();
      expect(error).toBeInstanceOf(PlanRefused);
      expect(error).toMatchObject({ exitCode, hint: expect.stringContaining('nothing was sent') });
      expect(error).toMatchObject({ message: expect.stringMatching(message) });
      expect(error).toMatchObject({ report: { kind: 'plan', exitCode, plan: { blocked: [] } } });
      expect(patches()).toEqual([]);
    });

    it('refuses a weakening that failOn names, in plan and in apply', async () => {
      writeFileSync(
        join(cwd, 'p.yaml'),
        'version: 1\naccount: { settings: { in_meeting: { file_transfer: true } } }\n',
      );
      sandbox.act({ target: 'account', document: 'settings', body: { in_meeting: { file_transfer: false } } });
      const failOn = ['weakening'] as const;
      for (const call of [plan({ ...options, failOn }), apply({ ...options, failOn })]) {
        expect(await thrown(call)).toMatchObject({ name: 'PlanRefused', exitCode: 3 });
      }
      expect(patches()).toEqual([]);
      expect(statuses(await apply(options))).toEqual(['applied']);
    });

    it('asks after it has shown the plan; only true approves', async () => {
      const order: string[] = [];
      const onPlan = () => void order.push('plan');
      for (const answer of [false, undefined as unknown as boolean, 'yes' as unknown as boolean]) {
        const approve = async () => {
          order.push('approve');
          return answer;
        };
        expect(await thrown(apply({ ...options, onPlan, approve }))).toMatchObject({ exitCode: 3 });
      }
      expect(patches()).toEqual([]);
      expect(statuses(await apply({ ...options, onPlan, approve: () => true }))).toEqual(['applied', 'applied']);
      expect(order.slice(0, 2)).toEqual(['plan', 'approve']);
    });

    it('stops as after Ctrl-C', async () => {
      const abort = new AbortController();
      abort.abort();
      const verdict = await apply({ ...options, signal: abort.signal });
      expect(verdict).toMatchObject({ kind: 'result', exitCode: 130, result: { interrupted: true } });
      expect(patches()).toEqual([]);
    });
  });

  it('throws what Zoom refuses, with the exit code', async () => {
    const error = await thrown(apply({ ...options, env: {}, ratePlan: 'pro' }));
    expect(error).toBeInstanceOf(LockstepError);
    expect(error).toMatchObject({ exitCode: 5 });
  });

  it('throws all problems of a policy, and lists them in the message', async () => {
    writeFileSync(join(cwd, 'p.yaml'), 'version: 1\naccount: { settings: { in_meeting: { chat: 1, co_host: 2 } } }\n');
    const error = await thrown(plan(options));
    if (!(error instanceof PolicyProblems)) throw new Error('no problems were thrown');
    expect(error.problems).toHaveLength(2);
    const [summary, ...lines] = error.message.split('\n');
    expect(summary).toBe('2 problems in the policies:');
    expect(lines).toEqual([expect.stringMatching(/^p\.yaml:2:44: error: /), expect.stringMatching(/^p\.yaml:2:56: /)]);
  });

  it('calls back with progress, requests and warnings, and prints nothing', async () => {
    const twice = '{ polling: true, meeting_polling: { enable: false } }';
    writeFileSync(join(cwd, 'p.yaml'), `version: 1\naccount: { settings: { in_meeting: ${twice} } }\n`);
    const [progress, requests, made]: [string[], string[], RequestsMade[]] = [[], [], []];
    const found: RunWarning[] = [];
    const { warnings } = await plan({
      ...options,
      onProgress: (text) => progress.push(text),
      onRequest: ({ method, path }) => requests.push(`${method} ${path}`),
      onRequestsMade: (counts) => made.push(counts),
      onWarnings: (some) => found.push(...some),
    });
    expect(found).toMatchObject([{ kind: 'policy', message: expect.stringContaining('one setting') }]);
    expect(warnings).toEqual(found);
    expect(progress).toContain('Reading Zoom: 1 of 1 targets');
    expect(requests).toContain('GET /accounts/me/settings');
    expect(made).toHaveLength(1);
    expect(made[0]).toMatchObject({ light: 1, heavy: 0, medium: made[0]?.minimum });
  });

  it('reads variables from a file, below those that are given', async () => {
    const lines = Object.entries(sandbox.env).map(([name, value]) => `${name}=${value}`);
    writeFileSync(join(cwd, 'zoom.env'), lines.join('\n'));
    expect(await plan({ ...options, env: {}, envFile: 'zoom.env' })).toMatchObject({ exitCode: 0 });
    const wrong = { ZOOM_CLIENT_SECRET: 'wrong' };
    expect(await thrown(plan({ ...options, env: wrong, envFile: 'zoom.env' }))).toMatchObject({ exitCode: 5 });
  });
});
