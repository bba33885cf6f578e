/** `lockstep explain`: what the catalogue, the packs, the policies here and Zoom say of one name. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explanationOf, SCOPES } from '../../src/catalog/explanation.ts';
import { factAt, locksOf, settingsOf } from '../../src/catalog/lookup.ts';
import { chainsTo } from '../../src/policy/who-sets.ts';
import { renderExplainText } from '../../src/report/text/explain.ts';
import { paintFor } from '../../src/report/text/paint.ts';
import { type Sandbox, startSandbox, universityState } from '../../src/sandbox/index.ts';
import { lockstep } from '../helpers/host.ts';
import { stateOf } from '../helpers/organisation.ts';

const UNIVERSITY = join(import.meta.dirname, '../../examples/university');

let empty: string;
let university: string;
let sandbox: Sandbox;

beforeAll(async () => {
  empty = mkdtempSync(join(tmpdir(), 'lockstep-explain-'));
  university = mkdtempSync(join(tmpdir(), 'lockstep-explain-'));
  cpSync(UNIVERSITY, university, { recursive: true });
  sandbox = await startSandbox();
});
afterAll(async () => {
  const written = sandbox.log().filter(({ method }) => method === 'PATCH');
  await sandbox.close();
  for (const folder of [empty, university]) rmSync(folder, { recursive: true });
  expect(written).toEqual([]);
});

const told = async (...argv: string[]) => lockstep(['explain', ...argv], { cwd: empty });
const toldHere = async (...argv: string[]) => lockstep(['explain', ...argv], { cwd: university });
const live = async (...argv: string[]) =>
  lockstep(['explain', ...argv, '--live', '--rate-plan', 'none'], { cwd: university, env: sandbox.env });

/** Runs in a folder with these policies. */
async function withPolicies(files: Record<string, string>, ...argv: string[]) {
  const cwd = mkdtempSync(join(tmpdir(), 'lockstep-explain-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(cwd, name)), { recursive: true });
      writeFileSync(join(cwd, name), text);
    }
    return await lockstep(['explain', ...argv], { cwd });
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

describe('what the catalogue knows', () => {
  it.each<[asked: string, says: string[]]>([
    [
      'in_meeting.file_transfer',
      [
        'Hosts and participants can send files',
        'Values    true or false',
        'false is stricter (medium)',
        'account  GET and PATCH /accounts/me/settings',
        'user     GET and PATCH /users/{userId}/settings',
        'group    in_meeting.file_transfer, in /groups/{groupId}/lock_settings',
        'it has no effect while in_meeting.chat is off',
      ],
    ],
    [
      'meeting_security.waiting_room',
      [
        'GET and PATCH /accounts/me/settings?option=meeting_security',
        'in_meeting.waiting_room (group, user): a second name of the same value',
        'when meeting_security.waiting_room is true, Zoom makes schedule_meeting.join_before_host false',
        'in /groups/{groupId}/lock_settings?option=meeting_security',
      ],
    ],
    [
      'schedule_meeting.join_before_host',
      [
        'when meeting_security.waiting_room is true',
        'while it is off schedule_meeting.jbh_time has no effect, and Zoom may not report that then',
      ],
    ],
    [
      'in_meeting.screen_sharing',
      ['it freezes in_meeting.who_can_share_screen, in_meeting.who_can_share_screen_when_someone_is_sharing as well'],
    ],
    [
      'schedule_meeting.participants_video',
      [
        'account  GET and PATCH /accounts/me/settings  (spelled schedule_meeting.participant_video)',
        'the same setting, with this spelling there',
      ],
    ],
    [
      'schedule_meeting.require_password_for_pmi_meetings',
      ['"jbh_only" is true there', 'from loosest to strictest: none, jbh_only, all', 'Only Zoom can grant'],
    ],
    [
      'recording.auto_delete_cmr_days',
      ['one of 30, 60, 90, 120', 'when it gets smaller or shorter', 'only with --allow-lossy'],
    ],
    [
      'recording.auto_recording',
      [
        'Values (account)  one of local, cloud, none',
        'Values (group)    text',
        'recording.auto_recording is "cloud" only where recording.cloud_recording is true',
      ],
    ],
    ['security.signin_with_sso.sso_bypass_users', ['(read-only: no policy can set it)']],
    ['security.signin_with_sso.operation', ['(a command to Zoom: no policy can contain it)']],
    ['meeting_authentication.authentication_options', ['{ exclusive: true, items: [...] }']],
    ['schedule_meeting.pmi_password', ['never printed or stored']],
    ['in_meeting.entry_exit_chime', ['which lockstep reads but does not send']],
    ['registration.approve_type', ['GET and PATCH /groups/{groupId}/settings/registration?type=webinar']],
    [
      'in_meeting.save_captions',
      ['is a lock key, which freezes', 'in_meeting.manual_captioning.save_captions  Save captions'],
    ],
    ['in_meeting', ['is a section of', 'in_meeting.chat  Participants can write']],
    [
      'in_meeting.webinar_chat',
      ['is a section of 8 settings', 'account  in_meeting.webinar_chat, in /accounts/me/lock_settings'],
    ],
  ])('%s', async (asked, says) => {
    const ended = await told(asked);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    for (const text of says) expect(ended.stdout).toContain(text);
    expect(ended.stdout).not.toMatch(/undefined|\[object|Policies|Zoom now/);
  });

  it('every setting and lock key of every scope can be told', () => {
    const names = SCOPES.flatMap((scope) => [...settingsOf(scope).keys(), ...locksOf(scope).keys()]);
    for (const name of new Set(names)) {
      const explanation = explanationOf(name);
      expect(explanation?.path, name).toBe(name);
      if (explanation === undefined) continue;
      expect(renderExplainText({ explanation, packs: [] }, paintFor(false)), name).not.toMatch(/undefined|\[object/);
    }
  });

  it('names settings and lock keys that exist', () => {
    for (const name of settingsOf('account').keys()) {
      const explanation = explanationOf(name);
      if (explanation?.kind !== 'setting') throw new Error(name);
      for (const { scope, path } of explanation.at) expect(factAt(scope, 'set', path), path).toBeDefined();
      for (const { level, path } of explanation.locks) expect(factAt(level, 'lock', path), path).toBeDefined();
    }
  });

  it('--target leaves out what does not concern it', async () => {
    const { stdout } = await told('in_meeting.file_transfer', '--target', 'account');
    expect(stdout).toContain('/accounts/me/settings');
    expect(stdout).not.toMatch(/\{groupId\}|\{userId\}|town-hall/);
    const user = await told('schedule_meeting.participant_video', '--target', 'user:dean@example.edu');
    expect(user.stdout).toMatch(/^schedule_meeting\.participants_video\n/);
    expect(user.stdout).toContain('account  schedule_meeting.participant_video, in /accounts/me/lock_settings');
  });

  it('--format json is the same as data', async () => {
    const { code, stdout } = await told('in_meeting.private_chat', '--format', 'json');
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({
      code: 0,
      kind: 'setting',
      path: 'in_meeting.private_chat',
      at: [{ scope: 'account', calls: { get: '/accounts/me/settings' }, settable: true }, {}, {}],
      locks: [{ level: 'account' }, { level: 'group' }],
      behind: [{ path: 'in_meeting.chat' }],
      strictness: { stricter: false },
    });
  });
});

describe('names that are not there', () => {
  it.each<[argv: string[], says: string]>([
    [['in_meeting.file_transfre'], 'did you mean `in_meeting.file_transfer`?'],
    [['in_meting'], 'did you mean `in_meeting`?'],
    [['waiting_room'], 'did you mean `in_meeting.waiting_room` or `meeting_security.waiting_room`?'],
    [['in_meeting.waiting_room', '-t', 'account'], 'for the account: there it is `meeting_security.waiting_room`'],
    [['security.hide_billing_info', '-t', 'group:X'], 'for groups: it has it for the account'],
    [['qqqqqqqqqqqqqqqq'], 'unknown setting `qqqqqqqqqqqqqqqq`'],
    [['__proto__'], 'unknown setting'],
    [['in_meeting.\u001b[31m'], '\\u001b[31m'],
    [[], 'takes one setting, or --search'],
    [['in_meeting.chat', '--search', 'chat'], 'takes one setting, or --search'],
    [['in_meeting.chat', '--target', 'students'], 'use account, group:NAME or user:E-MAIL'],
    [['in_meeting', '--live'], '`in_meeting` is a section'],
    [['--search', 'no such thing'], 'no setting matches `no such thing`'],
  ])('%j', async (argv, says) => {
    const ended = await told(...argv);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain(says);
    expect(ended.stderr).not.toContain('\u001b');
  });
});

describe('--search', () => {
  it('finds all words, in names and summaries, sorted', async () => {
    const { code, stdout } = await told('--search', 'Waiting ROOM');
    const paths = stdout
      .trim()
      .split('\n')
      .map((line) => line.split('  ')[0] ?? '');
    expect({ code, sorted: [...paths].sort() }).toEqual({ code: 0, sorted: paths });
    expect(paths).toContain('meeting_security.waiting_room');
    expect(paths).toContain('meeting_security.auto_security');
  });

  it('keeps to the scope of --target, and has a JSON form', async () => {
    const { stdout } = await told('--search', 'billing', '--format', 'json');
    expect(JSON.parse(stdout)).toEqual([
      { path: 'security.hide_billing_info', summary: expect.any(String), scopes: ['account'] },
    ]);
    expect(await told('--search', 'billing', '-t', 'group:X')).toMatchObject({ code: 1 });
  });
});

describe('who sets it', () => {
  it('packs, with their controls', async () => {
    const { stdout } = await told('in_meeting.file_transfer');
    expect(stdout).toContain('pack:cis-zoom-l1  account  in_meeting.file_transfer: false  [CIS 1.1.3.3.1]\n');
    expect(stdout).toMatch(/pack:cis-zoom-l2 .*, through pack:cis-zoom-l1\n/);
    expect(stdout).toMatch(/pack:k12 {2}account {2}in_meeting\.file_transfer: false, locked {2}\[k12-15\]\n/);
    expect(stdout).toContain('pack:town-hall  group:Town Hall*  in_meeting.file_transfer: false');
  });

  it('policies, with line, reason and the way through extends', async () => {
    const { stdout, stderr } = await toldHere('in_meeting.file_transfer');
    expect(stderr).toBe('');
    expect(stdout).toContain(
      [
        'Policies',
        '  account  in_meeting.file_transfer: false, locked  policies/base.yaml:7:7',
        '      SEC-4: files go through the drive, where they are scanned',
        '      by extends: policies/university.yaml -> policies/base.yaml',
      ].join('\n'),
    );
  });

  it('twenty thousand of them, each with its lock in one line, in one pass', () => {
    const path = 'in_meeting.file_transfer';
    const policies = Array.from({ length: 20_000 }, (_, line) => {
      const common = { target: 'user:dean@example.edu', path, controls: [], chains: [] };
      const provenance = { file: 'users.yaml', line, column: 1 };
      return [
        { ...common, kind: 'set', value: false, provenance } as const,
        { ...common, kind: 'lock', value: line % 2 === 0, provenance } as const,
      ];
    }).flat();
    const explanation = explanationOf(path);
    if (explanation === undefined) throw new Error('the catalogue has no such setting');
    const [, own = ''] = renderExplainText({ explanation, packs: [], policies }, paintFor(false)).split('Policies\n');
    expect(own.match(/: false, locked /g)).toHaveLength(10_000);
    expect(own.match(/: false, unlocked /g)).toHaveLength(10_000);
  });

  it('under any of its names, and every target', async () => {
    const { stdout } = await toldHere('in_meeting.waiting_room');
    expect(stdout).toContain('account  meeting_security.waiting_room: true, locked  policies/base.yaml:17:7');
    const recording = await toldHere('recording.auto_recording');
    expect(recording.stdout).toContain(
      'group:Staff *  recording.auto_recording: "none"  policies/university.yaml:37:9',
    );
    expect(recording.stdout).toContain('user:dean@example.edu  recording.auto_recording: "cloud"');
  });

  it.each<[target: string, has: RegExp, hasNot: RegExp]>([
    ['group:Staff Guests', /group:Staff Guests {2}in_meeting\.annotation: false, locked/, /group:Staff \*/],
    ['group:Staff – Registrar', /group:Staff – Registrar {2}lock in_meeting\.annotation: unlocked/, /Guests/],
    ['group:Students', /No policy here sets it/, /annotation: (?:un)?locked/],
  ])('--target %s takes patterns and exact names as an apply does', async (target, has, hasNot) => {
    const { stdout } = await toldHere('in_meeting.annotation', '--target', target);
    expect(stdout).toMatch(has);
    expect(stdout.slice(stdout.indexOf('Policies'))).not.toMatch(hasNot);
  });

  it("--target tells the account's locks above it", async () => {
    const { stdout } = await toldHere('in_meeting.remote_control', '--target', 'user:dean@example.edu');
    expect(stdout).toContain('  account  lock in_meeting.remote_control: locked  policies/base.yaml:9:7');
    expect(stdout).not.toContain('in_meeting.remote_control: false');
  });

  it('is silent without policies, and says so where none sets it', async () => {
    expect((await told('in_meeting.polling')).stdout).not.toContain('olic');
    expect((await toldHere('in_meeting.polling')).stdout).toContain('No policy here sets it.');
  });

  it('goes on without policies that have errors', async () => {
    const broken = { 'policies/p.yaml': 'version: 1\naccount:\n  settings:\n    in_meeting:\n      chta: false\n' };
    const ended = await withPolicies(broken, 'in_meeting.chat');
    expect(ended.code).toBe(0);
    expect(ended.stderr).toContain('policies/p.yaml:5:7: error');
    expect(ended.stderr).toContain('The policies are left out of the answer.');
    expect(ended.stdout).toContain('in_meeting.chat');
    expect(ended.stdout).not.toContain('No policy');
  });

  it('--policy names others, more than one, and packs', async () => {
    const files = {
      'a.yaml': 'version: 1\nextends: [pack:cis-zoom-l1]\n',
      'b.yaml': 'version: 1\nusers:\n  a@b.c:\n    settings: { in_meeting: { file_transfer: true } }\n',
    };
    const { stdout } = await withPolicies(
      files,
      'in_meeting.file_transfer',
      '--policy',
      'a.yaml',
      '--policy',
      'b.yaml',
    );
    expect(stdout).toContain('by extends: a.yaml -> pack:cis-zoom-l1');
    expect(stdout).toContain('user:a@b.c  in_meeting.file_transfer: true  b.yaml:4:31');
  });

  it('shows no secret, wherever it is written', async () => {
    const service = 'chat.send_data_to_third_party_archiving_service';
    const file = {
      'policies/p.yaml': `version: 1
account:
  settings:
    chat:
      send_data_to_third_party_archiving_service:
        passcode: canary-5371
        authorized_channel_token: !env CHANNEL_TOKEN
`,
    };
    for (const format of ['text', 'json']) {
      const passcode = await withPolicies(file, `${service}.passcode`, '--format', format);
      expect(passcode).toMatchObject({ code: 0, stdout: expect.stringContaining('policies/p.yaml') });
      expect(passcode.stdout + passcode.stderr).not.toContain('canary-5371');
      const token = await withPolicies(file, `${service}.authorized_channel_token`, '--format', format);
      expect(token.stdout).toContain('CHANNEL_TOKEN');
    }
  });

  it('prints nothing that a terminal would obey', async () => {
    const text = String.raw`version: 1
account:
  settings:
    in_meeting:
      custom_service_instructions: "a\u202eb\u001b[31m"
`;
    const { stdout } = await withPolicies({ 'policies/p.yaml': text }, 'in_meeting.custom_service_instructions');
    expect(stdout).toMatch(/custom_service_instructions: "a.*u202eb.*u001b\[31m"/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(stdout).not.toMatch(/[\u202e\u001b]/);
  });

  it('finds the way through several files, and each that leads to it', () => {
    const bases = new Map([
      ['a', ['c']],
      ['b', ['d']],
      ['c', ['d']],
      ['d', []],
    ]);
    expect(chainsTo('d', bases)).toEqual([
      ['b', 'd'],
      ['a', 'c', 'd'],
    ]);
    expect(chainsTo('a', bases)).toEqual([['a']]);
  });
});

describe('--live', () => {
  it('tells the account and a group, values and locks', async () => {
    const { code, stdout } = await live('in_meeting.private_chat', '--target', 'group:Students');
    expect(code).toBe(0);
    expect(stdout.slice(stdout.indexOf('Zoom now'))).toBe(
      [
        'Zoom now',
        '  account  in_meeting.private_chat: true',
        '  account  lock in_meeting.private_chat: locked',
        '  group:Students  in_meeting.private_chat: true',
        '  group:Students  lock in_meeting.private_chat: locked',
        '',
      ].join('\n'),
    );
  });

  it('tells a user with the groups that the user is in, each as Zoom reports it', async () => {
    const { stdout } = await live('in_meeting.annotation', '--target', 'user:dean@example.edu', '--format', 'json');
    const { live: levels } = JSON.parse(stdout) as { live: { target: string; facts: object[] }[] };
    expect(levels.map(({ target }) => target)).toEqual(['account', 'group:Staff – Registrar', 'user:dean@example.edu']);
    expect(levels[2]?.facts).toEqual([
      { kind: 'set', path: 'in_meeting.annotation', state: 'read', value: expect.any(Boolean) },
    ]);
  });

  it('never shows a secret', async () => {
    const { stdout } = await live('schedule_meeting.pmi_password', '-t', 'user:dean@example.edu', '--format', 'json');
    const { live: levels } = JSON.parse(stdout) as { live: object[] };
    expect(levels).toEqual([
      {
        target: 'user:dean@example.edu',
        facts: [{ kind: 'set', path: 'schedule_meeting.pmi_password', state: 'secret' }],
      },
    ]);
  });

  it('says what is not there', async () => {
    const options = await live('meeting_authentication.authentication_options');
    expect(options.stdout).toContain('meeting_authentication.authentication_options: not reported by Zoom');
    const user = await live('schedule_meeting.pmi_password');
    expect(user.stdout).toContain('nothing was read: name a group or user with --target');
    expect(await live('in_meeting.chat', '-t', 'group:Nobody')).toMatchObject({ code: 1, stdout: '' });
    const gone = await live('in_meeting.chat', '-t', 'user:nobody@example.edu');
    expect(gone.stdout).toMatch(/ {2}user:nobody@example\.edu {2}\S+/);
  });

  it('prints nothing of Zoom that a terminal would obey', async () => {
    const hostile = { settings: { in_meeting: { custom_service_instructions: 'x\u001b[31m\u202ey' } } };
    const state = stateOf({
      account: hostile,
      groups: { 'G\u202e': hostile },
      users: { 'a@b.c': hostile },
      members: { 'a@b.c': ['G\u202e'] },
    });
    const odd = await startSandbox({ state });
    try {
      const argv = ['explain', 'in_meeting.custom_service_instructions', '--live', '--rate-plan', 'none'];
      const { code, stdout } = await lockstep([...argv, '-t', 'user:a@b.c'], { cwd: empty, env: odd.env });
      expect(code).toBe(0);
      expect(stdout).toContain('group:G\\u202e  in_meeting.custom_service_instructions: "x');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(stdout).not.toMatch(/[\u202e\u001b]/);
    } finally {
      await odd.close();
    }
  });

  it('tells what may not be read, and why', async () => {
    const state = universityState();
    const scopes = ['account:read:settings:admin'];
    const narrow = await startSandbox({ state: { ...state, credentials: { ...state.credentials, scopes } } });
    try {
      const argv = ['explain', 'in_meeting.chat', '--live', '--rate-plan', 'none'];
      const { code, stdout } = await lockstep(argv, { cwd: empty, env: narrow.env });
      expect(code).toBe(0);
      expect(stdout).toMatch(/ account {2}in_meeting\.chat: (?:true|false)\n/);
      expect(stdout).toMatch(/ account {2}lock in_meeting\.chat: unknown, .*scope/);
    } finally {
      await narrow.close();
    }
  });

  it('needs credentials, and asks only for what it tells', async () => {
    expect(await lockstep(['explain', 'in_meeting.chat', '--live'], { cwd: empty })).toMatchObject({ code: 5 });
    const before = sandbox.log().length;
    await live('in_meeting.chat');
    const asked = sandbox
      .log()
      .slice(before)
      .filter(({ path }) => !path.includes('oauth'));
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v2/accounts/me',
      expect.stringMatching(/^GET .*\/accounts\/me\/settings/),
      expect.stringMatching(/^GET .*\/accounts\/me\/lock_settings/),
    ]);
  });
});
