/** What the built command line reports of answers that are broken and hold what must not be shown. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { lockstep, withFiles } from '../helpers/built.ts';
import { stateOf } from '../helpers/organisation.ts';
import { type Parrot, startParrot } from '../helpers/parrot.ts';

const PASSCODE = 'Bluesky7Horse';
const STATE = stateOf({
  users: {
    'dean@example.edu': { settings: { schedule_meeting: { host_video: false, pmi_password: PASSCODE } } },
  },
});
const POLICY = `version: 1
users:
  dean@example.edu: { settings: { schedule_meeting: { host_video: true } } }
`;

let sandbox: Sandbox;
let parrots: Record<'token' | 'settings', Parrot>;
beforeAll(async () => {
  sandbox = await startSandbox({ state: STATE, secrets: 'returned' });
  parrots = { token: await startParrot(sandbox.url), settings: await startParrot(sandbox.url) };
});
afterAll(async () => {
  await Promise.all(Object.values(parrots).map((parrot) => parrot.close()));
  await sandbox.close();
});

it('a token reply that is cut off, without the token', async () => {
  parrots.token.break({ path: '/oauth', as: 'cut' });
  await withFiles({ 'policy.yaml': POLICY }, async (cwd) => {
    const ended = await lockstep(['plan', 'policy.yaml'], { cwd, env: { ...sandbox.env, ...parrots.token.env } });
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(
      /no token from 127\.0\.0\.1:\d+ \(5 tries\): HTTP 200 with application\/json that is not valid JSON \(\d+ characters, cut off at the end\)/,
    );
    expect(parrots.token.tokens.size).toBeGreaterThan(0);
    for (const token of parrots.token.tokens) expect(ended.stderr).not.toContain(token.slice(0, 8));
  });
}, 60_000);

it('a settings document with something before it, without its passcode', async () => {
  parrots.settings.break({ path: '/users/dean%40example.edu/settings', as: 'prefixed' });
  await withFiles({ 'policy.yaml': POLICY }, async (cwd) => {
    const argv = ['plan', 'policy.yaml', '--out', 'plan.json'];
    const ended = await lockstep(argv, { cwd, env: { ...sandbox.env, ...parrots.settings.env } });
    expect(ended.stdout).toMatch(/application\/json that is not valid JSON \(\d+ characters\)/);
    expect(`${ended.stdout}${ended.stderr}`).not.toContain(PASSCODE);
  });
}, 60_000);
