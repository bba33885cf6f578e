/** What could not be read, matched or used is never green: every case through the built command line. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fault, type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { type Ended, lockstep, withFiles } from '../helpers/built.ts';
import { type Organisation, stateOf } from '../helpers/organisation.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ state: stateOf({}) });
});
afterAll(() => sandbox.close());

/** Runs one command line against an organisation, with faults. */
async function run(
  argv: readonly string[],
  files: Readonly<Record<string, string>>,
  organisation: Organisation = {},
  faults: readonly Fault[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  sandbox.reset(stateOf(organisation));
  sandbox.setFaults(faults);
  return withFiles(files, (cwd) => lockstep(argv, { cwd, env: { ...sandbox.env, ...env } }));
}

describe('a tag without a meaning is a problem, and drops nothing', () => {
  const account = (settings: string) => `version: 1\naccount: { settings: ${settings} }\n`;
  it.each([
    ['a value', account('{ in_meeting: { file_transfer: ! false } }'), '2:55'],
    ['a base', 'version: 1\nextends: ! pack:k12\n', '2:12'],
    ['a protected path', `${account('{ in_meeting: { chat: true } }')}protected: [! in_meeting]\n`, '3:15'],
    ['the version', `version: ! 1\n`, '1:12'],
  ])('before %s', async (_, text, place) => {
    const { code, stdout, stderr } = await run(['validate', 'p.yaml'], { 'p.yaml': text });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(new RegExp(`^p\\.yaml:${place}: error: the \`!\` before this value`, 'm'));
  });
});

describe('a listing that is cut short', () => {
  const groups = Object.fromEntries(Array.from({ length: 700 }, (_, at) => [`Group ${at}`, {}]));
  const policy = 'version: 1\ngroups: { "Group *": { settings: { in_meeting: { chat: false } } } }\n';
  it.each([
    ['plan', 'p.yaml'],
    ['drift', 'p.yaml'],
    ['check', 'p.yaml'],
    ['apply', 'p.yaml', '--auto-approve', '--max-targets', '1000'],
    ['export', '--target', 'group:*'],
  ])('is an error of %s, which sends nothing', async (...argv) => {
    const ended = await run(argv, { 'p.yaml': policy }, { groups }, [
      { do: 'lost-token', match: { path: '/groups?' } },
    ]);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain('error: listing the groups: Zoom has 700 and sent 300');
    expect(sandbox.log().filter(({ method }) => method === 'PATCH')).toEqual([]);
  });

  it('of users is an error, too', async () => {
    const users = Object.fromEntries(Array.from({ length: 2100 }, (_, at) => [`u${at}@example.edu`, {}]));
    const argv = ['export', '--target', 'user:*'];
    const ended = await run(argv, {}, { users }, [{ do: 'lost-token', match: { path: '/users?' } }]);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain('error: listing the users: Zoom has 2100 and sent 2000');
  });
});

const POLICY = `version: 1
account: { settings: { in_meeting: { file_transfer: !locked false, private_chat: false } } }
`;
const ACCOUNT = {
  settings: { in_meeting: { file_transfer: true, private_chat: true } },
  lock_settings: { in_meeting: { file_transfer: false, private_chat: false } },
};
const SCOPES = 'Invalid access token, does not contain scopes:[a:b, c:d].';
const refuse = (status: number, code: number, message: string, path = '/settings'): Fault => ({
  do: 'refuse',
  status,
  code,
  message,
  match: { method: 'GET', path },
});
/** Everything of the account: `settings` and `lock_settings` alike. */
const EVERY = 'settings';
const PATCHES = () => sandbox.log().filter(({ method }) => method === 'PATCH');

/** What says that all is well. */
const GREEN = /No (changes|drift)|matches the policies|no (changes|drift)/;

const READING: readonly (readonly string[])[] = [
  ['plan', 'p.yaml'],
  ['plan', 'p.yaml', '--detailed-exitcode'],
  ['drift', 'p.yaml'],
  ['check', 'p.yaml'],
];

describe.each<[string, Fault, number]>([
  ['for lack of a scope (4711)', refuse(400, 4711, SCOPES, EVERY), 5],
  ['for lack of a permission (200)', refuse(400, 200, 'Does not contain permissions [User:Edit].', EVERY), 5],
  ['with 403', refuse(403, 0, 'Access to the Zoom REST API has been denied for this account.', EVERY), 5],
  ['for lack of a paid account (200)', refuse(400, 200, 'Only available for paid accounts.', EVERY), 1],
  ['with 404', refuse(404, 2001, 'Account does not exist: x.', EVERY), 1],
])('every read is refused %s', (_, fault, code) => {
  it.each(READING)('%s', async (...argv) => {
    const ended = await run(argv, { 'p.yaml': POLICY }, { account: ACCOUNT }, [fault]);
    expect(ended.code).toBe(code);
    expect(ended.stderr).toMatch(/^error: not all could be seen: 3 unknown;/m);
    const [account, unseen] = ended.stdout.split('\n');
    expect(account).toContain('sandbox-account');
    expect(unseen).toBe(`Not seen: 3 unknown (${code === 5 ? 'a scope or a right is missing' : 'not readable'}).`);
    expect(ended.stdout).not.toMatch(GREEN);
  });

  it('export writes nothing, and says why', async () => {
    const ended = await run(['export'], {}, { account: ACCOUNT }, [fault]);
    expect(ended).toMatchObject({ code, stdout: '' });
    expect(ended.stderr).toContain('error: nothing could be exported: account, ');
  });

  it('apply is refused, and with --allow-blocked there is nothing to send', async () => {
    const argv = ['apply', 'p.yaml', '--auto-approve'];
    const refused = await run(argv, { 'p.yaml': POLICY }, { account: ACCOUNT }, [fault]);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain('refused: 3 unknown; and there is nothing else to do');
    expect(PATCHES()).toEqual([]);
    const allowed = await run([...argv, '--allow-blocked'], { 'p.yaml': POLICY }, { account: ACCOUNT }, [fault]);
    expect(allowed.code).toBe(code);
    expect(allowed.stdout).not.toMatch(GREEN);
    expect(PATCHES()).toEqual([]);
  });

  it('--fail-on unknown only turns the code into 3', async () => {
    const argv = ['plan', 'p.yaml', '--fail-on', 'unknown'];
    const ended = await run(argv, { 'p.yaml': POLICY }, { account: ACCOUNT }, [fault]);
    expect(ended.code).toBe(3);
    expect(ended.stdout).toContain('Not seen: 3 unknown');
    const other = [...argv.slice(0, 3), 'unmatched'];
    expect((await run(other, { 'p.yaml': POLICY }, { account: ACCOUNT }, [fault])).code).toBe(code);
  });

  it('no format is green', async () => {
    for (const command of ['plan', 'drift', 'check']) {
      const format = async (name: string) => {
        const argv = [command, 'p.yaml', '--format', name];
        const ended = await run(argv, { 'p.yaml': POLICY }, { account: ACCOUNT }, [fault]);
        expect(ended.code).toBe(code);
        expect(ended.stdout).not.toMatch(GREEN);
        return ended.stdout;
      };
      expect(await format('junit')).toContain('errors="2"');
      const sarif = JSON.parse(await format('sarif'));
      expect(sarif.runs[0].invocations[0]).toMatchObject({ executionSuccessful: false, exitCode: code });
      expect(sarif.runs[0].results.map(({ level }: { level: string }) => level)).toEqual(['error', 'error', 'error']);
      expect(await format('markdown')).toContain('`Not seen: 3 unknown');
      expect(await format('html')).toMatch(/<p class="verdict bad">[^<]*unknown/);
      expect(JSON.parse(await format('json'))).toMatchObject({ exitCode: code, summary: { unknown: 3 } });
    }
  });
});

describe('one value that could not be read counts as all of them', () => {
  const fault = refuse(400, 4711, SCOPES, 'lock_settings');

  it.each(READING)('%s', async (...argv) => {
    const ended = await run(argv, { 'p.yaml': POLICY }, { account: ACCOUNT }, [fault]);
    expect(ended.code).toBe(5);
    expect(ended.stdout.split('\n')[1]).toBe('Not seen: 1 unknown (a scope or a right is missing).');
  });

  it('apply is refused; with --allow-blocked it sends the rest and ends with 4', async () => {
    const argv = ['apply', 'p.yaml', '--auto-approve'];
    const refused = await run(argv, { 'p.yaml': POLICY }, { account: ACCOUNT }, [fault]);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain('refused: 1 unknown; the rest could be applied without');
    expect(PATCHES()).toEqual([]);
    const allowed = await run([...argv, '--allow-blocked'], { 'p.yaml': POLICY }, { account: ACCOUNT }, [fault]);
    expect(allowed).toMatchObject({ code: 4, stderr: '' });
    expect(allowed.stdout).toContain('0 remaining, 0 blocked, 1 unknown.');
    expect(PATCHES()).toHaveLength(1);
  });

  it('apply that ends before it has written anything ends with the reason, and not with 4', async () => {
    const denied: Fault = { do: 'refuse', status: 401, code: 124, message: 'Invalid.', match: { method: 'PATCH' } };
    const argv = ['apply', 'p.yaml', '-y', '--allow-blocked'];
    const ended = await run(argv, { 'p.yaml': POLICY }, { account: ACCOUNT }, [fault, denied]);
    expect(ended).toMatchObject({ code: 5, stdout: expect.stringContaining('The run ended early') });
  });

  it('a saved plan holds what it did not see, and is refused like any other', async () => {
    sandbox.reset(stateOf({ account: ACCOUNT }));
    await withFiles({ 'p.yaml': POLICY }, async (cwd) => {
      const asked = (...argv: string[]) => lockstep(argv, { cwd, env: sandbox.env });
      sandbox.setFaults([fault]);
      expect(await asked('plan', 'p.yaml', '--out', 'plan.json')).toMatchObject({ code: 5 });
      sandbox.setFaults([]);
      expect(await asked('apply', '--plan', 'plan.json', '-y')).toMatchObject({ code: 3 });
      expect(PATCHES()).toEqual([]);
      const applied = await asked('apply', '--plan', 'plan.json', '-y', '--allow-blocked');
      expect(applied).toMatchObject({ code: 4, stderr: '' });
    });
  });

  it('export writes the rest, says what is missing at its head, and ends with the code', async () => {
    const ended = await run(['export'], {}, { account: ACCOUNT }, [fault]);
    expect(ended.code).toBe(5);
    expect(ended.stderr).toMatch(/^error: not all could be exported: account, lock_settings: HTTP 400/m);
    expect(ended.stdout).toContain('# INCOMPLETE. Written by');
    expect(ended.stdout).toMatch(/^# - account, all of lock_settings: HTTP 400, Zoom code 4711/m);
    expect(ended.stdout).not.toContain('a plan of it shows no changes');
    expect(ended.stdout).toContain('file_transfer: true');
  });

  it('export without what the plan lacks is whole', async () => {
    const ended = await run(['export'], {}, { account: ACCOUNT });
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain('a plan of it shows no changes');
    expect(ended.stdout).toMatch(/^# Left out:\n# - account, all of settings\?option=\w+: HTTP 400, Zoom code 200/m);
  });
});

it('groups that cannot be listed end with 5, and with 1 where the address is wrong', async () => {
  const policy = 'version: 1\ngroups: { "S*": { settings: { in_meeting: { chat: false } } } }\n';
  const listing = (fault: Fault) => run(['plan', 'p.yaml'], { 'p.yaml': policy }, { account: ACCOUNT }, [fault]);
  expect(await listing(refuse(400, 4711, SCOPES, '/groups?'))).toMatchObject({ code: 5, stdout: '' });
  expect(await listing(refuse(403, 0, 'denied', '/groups?'))).toMatchObject({ code: 5, stdout: '' });
  expect(await listing(refuse(400, 2300, 'not recognized', '/groups?'))).toMatchObject({ code: 1, stdout: '' });
});

it('an address without /v2 and an account that does not exist end with 1', async () => {
  const wrong = { ZOOM_API_URL: sandbox.url };
  for (const command of ['plan', 'drift', 'check']) {
    const address = await run([command, 'p.yaml'], { 'p.yaml': POLICY }, { account: ACCOUNT }, [], wrong);
    expect(address.code, command).toBe(1);
    expect(address.stdout).toContain('Not seen: 3 unknown (not readable).');
    const account = await run([command, 'p.yaml', '--account', 'nosuch'], { 'p.yaml': POLICY }, { account: ACCOUNT });
    expect(account.code, command).toBe(1);
    expect(account.stdout).not.toMatch(GREEN);
  }
  expect(await run(['export'], {}, { account: ACCOUNT }, [], wrong)).toMatchObject({ code: 1, stdout: '' });
  expect(await run(['export', '--account', 'nosuch'], {}, { account: ACCOUNT })).toMatchObject({ code: 1, stdout: '' });
});

describe('what matches nothing', () => {
  const named = (target: string) => `version: 1\n${target}\n`;
  const SETTINGS = 'settings: { in_meeting: { private_chat: false } }';
  const GROUP = named(`groups: { Nobody: { ${SETTINGS} } }`);
  const PATTERN = named(`groups: { "No *": { ${SETTINGS} } }`);
  const GONE = named(`users: { gone@example.edu: { ${SETTINGS} } }`);
  const PENDING = named(`users: { new@example.edu: { ${SETTINGS} } }`);
  const USERS = { 'new@example.edu': { settings: {} } };

  async function asked(argv: readonly string[], policy: string) {
    const state = stateOf({ account: ACCOUNT, users: USERS });
    const users = state.users.map((user) => ({ ...user, status: 'pending' as const }));
    sandbox.reset({ ...state, users });
    return withFiles({ 'p.yaml': policy }, (cwd) => lockstep(argv, { cwd, env: sandbox.env }));
  }

  it.each([
    ['a group', GROUP, '1 unmatched (group:Nobody)', '1 unmatched'],
    ['a pattern', PATTERN, '1 unmatched (group:No *)', '1 unmatched'],
    ['a user who has left', GONE, '1 not found (user:gone@example.edu)', '1 not found'],
    ['a user who has not accepted', PENDING, '1 pending (user:new@example.edu)', '1 pending'],
  ])('%s: 2 everywhere, under a headline that says so', async (_, policy, unseen, word) => {
    for (const argv of READING) {
      const ended = await asked(argv, policy);
      expect(ended.code, argv.join(' ')).toBe(2);
      expect(ended.stdout.split('\n')[1]).toBe(`Not seen: ${unseen}.`);
      expect(ended.stdout).not.toMatch(GREEN);
      expect(ended.stdout.trimEnd().split('\n').at(-1)).toContain(word);
    }
    expect(await asked(['plan', 'p.yaml', '--fail-on', 'unmatched'], policy)).toMatchObject({ code: 3 });
    expect(await asked(['plan', 'p.yaml', '--fail-on', 'unknown'], policy)).toMatchObject({ code: 2 });
    expect(await asked(['apply', 'p.yaml', '-y'], policy)).toMatchObject({ code: 3 });
    expect(await asked(['apply', 'p.yaml', '-y', '--allow-blocked'], policy)).toMatchObject({ code: 2 });
    const junit = await asked(['drift', 'p.yaml', '--format', 'junit'], policy);
    expect(junit.stdout).toContain('errors="1"');
  });

  it.each([
    ['a group', GROUP],
    ['a pattern', PATTERN],
    ['a user who has left', GONE],
    ['a user who has not accepted', PENDING],
  ])('%s that is optional is a note', async (_, policy) => {
    for (const argv of [...READING, ['apply', 'p.yaml', '-y']]) {
      const ended = await asked(argv, policy.replace(SETTINGS, `optional: true, ${SETTINGS}`));
      expect(ended.code, argv.join(' ')).toBe(0);
      expect(ended.stdout).toMatch(/^! .*; it is optional {2}p\.yaml:2/m);
    }
    const label = /gone@|new@/.exec(policy) === null ? 'group:No*' : 'user:*';
    const chosen = await asked(
      ['plan', 'p.yaml', '-t', label],
      policy.replace(SETTINGS, `optional: true, ${SETTINGS}`),
    );
    expect(chosen).toMatchObject({ code: 0, stderr: '' });
    const required = await asked(['drift', 'p.yaml'], policy.replace(SETTINGS, `optional: false, ${SETTINGS}`));
    expect(required.code).toBe(2);
  });

  it('a policy may make optional what its base requires, and require what its base makes optional', async () => {
    const base = (optional: string) => PATTERN.replace(SETTINGS, `${optional}${SETTINGS}`);
    const over = (optional: string) => `version: 1\nextends: base.yaml\ngroups: { "No *": { ${optional} } }\n`;
    const drift = (files: Readonly<Record<string, string>>) => run(['drift', 'p.yaml'], files, { account: ACCOUNT });
    const inherited = { 'base.yaml': base('optional: true, '), 'p.yaml': 'version: 1\nextends: base.yaml\n' };
    expect((await drift(inherited)).code).toBe(0);
    const more = '{ settings: { in_meeting: { polling: false } } }';
    const added = `version: 1\nextends: base.yaml\ngroups: { "No *": ${more} }\n`;
    expect((await drift({ 'base.yaml': base('optional: true, '), 'p.yaml': added })).code).toBe(0);
    expect((await drift({ 'base.yaml': base(''), 'p.yaml': over('optional: true') })).code).toBe(0);
    expect((await drift({ 'base.yaml': base('optional: true, '), 'p.yaml': over('optional: false') })).code).toBe(2);
  });

  it('a pack with a pattern is a note where no group matches', async () => {
    expect((await asked(['check', 'pack:town-hall'], POLICY)).code).toBe(0);
  });

  it('export without a user who has left says so, and ends with 2', async () => {
    const some = await asked(['export', '-t', 'account', '-t', 'user:gone@example.edu'], POLICY);
    expect(some.code).toBe(2);
    expect(some.stdout).toMatch(/^# - gone@example\.edu, everything: the user does not exist/m);
    const none = await asked(['export', '-t', 'user:new@example.edu'], POLICY);
    expect(none).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('policies that manage nothing', () => {
  const WAIVERS = `version: 1
waivers: [{ path: in_meeting.chat, owner: me, reason: because, expires: 2099-12-31 }]
`;
  it.each([...READING, ['apply', 'p.yaml', '-y']])('are not green: %s', async (...argv) => {
    const ended = await run(argv, { 'p.yaml': WAIVERS }, { account: ACCOUNT });
    expect(ended.code).toBe(2);
    expect(ended.stdout.split('\n')[1]).toBe('Nothing is managed: the policies name no setting and no lock.');
    expect(ended.stdout).not.toMatch(GREEN);
  });

  it('are no trouble next to policies that manage something', async () => {
    const policy = POLICY.replace('false, private_chat: false', 'true').replace('!locked ', '');
    const files = { 'p.yaml': policy, 'w.yaml': WAIVERS };
    expect((await run(['check', 'p.yaml', 'w.yaml'], files, { account: ACCOUNT })).code).toBe(0);
  });
});

describe('what cannot be read, and somebody accepts that', () => {
  const fault = refuse(400, 4711, SCOPES, 'lock_settings');
  const waived = (expires: string, unknown = ', unknown: accepted') => `version: 1
waivers: [{ path: in_meeting.file_transfer, owner: me, reason: no scope${unknown}, expires: ${expires} }]
account:
  lock_settings: { in_meeting: { file_transfer: true } }
  settings: { in_meeting: { private_chat: true } }
`;

  it.each(READING)('is waived until the day: %s', async (...argv) => {
    const ended = await run(argv, { 'p.yaml': waived('2099-12-31') }, { account: ACCOUNT }, [fault]);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toMatch(/1 waived/);
    expect(ended.stdout).toContain('until 2099-12-31 by me: no scope');
  });

  it('does not stop an apply', async () => {
    const policy = waived('2099-12-31').replace('private_chat: true', 'private_chat: false');
    const ended = await run(['apply', 'p.yaml', '-y'], { 'p.yaml': policy }, { account: ACCOUNT }, [fault]);
    expect(ended.code).toBe(0);
    expect(PATCHES()).toHaveLength(1);
  });

  it('is unknown after the day, and under a waiver that accepts a value', async () => {
    const drift = (policy: string) => run(['drift', 'p.yaml'], { 'p.yaml': policy }, { account: ACCOUNT }, [fault]);
    expect((await drift(waived('2020-01-01'))).code).toBe(5);
    expect((await drift(waived('2099-12-31', ''))).code).toBe(5);
  });

  it('a value that was read and is wrong is not accepted by it', async () => {
    const ended = await run(['check', 'p.yaml'], { 'p.yaml': waived('2099-12-31') }, { account: ACCOUNT });
    expect(ended.code).toBe(2);
  });
});

it('what Zoom was asked for and does not offer stays 0', async () => {
  const policy = 'version: 1\naccount: { settings: { in_meeting: { private_chat: true, polling: true } } }\n';
  for (const argv of READING) {
    const ended = await run(argv, { 'p.yaml': policy }, { account: ACCOUNT });
    expect(ended.code, argv.join(' ')).toBe(0);
    expect(ended.stdout).not.toContain('Not seen');
  }
});
