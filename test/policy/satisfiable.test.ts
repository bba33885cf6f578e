import { describe, expect, it } from 'vitest';
import { load } from './folder.ts';

const account = (settings: string, more = '') => `version: 1\naccount:\n  settings: ${settings}\n${more}`;

/** What is said of a policy, without the lines that it quotes. */
const said = async (text: string) => (await load({ 'p.yaml': text })).said;

describe('settings that cannot go together', () => {
  it.each([
    [
      'one that Zoom forces',
      account('{ meeting_security: { waiting_room: true }, schedule_meeting: { join_before_host: true } }'),
      /^p.yaml:3:\d+: `schedule_meeting.join_before_host` is true here, and `meeting_security.waiting_room` is true at p.yaml:3:\d+: .*so Zoom makes it false/,
    ],
    [
      'the same under the other name of the setting',
      'version: 1\ngroups:\n  Staff:\n    settings: { in_meeting: { waiting_room: true }, schedule_meeting: { join_before_host: true } }\n',
      /join_before_host` is true here, and `in_meeting.waiting_room` is true/,
    ],
    [
      'one that needs another',
      account('{ security: { sign_in_with_two_factor_auth: group, sign_in_with_two_factor_auth_groups: [] } }'),
      /sign_in_with_two_factor_auth_groups` is \[\] here, and .* it has to be not empty/,
    ],
    [
      'several conditions',
      account(
        '{ meeting_security: { auto_security: true, meeting_password: false, waiting_room: false }, meeting_authentication: { meeting_authentication: false } }',
      ),
      /waiting_room` is false here/,
    ],
  ])('%s', async (_, text, expected) => {
    const [first, ...others] = (await said(text)).filter((line) => !line.includes('warning'));
    expect(first).toMatch(expected);
    expect(others).toEqual([]);
  });

  it.each([
    [
      'both as Zoom has them',
      account('{ meeting_security: { waiting_room: true }, schedule_meeting: { join_before_host: false } }'),
    ],
    ['only one of them said', account('{ schedule_meeting: { join_before_host: true } }')],
    [
      'at different targets',
      `${account('{ meeting_security: { waiting_room: true } }')}groups:\n  Staff: { settings: { schedule_meeting: { join_before_host: true } } }\n`,
    ],
    [
      'what a switch above takes away',
      account(
        '{ chat: { send_data_to_third_party_archiving_service: { enable: false, type: smarsh, smtp_delivery_address: "" } } }',
      ),
    ],
  ])('can: %s', async (_, text) => {
    expect(await said(text)).toEqual([]);
  });

  it('are a warning where Zoom does not say so', async () => {
    const { problems } = await load({
      'p.yaml': account('{ in_meeting: { polling: true, meeting_polling: { enable: false } } }'),
    });
    expect(problems.map(({ message, severity }) => `${severity}: ${message}`).join()).toMatch(
      /^warning: .*both should say the same/,
    );
  });
});

describe('a lock of the account over what is below', () => {
  const under = (below: string, above = '{ in_meeting: { chat: !locked false } }') =>
    `version: 1\naccount:\n  settings: ${above}\ngroups:\n  Staff:\n    ${below}\n`;

  it.each([
    [
      'another value',
      under('settings: { in_meeting: { chat: true } }'),
      /^p.yaml:6:31: `in_meeting.chat` of group:Staff is true here, but .* is locked for the account at p.yaml:3:29 with false: /,
    ],
    [
      'an unlock',
      under('lock_settings: { in_meeting: { chat: false } }'),
      /^p.yaml:6:36: `in_meeting.chat` of group:Staff is unlocked here/,
    ],
    [
      'another value under another name',
      under(
        'settings: { in_meeting: { waiting_room: false } }',
        '{ meeting_security: { waiting_room: !locked true } }',
      ),
      /`in_meeting.waiting_room` of group:Staff is false here/,
    ],
    [
      'a user',
      'version: 1\naccount: { settings: { in_meeting: { chat: !locked false } } }\nusers: { a@b.c: { settings: { in_meeting: { chat: true } } } }\n',
      /of user:a@b.c is true here/,
    ],
  ])('%s can never come to be', async (_, text, expected) => {
    const lines = await said(text);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(expected);
  });

  it.each([
    ['the same value', under('settings: { in_meeting: { chat: false } }')],
    ['its own lock', under('settings: { in_meeting: { chat: !locked false } }')],
    [
      'a value that the account does not say',
      under('settings: { in_meeting: { chat: true } }', '{ in_meeting: { co_host: true } }'),
    ],
    [
      'a set in another order',
      under(
        'settings: { in_meeting: { data_center_regions: [DE, US], custom_data_center_regions: true } }',
        '{ in_meeting: { data_center_regions: [US, DE], custom_data_center_regions: !locked true } }',
      ),
    ],
  ])('%s can', async (_, text) => {
    expect(await said(text)).toEqual([]);
  });
});

describe('protected paths', () => {
  const marks = async (paths: string, settings: string, more = '') =>
    (
      await load({ 'p.yaml': `version: 1\nprotected: ${paths}\naccount:\n  settings: ${settings}\n${more}` })
    ).entries.flatMap(({ facts }) =>
      facts.map(({ kind, path, protectedBy }) => `${kind} ${path}: ${protectedBy ?? 'free'}`),
    );

  it('cover settings, what is below them, locks that freeze them, and other names', async () => {
    expect(
      await marks('[in_meeting.private_chat]', '{ in_meeting: { private_chat: !locked false, chat: true } }'),
    ).toEqual([
      'set in_meeting.private_chat: in_meeting.private_chat',
      'lock in_meeting.private_chat: in_meeting.private_chat',
      'set in_meeting.chat: free',
    ]);
    expect(await marks('[recording.archive.type]', '{ recording: { archive: !locked { enable: true } } }')).toEqual([
      'set recording.archive.enable: free',
      'lock recording.archive: recording.archive.type',
    ]);
    expect(
      await marks(
        '[meeting_security.meeting_password]',
        '{ schedule_meeting: { require_password_for_scheduling_new_meetings: true } }',
      ),
    ).toEqual(['set schedule_meeting.require_password_for_scheduling_new_meetings: meeting_security.meeting_password']);
  });

  it('of any file hold for all', async () => {
    const files = {
      'base.yaml': 'version: 1\nprotected: [in_meeting]\naccount: { settings: { in_meeting: { chat: true } } }\n',
      'top.yaml':
        'version: 1\nextends: base.yaml\nprotected: []\naccount: { settings: { in_meeting: { chat: false } } }\n',
    };
    const { entries } = await load(files, { paths: ['top.yaml'] });
    expect(entries[0]?.facts.map(({ value, protectedBy }) => [value, protectedBy])).toEqual([[false, 'in_meeting']]);
  });

  it('must be known, and must be a list', async () => {
    const text = (value: string) =>
      `version: 1\nprotected: ${value}\naccount: { settings: { in_meeting: { chat: true } } }\n`;
    expect((await said(text('[in_meetin.chat]')))[0]).toMatch(/did you mean `in_meeting.chat`/);
    expect((await said(text('in_meeting')))[0]).toMatch(/must be a list/);
  });
});

describe('advice', () => {
  const adviceOf = async (text: string) => (await load({ 'p.yaml': text })).advice;

  it('is given on a lock without a value, a value without a lock, and an unlock', async () => {
    const given = await adviceOf(
      'version: 1\naccount:\n  settings: { in_meeting: { polling: true } }\n  lock_settings: { in_meeting: { co_host: true, chat: false } }\n',
    );
    expect(given).toEqual([
      '`in_meeting.polling` of the account is set and not locked: groups and users may have other values',
      '`in_meeting.co_host` is locked, and no value of `in_meeting.co_host` is set: it locks whatever Zoom has',
      '`in_meeting.chat` is unlocked: values that were set below before the lock apply again',
    ]);
  });

  it('is not given where value and lock stand together', async () => {
    expect(await adviceOf('version: 1\naccount: { settings: { in_meeting: { chat: !locked false } } }\n')).toEqual([]);
  });
});
