/**
 * What comes from `!env` is secret because it comes from there: at other targets, under other names, next to what is
 * changed, in what is undone. Through the built command line.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { valueAt } from '../../src/util/json.ts';
import { type Ended, lockstep, withFiles } from '../helpers/built.ts';
import { bytesBelow, holds } from '../helpers/canary.ts';
import { organisationOf, stateOf } from '../helpers/organisation.ts';

const NOTE = 'NoteC4nary7q2Zk9';
const USER = 'UserC4nary7q2Zk9';
const NOTES = 'in_meeting.custom_service_instructions';
const ARCHIVE = 'send_data_to_third_party_archiving_service';
const POLICY = `version: 1
account:
  settings:
    in_meeting: { custom_service_instructions: !env NOTE, file_transfer: !env TRANSFER }
    chat: { ${ARCHIVE}: { user_name: !env ARCHIVE_USER, smtp_delivery_address: new@example.edu } }
groups:
  Students:
    settings:
      in_meeting: { custom_service_instructions: plain, webinar_live_streaming: { live_streaming_reminder: true } }
  Staff:
    settings:
      in_meeting: { webinar_live_streaming: { custom_service_instructions: other } }
users:
  dean@example.edu: { settings: { telephony: { audio_conference_info: info } } }
`;
const STATE = stateOf({
  account: {
    lock_settings: {},
    settings: {
      in_meeting: { custom_service_instructions: 'before', file_transfer: true },
      chat: { [ARCHIVE]: { enable: true, type: 'smarsh', user_name: USER, smtp_delivery_address: 'old@example.edu' } },
    },
  },
  groups: {
    Students: {
      lock_settings: {},
      settings: {
        in_meeting: {
          custom_service_instructions: NOTE,
          webinar_live_streaming: {
            enable: true,
            live_streaming_reminder: false,
            custom_service_instructions: `call ${NOTE} first`,
          },
        },
      },
    },
    Staff: {
      lock_settings: {},
      settings: { in_meeting: { webinar_live_streaming: { enable: true, custom_service_instructions: NOTE } } },
    },
  },
  users: { 'dean@example.edu': { settings: { telephony: { audio_conference_info: `${USER}@example.edu` } } } },
});
const COMMON = ['policy.yaml', '--rate-plan', 'none'];
const APPLY = ['-y', '--allow-lossy', '--settle', '0', '--rate-plan', 'none', '--format', 'json'];

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ state: STATE, secrets: 'returned' });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

function run(cwd: string, ...argv: readonly string[]): Promise<Ended> {
  const env = { ...sandbox.env, NOTE, ARCHIVE_USER: USER, TRANSFER: 'false' };
  return lockstep(argv, { cwd, env });
}

function expectSilence(cwd: string, ...ended: readonly Ended[]): void {
  const texts = [
    ...ended.flatMap(({ stdout, stderr }) => [stdout, stderr]),
    ...bytesBelow(cwd).map(([, text]) => text),
  ];
  expect(texts.filter((text) => holds(text, NOTE) || holds(text, USER))).toEqual([]);
}

function instructionsOf(group: string): unknown {
  const documents = organisationOf(sandbox.state()).groups?.[group] ?? {};
  return valueAt(documents, ['settings', 'in_meeting', 'webinar_live_streaming', 'custom_service_instructions']);
}

it('is in no plan, check or drift, where another target has it', async () => {
  await withFiles({ 'policy.yaml': POLICY }, async (cwd) => {
    const planned = await run(cwd, 'plan', ...COMMON, '--out', 'plan.json', '--report', 'html=plan.html');
    expect(planned.code, planned.stderr).toBe(0);
    expect(planned.stdout).toMatch(/~ in_meeting\.custom_service_instructions +\(secret\) -> "plain"/);
    expect(planned.stdout).toMatch(/custom_service_instructions +\(secret\) -> "other"/);
    expect(planned.stdout).toMatch(/~ telephony\.audio_conference_info +\(secret\) -> "info"/);
    expect(planned.stdout).toMatch(/~ in_meeting\.custom_service_instructions +\(secret\) -> \(secret NOTE\)/);
    const checked = await run(cwd, 'check', ...COMMON, '--format', 'json');
    expect(checked.code).toBe(2);
    expectSilence(cwd, planned, checked, await run(cwd, 'drift', ...COMMON, '--format', 'markdown'));
  });
});

it('is sent back with its object, and is in no result, journal or undoing', async () => {
  await withFiles({ 'policy.yaml': POLICY }, async (cwd) => {
    const applied = await run(cwd, 'apply', 'policy.yaml', ...APPLY);
    expect(applied.code, applied.stdout).toBe(0);
    expect([instructionsOf('Students'), instructionsOf('Staff')]).toEqual([`call ${NOTE} first`, 'other']);
    const [, id = ''] = /"run": "([^"]+)"/.exec(applied.stdout) ?? [];
    const runs = await run(cwd, 'runs');
    const [last = ''] = id === '' ? (/^\S+/m.exec(runs.stdout) ?? []) : [id];
    const undone = await run(cwd, 'rollback', last, ...APPLY);
    expect(undone.stderr).toMatch(/custom_service_instructions: it is a secret/);
    expectSilence(cwd, applied, runs, undone);
    // What was next to it is as it was.
    expect(instructionsOf('Students')).toBe(`call ${NOTE} first`);
  });
});

it('is read again for a saved plan, with the type of its setting', async () => {
  await withFiles({ 'policy.yaml': POLICY }, async (cwd) => {
    expect(await run(cwd, 'plan', ...COMMON, '--out', 'plan.json')).toMatchObject({ code: 0 });
    const applied = await run(cwd, 'apply', '--plan', 'plan.json', ...APPLY);
    expect(applied.code, applied.stdout + applied.stderr).toBe(0);
    expect(instructionsOf('Students')).toBe(`call ${NOTE} first`);
    const { account = {} } = organisationOf(sandbox.state());
    expect(valueAt(account, ['settings', 'in_meeting', 'file_transfer'])).toBe(false);
    expect(valueAt(account, ['settings', 'in_meeting', 'custom_service_instructions'])).toBe(NOTE);
    expectSilence(cwd, applied);
  });
});

describe('explain --live', () => {
  const explain = (cwd: string, path: string, ...more: readonly string[]) =>
    run(cwd, 'explain', path, '--live', '--policy', 'policy.yaml', '--rate-plan', 'none', ...more);

  it.each(['text', 'json'])('does not show what a policy sets with it, in %s', async (format) => {
    await withFiles({ 'policy.yaml': POLICY }, async (cwd) => {
      const more = ['--format', format, '-t', 'group:Students'];
      const named = [
        await explain(cwd, `chat.${ARCHIVE}.user_name`, '--format', format),
        await explain(cwd, NOTES, ...more),
        await explain(cwd, 'in_meeting.webinar_live_streaming.custom_service_instructions', ...more),
      ];
      for (const { code, stdout, stderr } of named) {
        expect(code, stderr).toBe(0);
        expect(stdout).toMatch(format === 'json' ? /"state": "secret"/ : /\(secret\)/);
      }
      expectSilence(cwd, ...named);
      const [where] = named.map(({ stdout }) => stdout);
      expect(where).not.toContain('smarsh');
      const address = await explain(cwd, `chat.${ARCHIVE}.smtp_delivery_address`, '--format', format);
      expect(address.stdout).toContain('old@example.edu');
    });
  });

  it('does not show a text while the policies cannot be read', async () => {
    await withFiles({ 'policy.yaml': `${POLICY}oops: [` }, async (cwd) => {
      const named = await explain(cwd, `chat.${ARCHIVE}.user_name`);
      expect(named.stdout).toContain('it is not shown, because the policies cannot be read and may set it with !env');
      expectSilence(cwd, named);
      expect((await explain(cwd, 'in_meeting.chat')).stdout).not.toContain('it is not shown');
    });
  });
});

it('is not in what is said of a saved plan that is stale', async () => {
  const moving = await startSandbox({ state: sandbox.state(), secrets: 'returned' });
  try {
    await withFiles({ 'policy.yaml': POLICY }, async (cwd) => {
      const env = { ...moving.env, NOTE, ARCHIVE_USER: USER, TRANSFER: 'false' };
      const planned = await lockstep(['plan', ...COMMON, '--out', 'plan.json'], { cwd, env });
      expect(planned).toMatchObject({ code: 0 });
      // Somebody copies the address into a setting that had another value.
      const body = { chat: { [ARCHIVE]: { smtp_delivery_address: `${NOTE}@example.edu` } } };
      moving.act({ target: 'account', document: 'settings', body });
      const applied = await lockstep(['apply', '--plan', 'plan.json', ...APPLY], { cwd, env });
      expect(applied).toMatchObject({ code: 3, stdout: '' });
      expect(applied.stderr).toContain('was "old@example.edu" for the plan, is a secret now');
      expectSilence(cwd, applied);
    });
  } finally {
    await moving.close();
  }
});

it('is compared with what a lock above holds, though it is not shown', async () => {
  const archive = 'ArchiveC4nary7q2Zk9';
  const path = 'recording.ip_address_access_control.ip_addresses_or_ranges';
  const ranges = { recording: { ip_address_access_control: { enable: true, ip_addresses_or_ranges: archive } } };
  const locked = await startSandbox({
    state: stateOf({
      account: { settings: ranges, lock_settings: {} },
      groups: {
        Staff: {
          settings: ranges,
          lock_settings: { recording: { ip_address_access_control: { ip_addresses_or_ranges: true } } },
        },
      },
      users: { 'dean@example.edu': { settings: ranges } },
      members: { 'dean@example.edu': ['Staff'] },
    }),
  });
  const policy = `version: 1
account: { settings: { recording: { ip_address_access_control: { ip_addresses_or_ranges: !env RANGES } } } }
users:
  dean@example.edu: { settings: { recording: { ip_address_access_control: { ip_addresses_or_ranges: none } } } }
`;
  try {
    await withFiles({ 'policy.yaml': policy }, async (cwd) => {
      const planned = await lockstep(['plan', ...COMMON], { cwd, env: { ...locked.env, RANGES: archive } });
      expect(planned.stdout).toContain(path);
      expect(planned.stdout).toContain('the group Staff locks it');
      expect(holds(planned.stdout + planned.stderr, archive)).toBe(false);
    });
  } finally {
    await locked.close();
  }
});
