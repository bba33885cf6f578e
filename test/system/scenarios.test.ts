import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../src/model/plan.ts';
import { documentKey } from '../../src/model/setting.ts';
import { fingerprintOf } from '../../src/reconcile/plan/fingerprint.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { lockstep } from '../helpers/host.ts';
import { type Organisation, organisationOf, type SandboxBehaviour, stateOf } from '../helpers/organisation.ts';

/**
 * One story a folder: `policy.yaml` and `live.json` in, `plan.txt` and `after.json` out. `live.json` may say how the
 * sandbox behaves (`sandbox`), what is given to apply beside (`flags`), and how apply ends (`exitCode`).
 */
interface Story extends Organisation {
  readonly sandbox?: SandboxBehaviour;
  readonly flags?: readonly string[];
  readonly exitCode?: number;
}

const SCENARIOS = join(import.meta.dirname, '../scenarios');
const names = readdirSync(SCENARIOS);

describe.each(names)('%s', (name) => {
  const folder = join(SCENARIOS, name);
  // Journals are written where lockstep runs, so it runs beside a copy.
  const cwd = mkdtempSync(join(tmpdir(), 'lockstep-scenario-'));
  copyFileSync(join(folder, 'policy.yaml'), join(cwd, 'policy.yaml'));
  const story = JSON.parse(readFileSync(join(folder, 'live.json'), 'utf8')) as Story;
  const { exitCode = 0, flags = [] } = story;
  const common = ['policy.yaml', '--rate-plan', 'none'];
  let sandbox: Sandbox;
  let plan: Plan;

  beforeAll(async () => {
    sandbox = await startSandbox({ state: stateOf(story), ...story.sandbox });
    const { stdout, stderr } = await lockstep(['plan', ...common, '--format', 'json'], { cwd, env: sandbox.env });
    expect(stderr).toBe('');
    plan = JSON.parse(stdout) as Plan;
  });
  afterAll(async () => {
    rmSync(cwd, { recursive: true });
    await sandbox.close();
  });

  const run = (...argv: string[]) => lockstep([...argv, ...common], { cwd, env: sandbox.env });
  const patches = () => sandbox.log().filter(({ method }) => method === 'PATCH');

  it('plans', async () => {
    // A sandbox has another port each time: the account is shown, and fingerprinted, as if it had none.
    const { host } = plan.account;
    const fixed = { ...plan, account: { ...plan.account, host: 'sandbox' } };
    const text = (await run('plan')).stdout.replace(plan.fingerprint, fingerprintOf(fixed)).replace(host, 'sandbox');
    await expect(text).toMatchFileSnapshot(join(folder, 'plan.txt'));
    expect(patches()).toEqual([]);
  });

  it('applies what it planned, and nothing else', async () => {
    const { code, stdout } = await run('apply', '--auto-approve', ...flags);
    expect(code, stdout).toBe(exitCode);
    const sent = patches().map(({ target, path, query, body }) => ({
      target,
      document: documentKey({ endpoint: path.replace(/^.*?\/(lock_settings|settings)/, '$1') as 'settings', query }),
      body,
    }));
    const planned = plan.waves.flat().map(({ target, request }) => ({
      target:
        target.scope === 'account'
          ? 'account'
          : target.scope === 'group'
            ? `group:${target.name}`
            : `user:${target.email}`,
      document: documentKey(request.document),
      body: request.body,
    }));
    const bySize = (list: { target: string | undefined }[]) => list.map((entry) => JSON.stringify(entry)).sort();
    expect(bySize(sent)).toEqual(exitCode === 3 ? [] : bySize(planned));
    const known = JSON.stringify(story);
    const after = JSON.stringify(organisationOf(sandbox.state()), undefined, 2)
      // What Zoom makes has an id of Zoom's choice.
      .replaceAll(/"id": "([^"]+)"/g, (text, id: string) => (known.includes(`"${id}"`) ? text : '"id": "(new)"'));
    await expect(`${after}\n`).toMatchFileSnapshot(join(folder, 'after.json'));
  });

  it(exitCode === 0 ? 'has nothing left to do' : 'has as much left to do as before', async () => {
    const again = JSON.parse((await run('plan', '--format', 'json')).stdout) as Plan;
    expect(again.waves).toEqual(exitCode === 0 ? [] : plan.waves);
  });
});

it('every scenario folder holds what a scenario is made of', () => {
  for (const name of names) {
    expect(readdirSync(join(SCENARIOS, name)).sort(), name).toEqual([
      'after.json',
      'live.json',
      'plan.txt',
      'policy.yaml',
    ]);
  }
});
