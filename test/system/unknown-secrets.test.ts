/**
 * Passcodes, tokens and keys under names that the catalogue does not know, through the built command line: shown by no
 * command and kept in no file. What only sounds like one is shown.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { valueAt } from '../../src/util/json.ts';
import { lockstep, withFiles } from '../helpers/built.ts';
import { bytesBelow } from '../helpers/canary.ts';
import { organisationOf, stateOf } from '../helpers/organisation.ts';

const POLICY = `version: 1
account:
  settings:
    meeting_security: { password_for_pmi: "WantedPmi91" }
    integration:
      vendor: { api_token: "WantedToken91", require_token_for_guests: true, token_mode: strict, note: new }
users:
  dean@example.edu:
    settings:
      meeting_security: { password_for_pmi: "WantedPmi92" }
      schedule_meeting: { webinar_passcode: "WantedCode92", require_passcode_for_webinars: true }
`;
const SECURITY = 'settings?option=meeting_security';
const STATE = stateOf({
  account: {
    settings: {
      integration: {
        vendor: { api_token: 'LiveToken91', require_token_for_guests: false, token_mode: 'weak', note: 'old' },
      },
    },
    [SECURITY]: { meeting_security: { password_for_pmi: 'LivePmi91' } },
  },
  users: {
    'dean@example.edu': {
      settings: { schedule_meeting: { webinar_passcode: 'LiveCode92', require_passcode_for_webinars: false } },
      [SECURITY]: { meeting_security: { password_for_pmi: 'LivePmi92' } },
    },
  },
});
const HIDDEN = /(?:Wanted|Live)(?:Pmi|Token|Code)9/;
const COMMON = ['policy.yaml', '--allow-unknown', '--rate-plan', 'none'];

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ state: STATE, secrets: 'returned' });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

function run(cwd: string, ...argv: readonly string[]) {
  return lockstep(argv, { cwd, env: sandbox.env });
}

it('are hidden in plans, checks, results, journals and undoing, and written', async () => {
  await withFiles({ 'policy.yaml': POLICY }, async (cwd) => {
    const planned = await run(cwd, 'plan', ...COMMON, '--out', 'plan.json');
    expect(planned.code, planned.stderr).toBe(0);
    for (const path of ['meeting_security.password_for_pmi', 'integration.vendor.api_token']) {
      expect(planned.stdout).toMatch(new RegExp(`~ ${path} +\\(secret\\) -> \\(secret\\)`));
    }
    expect(planned.stdout).toMatch(/~ integration\.vendor\.require_token_for_guests +false -> true/);
    expect(planned.stdout).toMatch(/~ integration\.vendor\.token_mode +"weak" -> "strict"/);
    expect(planned.stdout).toMatch(/~ integration\.vendor\.note +"old" -> "new"/);
    expect(planned.stdout).toMatch(/~ schedule_meeting\.require_passcode_for_webinars +false -> true/);

    const checked = await run(cwd, 'check', ...COMMON);
    expect(checked.stdout).toMatch(/x meeting_security\.password_for_pmi +is \(secret\), wanted \(secret\)/);
    const drifted = await run(cwd, 'drift', ...COMMON, '--format', 'json');
    const applied = await run(cwd, 'apply', ...COMMON, '-y', '--settle', '0', '--report', 'json=report.json');
    expect(applied.code, applied.stdout).toBe(0);
    const { account = {}, users = {} } = organisationOf(sandbox.state());
    expect(valueAt(account[SECURITY] ?? {}, ['meeting_security', 'password_for_pmi'])).toBe('WantedPmi91');
    expect(valueAt(users['dean@example.edu'] ?? {}, ['settings', 'schedule_meeting', 'webinar_passcode'])).toBe(
      'WantedCode92',
    );

    const [, id = ''] = /lockstep rollback (\S+)/.exec(applied.stdout) ?? [];
    const undone = await run(cwd, 'rollback', id, '-y', '--settle', '0', '--rate-plan', 'none');
    expect(undone.code, undone.stderr).toBe(4);
    expect(undone.stderr).toMatch(/password_for_pmi: it is a secret, and the old value was never written down/);

    rmSync(join(cwd, 'policy.yaml'));
    const said = [planned, checked, drifted, applied, undone].map(({ stdout, stderr }) => stdout + stderr);
    const kept = bytesBelow(cwd).map(([place, text]) => `${place}: ${text}`);
    expect(kept.length).toBeGreaterThan(3);
    expect([...said, ...kept].filter((text) => HIDDEN.test(text))).toEqual([]);
  });
});

it('are hidden where Zoom keeps another value', async () => {
  // The sandbox keeps the text that it has where it is sent a number.
  const policy = POLICY.replace('"WantedCode92"', '77129177');
  await withFiles({ 'policy.yaml': policy }, async (cwd) => {
    const { code, stdout, stderr } = await run(cwd, 'apply', ...COMMON, '-y', '--settle', '0', '--format', 'json');
    expect(code, stderr).toBe(4);
    expect(stdout).toContain('"ineffective"');
    rmSync(join(cwd, 'policy.yaml'));
    const texts = [stdout, stderr, ...bytesBelow(cwd).map(([, text]) => text)];
    expect(texts.filter((text) => HIDDEN.test(text) || text.includes('77129177'))).toEqual([]);
  });
});
