import { describe, expect, it } from 'vitest';
import { account, factLines, group, load, user } from './folder.ts';

async function facts(text: string, options = {}) {
  const { entries, said } = await load({ 'p.yaml': text }, options);
  expect(said).toEqual([]);
  return factLines(entries);
}

describe('targets', () => {
  it('reads all three scopes and areas', async () => {
    const text = `
version: 1
account:
  settings: { in_meeting: { chat: false } }
  lock_settings: { recording: { local_recording: true } }
  registration: { approve_type: 0, options: { close_registration: true } }
groups:
  Students:
    settings: { in_meeting: { private_chat: false } }
    registration: { approve_type: 1 }
  "Staff *":
    lock_settings: { in_meeting: { chat: false } }
  Room ?: { settings: { in_meeting: { chat: true } } }
users:
  Dean@example.edu: { settings: { schedule_meeting: { host_video: true } } }
  30R7kT7bTIKSNUFEuH_Qlg: { settings: { schedule_meeting: { host_video: false } } }
`;
    expect(await facts(text)).toEqual([
      'account set in_meeting.chat = false',
      'account lock recording.local_recording = true',
      'account set registration.approve_type = 0',
      'account set registration.options.close_registration = true',
      'group:Students set in_meeting.private_chat = false',
      'group:Students set registration.approve_type = 1',
      'group:Staff * (glob) lock in_meeting.chat = false',
      'group:Room ? (glob) set in_meeting.chat = true',
      'user:Dean@example.edu set schedule_meeting.host_video = true',
      'user:30R7kT7bTIKSNUFEuH_Qlg set schedule_meeting.host_video = false',
    ]);
  });

  it('says where every target and fact stands', async () => {
    const { entries } = await load({ 'p.yaml': group('in_meeting:\n  chat: true') });
    expect(entries).toEqual([
      {
        scope: 'group',
        name: 'Students',
        glob: false,
        provenance: { file: 'p.yaml', line: 3, column: 3 },
        facts: [
          { kind: 'set', path: 'in_meeting.chat', value: true, provenance: { file: 'p.yaml', line: 6, column: 9 } },
        ],
      },
    ]);
  });

  it('keeps the option documents under their own name', async () => {
    expect(await facts(account('meeting_authentication:\n  meeting_authentication: true'))).toEqual([
      'account set meeting_authentication.meeting_authentication = true',
    ]);
  });

  it('takes empty and falsy values for values, and empty sections for nothing', async () => {
    const text = account(`
in_meeting: { chat: false, custom_service_instructions: '' }
recording: { auto_delete_cmr_days: 30 }
chat: { share_files: {} }
security: { sign_in_with_two_factor_auth_groups: [], sign_again_period_for_inactivity_on_web: 0 }
`);
    expect(await facts(text)).toEqual([
      'account set in_meeting.chat = false',
      'account set in_meeting.custom_service_instructions = ""',
      'account set recording.auto_delete_cmr_days = 30',
      'account set security.sign_in_with_two_factor_auth_groups = []',
      'account set security.sign_again_period_for_inactivity_on_web = 0',
    ]);
  });

  it('leaves out a target of which nothing is managed', async () => {
    expect(await facts(`${account('in_meeting: { chat: true }')}groups: { Students: {} }\n`)).toEqual([
      'account set in_meeting.chat = true',
    ]);
  });

  it('keeps lists whole', async () => {
    const text = account(
      'telephony:\n  telephony_regions:\n    selection_values: US\naudio_conferencing:\n  toll_call:\n    numbers:\n      - { code: US, number: "+1555" }',
    );
    expect(await facts(text)).toEqual([
      'account set telephony.telephony_regions.selection_values = "US"',
      'account set audio_conferencing.toll_call.numbers = [{"code":"US","number":"+1555"}]',
    ]);
  });

  it('reads JSON, CRLF, a byte order mark and one document with its marks', async () => {
    const expected = ['account set in_meeting.chat = true'];
    expect(await facts('{"version": 1, "account": {"settings": {"in_meeting": {"chat": true}}}}')).toEqual(expected);
    expect(await facts(account('in_meeting:\n  chat: true').replaceAll('\n', '\r\n'))).toEqual(expected);
    expect(await facts(`\ufeff---\n${account('in_meeting: { chat: true }')}...\n`)).toEqual(expected);
  });
});

describe('!locked', () => {
  it('on a leaf is the value and its lock', async () => {
    const { entries } = await load({ 'p.yaml': account('in_meeting:\n  file_transfer: !locked false # SEC-1') });
    const provenance = { file: 'p.yaml', line: 5, column: 7, reason: 'SEC-1' };
    expect(entries[0]?.facts).toEqual([
      { kind: 'set', path: 'in_meeting.file_transfer', value: false, provenance },
      { kind: 'lock', path: 'in_meeting.file_transfer', value: true, provenance },
    ]);
  });

  it('keeps the type of what it stands before', async () => {
    const text = account(`
in_meeting:
  file_transfer: !locked TRUE
  custom_service_instructions: "off"
  auto_answer: !locked true
recording: { auto_recording: !locked none }
`);
    expect(await facts(text)).toContain('account set in_meeting.file_transfer = true');
    expect(await facts(text)).toContain('account set recording.auto_recording = "none"');
  });

  it('on an object that one key governs locks the object', async () => {
    expect(await facts(account('in_meeting:\n  webinar_chat: !locked\n    enable: true'))).toEqual([
      'account set in_meeting.webinar_chat.enable = true',
      'account lock in_meeting.webinar_chat = true',
    ]);
  });

  it('finds lock keys of another name', async () => {
    expect(await facts(account('meeting_authentication: !locked { meeting_authentication: true }'))).toEqual([
      'account set meeting_authentication.meeting_authentication = true',
      'account lock schedule_meeting.meeting_authentication = true',
    ]);
  });

  it('twice under one key is one lock, and agrees with lock_settings', async () => {
    const text = `${account(`
telephony:
  telephony_regions:
    selection_values: !locked US
in_meeting:
  webinar_chat: { enable: !locked true, allow_panelists_chat_with: !locked 1 }
`)}  lock_settings: { in_meeting: { webinar_chat: true } }\n`;
    expect((await facts(text)).filter((line) => line.includes(' lock '))).toEqual([
      'account lock telephony.telephony_regions = true',
      'account lock in_meeting.webinar_chat = true',
    ]);
  });
});

describe('!env', () => {
  it('leaves a marker and keeps the value apart', async () => {
    const text = account(
      'chat:\n  send_data_to_third_party_archiving_service: { enable: !env ON, passcode: !env CODE }\nrecording: { auto_delete_cmr_days: !env "DAYS" }',
    );
    const { entries, secrets, said } = await load(
      { 'p.yaml': text },
      { env: { ON: 'true', CODE: '0123', DAYS: '30' } },
    );
    expect(said).toEqual([]);
    expect(entries[0]?.facts.map(({ value }) => value)).toEqual([
      { $secret: 'env:ON' },
      { $secret: 'env:CODE' },
      { $secret: 'env:DAYS' },
    ]);
    expect(secrets).toEqual({ 'env:ON': true, 'env:CODE': '0123', 'env:DAYS': 30 });
  });

  it('may name what is not set where no value is needed', async () => {
    const text = account('recording: { auto_delete_cmr_days: !env DAYS }');
    expect(await load({ 'p.yaml': text }, { secrets: 'named' })).toMatchObject({ said: [], secrets: {} });
  });
});

describe('reasons', () => {
  it.each([
    [
      'above',
      '  # Ticket SEC-12:\n  #   guests   must be visible\n  chat: true',
      'Ticket SEC-12: guests must be visible',
    ],
    ['behind', '  chat: true # because', 'because'],
    ['above and behind', '  # first\n  chat: true # then', 'first then'],
    ['behind the key of a value below it', '  chat: # here\n    true', 'here'],
    ['first in its map', '  # first of all\n  chat: true', 'first of all'],
    ['in an outer column', '# sloppy\n  chat: true', 'sloppy'],
    ['a blank line between', '  # not mine\n\n  chat: true', undefined],
    ['above the section', '  file_transfer: true # no', undefined],
    [
      'of what stands before, indented deeper',
      '  webinar_chat:\n    enable: true\n    # about the above\n  chat: true',
      undefined,
    ],
    ['in a text', '  custom_service_instructions: |\n    # text\n  chat: true', undefined],
    ['without words', '  #\n  ####\n  chat: true', undefined],
    ['with control characters', '  # a\u0007b\u001b[31m\u202e c\n  chat: true', 'a b [31m c'],
    ['very long', `  # ${'x'.repeat(600)}\n  chat: true`, `${'x'.repeat(499)}…`],
  ])('%s', async (_name, lines, reason) => {
    const { entries, said } = await load({ 'p.yaml': account(`# about the section\nin_meeting:\n${lines}`) });
    expect(said).toEqual([]);
    expect(entries[0]?.facts.find(({ path }) => path === 'in_meeting.chat')?.provenance.reason).toBe(
      lines.includes('chat: true # no') ? undefined : reason,
    );
  });

  it('hold for both facts of a locked leaf and for everything that stands on the line', async () => {
    const { entries } = await load({
      'p.yaml': account('# both\nin_meeting: { file_transfer: !locked false, chat: true }'),
    });
    expect(entries[0]?.facts.map(({ provenance }) => provenance.reason)).toEqual(['both', 'both', 'both']);
  });
});

describe('anchors', () => {
  it('are written out, keep their tag and their place', async () => {
    const text = `
version: 1
groups:
  Students:
    settings: &base
      in_meeting: &meeting
        chat: &off !locked false
        file_transfer: *off
  Staff:
    settings: *base
  Guests:
    settings:
      in_meeting: { <<: *meeting, chat: true }
  Others:
    settings:
      in_meeting: { <<: [{ chat: true }, *meeting] }
`;
    expect(await facts(text)).toEqual([
      'group:Students set in_meeting.chat = false',
      'group:Students lock in_meeting.chat = true',
      'group:Students set in_meeting.file_transfer = false',
      'group:Students lock in_meeting.file_transfer = true',
      'group:Staff set in_meeting.chat = false',
      'group:Staff lock in_meeting.chat = true',
      'group:Staff set in_meeting.file_transfer = false',
      'group:Staff lock in_meeting.file_transfer = true',
      'group:Guests set in_meeting.file_transfer = false',
      'group:Guests lock in_meeting.file_transfer = true',
      'group:Guests set in_meeting.chat = true',
      'group:Others set in_meeting.chat = true',
      'group:Others set in_meeting.file_transfer = false',
      'group:Others lock in_meeting.file_transfer = true',
    ]);
    const { entries } = await load({ 'p.yaml': text });
    expect(entries[1]?.facts[0]?.provenance).toEqual({ file: 'p.yaml', line: 7, column: 9 });
  });

  it('may be set anew, and the last one before an alias holds', async () => {
    expect(
      await facts(account('in_meeting: { chat: &x true, private_chat: *x, file_transfer: &x false, co_host: *x }')),
    ).toEqual([
      'account set in_meeting.chat = true',
      'account set in_meeting.private_chat = true',
      'account set in_meeting.file_transfer = false',
      'account set in_meeting.co_host = false',
    ]);
  });
});

describe('--allow-unknown', () => {
  it('passes on what is below an unknown name, with a warning', async () => {
    const text = `${account('in_meeting: { new_thing: { deep: { on: true, list: [1, {a: b}] }, none: {} } }\nnew_section: { x: !env X }')}  lock_settings: { in_meeting: { new_thing: true } }\n`;
    const { entries, said } = await load({ 'p.yaml': text }, { allowUnknown: true, env: { X: 'y' } });
    expect(factLines(entries)).toEqual([
      'account set in_meeting.new_thing.deep.on = true',
      'account set in_meeting.new_thing.deep.list = [1,{"a":"b"}]',
      'account set new_section.x = {"$secret":"env:X"}',
      'account lock in_meeting.new_thing = true',
    ]);
    expect(said).toEqual([
      'p.yaml:4:19: warning: unknown section `in_meeting.new_thing`; it is sent as it is',
      'p.yaml:5:5: warning: unknown section `new_section`; it is sent as it is',
      'p.yaml:6:34: warning: unknown lock key `in_meeting.new_thing`; it is sent as it is',
    ]);
  });

  it('still says what was probably meant, and checks what is known', async () => {
    const { said } = await load(
      { 'p.yaml': account('in_meeting: { chatt: true, chat: 1, new: null, other: { a.b: 1 } }') },
      { allowUnknown: true },
    );
    expect(said).toEqual([
      'p.yaml:4:19: warning: unknown setting `in_meeting.chatt`: did you mean `in_meeting.chat`?',
      'p.yaml:4:38: `in_meeting.chat` must be true or false, not 1',
      "p.yaml:4:46: null is not a value; remove the key to leave it unmanaged, or write a value (false, 0, '' and [] are values)",
      'p.yaml:4:61: `a.b` contains dots; nest the names instead, as Zoom does',
    ]);
  });
});

describe('warnings', () => {
  it('tell of deprecated settings', async () => {
    const { said, problems } = await load({ 'p.yaml': account('security:\n  admin_change_name_pic: true') });
    expect(said).toEqual([
      'p.yaml:5:7: warning: Zoom has deprecated `security.admin_change_name_pic`: it may go away, or do nothing any more',
    ]);
    expect(problems[0]?.excerpt).toBe('      admin_change_name_pic: true\n      ^');
  });

  it('come along with errors', async () => {
    const { said } = await load({ 'p.yaml': account('security: { admin_change_name_pic: true }\nx: 1') });
    expect(said).toHaveLength(2);
  });

  it('leave users with the spelling of users', async () => {
    expect(await facts(user('schedule_meeting: { participants_video: true }'))).toHaveLength(1);
  });
});
