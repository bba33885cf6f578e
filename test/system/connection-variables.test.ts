/** No policy sends what leads to Zoom as the value of a setting: the built command line refuses it, with its place. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { lockstep, withFiles } from '../helpers/built.ts';
import { stateOf } from '../helpers/organisation.ts';

const policy = (name: string) => `version: 1
account:
  settings:
    chat:
      send_data_to_third_party_archiving_service: { user_name: !env ${name} }
`;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ state: stateOf({}) });
});
afterAll(() => sandbox.close());

it.each([
  ['validate', 'ZOOM_CLIENT_SECRET'],
  ['plan', 'ZOOM_CLIENT_SECRET'],
  ['apply', 'ZOOM_ACCESS_TOKEN'],
  ['drift', 'ZOOM_ACCOUNT_ID'],
  ['check', 'https_proxy'],
  ['validate', 'LOCKSTEP_NOTIFY_URL'],
])('%s with %s', async (command, name) => {
  await withFiles({ 'policy.yaml': policy(name) }, async (cwd) => {
    const argv = [command, 'policy.yaml', ...(command === 'apply' ? ['-y'] : [])];
    const ended = await lockstep(argv, { cwd, env: { ...sandbox.env, LOCKSTEP_NOTIFY_URL: 'https://example.com' } });
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain(`policy.yaml:5:53: error: \`${name}\` belongs to the connection to Zoom`);
    expect(sandbox.log()).toEqual([]);
  });
});
