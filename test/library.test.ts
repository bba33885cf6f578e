import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apply, check, LockstepError, type Options, PolicyProblems, plan } from '../src/library.ts';
import { type Sandbox, startSandbox } from '../src/sandbox/index.ts';
import { lockstep } from './helpers/host.ts';
import { stateOf } from './helpers/organisation.ts';

const POLICY = 'version: 1\naccount: { settings: { in_meeting: { chat: !locked false } } }\n';

describe('lockstep as a library', () => {
  let cwd: string;
  let sandbox: Sandbox;
  let options: Options;
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

  it('plans as the command line does, and writes nothing', async () => {
    const { stdout } = await lockstep(['plan', 'p.yaml', '--format', 'json', '--rate-plan', 'none'], {
      cwd,
      env: sandbox.env,
    });
    expect(JSON.parse(stdout)).toMatchObject(JSON.parse(JSON.stringify(await plan(options))));
    expect(patches()).toEqual([]);
    expect(readdirSync(cwd)).toEqual(['p.yaml']);
  });

  it('applies and tells how every change ended; then there is nothing to do', async () => {
    const { fingerprint } = await plan(options);
    const result = await apply({ ...options, expect: fingerprint });
    expect(result?.results.map(({ status }) => status)).toEqual(['applied', 'applied']);
    expect(await apply(options)).toBeUndefined();
    expect((await plan(options)).waves).toEqual([]);
  });

  it('checks', async () => {
    expect((await check(options)).checks.map(({ status }) => status)).toEqual(['fail', 'fail']);
    expect(patches()).toEqual([]);
  });

  it.each([
    ['another fingerprint', { expect: 'other' }, 3],
    ['too many targets', { maxTargets: 0 }, 3],
    ['credentials that Zoom refuses', { env: {}, ratePlan: 'pro' }, 5],
  ])('throws what the command line refuses: %s', async (_, more, exitCode) => {
    const refused = await apply({ ...options, ...(more as object) }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(LockstepError);
    expect(refused).toMatchObject({ exitCode });
    expect(patches()).toEqual([]);
  });

  it('throws all problems of a policy', async () => {
    writeFileSync(join(cwd, 'p.yaml'), 'version: 1\naccount: { settings: { in_meeting: { chat: 1, co_host: 2 } } }\n');
    const refused = await plan(options).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(PolicyProblems);
    expect((refused as PolicyProblems).problems).toHaveLength(2);
  });

  it('tells what the command line says on stderr, and prints nothing', async () => {
    const twice = '{ polling: true, meeting_polling: { enable: false } }';
    writeFileSync(join(cwd, 'p.yaml'), `version: 1\naccount: { settings: { in_meeting: ${twice} } }\n`);
    const said: string[] = [];
    await plan({ ...options, onMessage: (text) => said.push(text) });
    expect(said.join('')).toContain('one setting');
  });

  it('stops as after Ctrl-C', async () => {
    const abort = new AbortController();
    abort.abort();
    const result = await apply({ ...options, signal: abort.signal });
    expect(result).toMatchObject({ interrupted: true });
    expect(patches()).toEqual([]);
  });
});
