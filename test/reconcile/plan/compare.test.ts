import { describe, expect, it } from 'vitest';
import { secret } from '../../../src/model/secret.ts';
import type { Json } from '../../../src/util/json.ts';
import { ACCOUNT, answering, compared, DEAN, live, lock, STUDENTS, set, wants } from '../../helpers/desired.ts';

const NO_SECRETS = new Map<string, Json>();

/** One line a change or block, so that a failure shows the whole comparison. */
function summary(desired: Parameters<typeof compared>[0], found: Parameters<typeof compared>[1], secrets = NO_SECRETS) {
  const { changes, blocked, warnings } = compared(desired, found, secrets);
  return [
    ...changes.map(
      (c) => `${c.kind} ${c.path} ${'before' in c ? JSON.stringify(c.before) : 'absent'} -> ${JSON.stringify(c.after)}`,
    ),
    ...blocked.map((b) => `blocked ${b.path} ${b.reason}`),
    ...warnings.map((w) => `warning ${w.message}`),
  ];
}

describe('absent, null, false and empty are different', () => {
  const path = 'telephony.audio_conference_info';
  it.each([
    ['false where Zoom has true', 'in_meeting.chat', false, true, ['set in_meeting.chat true -> false']],
    ['false where Zoom has false', 'in_meeting.chat', false, false, []],
    ['false where Zoom has null', 'in_meeting.chat', false, null, ['set in_meeting.chat null -> false']],
    ['0 where Zoom has 15', 'schedule_meeting.jbh_time', 0, 15, ['set schedule_meeting.jbh_time 15 -> 0']],
    ['0 where Zoom has 0', 'schedule_meeting.jbh_time', 0, 0, []],
    ['empty text where Zoom has text', path, '', 'call us', [`set ${path} "call us" -> ""`]],
    ['empty text where Zoom has empty text', path, '', '', []],
    [
      'an empty list where Zoom has one item',
      'in_meeting.data_center_regions',
      [],
      ['DE'],
      ['set in_meeting.data_center_regions ["DE"] -> []'],
    ],
    ['an empty list where Zoom has an empty list', 'in_meeting.data_center_regions', [], [], []],
    ['a number where Zoom has text', 'schedule_meeting.jbh_time', 5, '5', ['set schedule_meeting.jbh_time "5" -> 5']],
  ] as [string, string, Json, Json, string[]][])('%s', (_, name, wanted, found, expected) => {
    expect(summary(wants(ACCOUNT, set(name, wanted)), live(ACCOUNT, { [name]: found }))).toEqual(expected);
  });

  it('blocks a value that Zoom does not offer, and never takes it for false', () => {
    expect(summary(wants(ACCOUNT, set('in_meeting.chat', false)), live(ACCOUNT, {}))).toEqual([
      'blocked in_meeting.chat not-offered',
    ]);
  });

  it('blocks a lock that Zoom does not list', () => {
    expect(summary(wants(ACCOUNT, lock('in_meeting.chat', false)), live(ACCOUNT, {}))).toEqual([
      'blocked in_meeting.chat not-offered',
    ]);
  });
});

describe('what no policy names', () => {
  it('is not compared', () => {
    const found = live(
      ACCOUNT,
      { 'in_meeting.chat': true, 'in_meeting.file_transfer': true },
      { 'in_meeting.chat': false },
    );
    expect(summary(wants(ACCOUNT, set('in_meeting.chat', true)), found)).toEqual([]);
  });
});

describe('a switch and what lies behind it', () => {
  const days = 'recording.auto_delete_cmr_days';
  const gate = 'recording.auto_delete_cmr';

  it('appears when this policy turns the switch on', () => {
    expect(summary(wants(ACCOUNT, set(gate, true), set(days, 30)), live(ACCOUNT, { [gate]: false }))).toEqual([
      `set ${gate} false -> true`,
      `set ${days} absent -> 30`,
    ]);
  });

  it('is blocked while the switch is off and nobody turns it on', () => {
    const { blocked } = compared(wants(ACCOUNT, set(days, 30)), live(ACCOUNT, { [gate]: false }), NO_SECRETS);
    expect(blocked).toMatchObject([{ reason: 'not-offered', detail: expect.stringContaining(gate) }]);
  });

  it('is of no effect, and no difference, when this policy turns the switch off', () => {
    expect(summary(wants(ACCOUNT, set(gate, false), set(days, 30)), live(ACCOUNT, { [gate]: false }))).toEqual([
      `warning account ${days}: has no effect while this policy turns ${gate} off`,
    ]);
  });

  it('is blocked when the switch is on and the value is absent all the same', () => {
    expect(summary(wants(ACCOUNT, set(gate, true), set(days, 30)), live(ACCOUNT, { [gate]: true }))).toEqual([
      `blocked ${days} not-offered`,
    ]);
  });
});

describe('lists', () => {
  const regions = 'in_meeting.data_center_regions';
  const dialIn = 'audio_conferencing.global_dial_in_countries.selected_countries';
  const callOut = 'audio_conferencing.call_me_and_invite_by_phone.call_out_countries.selected_countries';

  it('that are sets are equal in any order', () => {
    expect(summary(wants(ACCOUNT, set(regions, ['US', 'DE'])), live(ACCOUNT, { [regions]: ['DE', 'US'] }))).toEqual([]);
  });

  it('that are ordered are not', () => {
    const found = live(ACCOUNT, {
      [dialIn]: [
        { code: 'US', name: 'United States' },
        { code: 'DE', name: 'Germany' },
      ],
    });
    expect(summary(wants(ACCOUNT, set(dialIn, [{ code: 'DE' }, { code: 'US' }])), found)).toEqual([
      `set ${dialIn} [{"code":"US"},{"code":"DE"}] -> [{"code":"DE"},{"code":"US"}]`,
    ]);
  });

  it('of countries are read as {code, name} and written as {code}', () => {
    const found = live(ACCOUNT, { [callOut]: [{ code: 'US', name: 'United States' }] });
    expect(summary(wants(ACCOUNT, set(callOut, [{ code: 'US' }])), found)).toEqual([]);
  });

  it('that are keyed keep what the policy does not say of an item', () => {
    const questions = [
      { field_name: 'city', required: false, selected: true },
      { field_name: 'org', required: false, selected: true },
    ];
    const found = live(ACCOUNT, { 'registration.questions': questions });
    const same = [
      { field_name: 'org', required: false },
      { field_name: 'city', selected: true },
    ];
    expect(summary(wants(ACCOUNT, set('registration.questions', same)), found)).toEqual([]);
    const stricter = [{ field_name: 'org', required: true }, { field_name: 'city' }];
    const { changes } = compared(wants(ACCOUNT, set('registration.questions', stricter)), found, NO_SECRETS);
    expect(changes).toMatchObject([
      {
        after: [
          { field_name: 'org', required: true, selected: true },
          { field_name: 'city', required: false, selected: true },
        ],
      },
    ]);
  });
});

describe('values that are read elsewhere than they are written', () => {
  it.each([
    [
      'telephony.telephony_regions.selection_values',
      'telephony',
      { telephony_regions: { selection_value: 'US' } },
      'US',
    ],
    [
      'security.signin_with_sso.sso_bypass_user_ids',
      'security',
      { signin_with_sso: { sso_bypass_users: [{ id: 'u1', email: 'a@example.edu' }] } },
      ['u1'],
    ],
  ] as [string, string, Json, Json][])('%s', (path, section, found, wanted) => {
    const settings = { endpoint: 'settings', query: {} } as const;
    const target = answering(live(ACCOUNT, {}), settings, { state: 'read', body: { [section]: found } });
    expect(summary(wants(ACCOUNT, set(path, wanted)), target)).toEqual([]);
  });
});

describe('secrets', () => {
  const path = 'schedule_meeting.pmi_password';
  const secrets = new Map<string, Json>([['env:PMI', 'new-canary']]);
  const desired = wants(DEAN, set(path, secret('env:PMI')));

  it('are compared by value and told by name', () => {
    const { changes } = compared(desired, live(DEAN, { [path]: 'old-canary' }), secrets);
    expect(changes).toMatchObject([
      { before: { $secret: `live:user:dean@example.edu:${path}` }, after: { $secret: 'env:PMI' } },
    ]);
    expect(JSON.stringify(changes)).not.toContain('canary');
  });

  it('that are equal are no change', () => {
    expect(summary(desired, live(DEAN, { [path]: 'new-canary' }), secrets)).toEqual([]);
  });

  it.each([
    ['new', 'change'],
    ['changed', 'change'],
    ['forced', 'change'],
    ['same', undefined],
  ] as const)('that Zoom does not return are written when they are %s', (verdict, expected) => {
    const { changes } = compared(desired, live(DEAN, {}), secrets, { ofSecret: () => verdict });
    expect(changes.map(() => 'change')).toEqual(expected === undefined ? [] : [expected]);
    expect(changes.map((change) => 'unconfirmed' in change)).toEqual(expected === undefined ? [] : [verdict === 'new']);
  });

  it('that Zoom hides behind stars are not compared with the stars', () => {
    const { changes } = compared(desired, live(DEAN, { [path]: '******' }), secrets, { ofSecret: () => 'same' });
    expect(changes).toEqual([]);
  });
});

describe('what cannot be known or found', () => {
  it('blocks every fact of a document that cannot be read', () => {
    const locks = { endpoint: 'lock_settings', query: {} } as const;
    const unreadable = { state: 'unreadable', reason: 'a scope is missing' } as const;
    const target = answering(live(ACCOUNT, { 'in_meeting.chat': true }), locks, unreadable);
    const desired = wants(ACCOUNT, set('in_meeting.chat', false), lock('in_meeting.chat'));
    expect(summary(desired, target)).toEqual([
      'set in_meeting.chat true -> false',
      'blocked in_meeting.chat unreadable',
    ]);
    const denied = answering(live(ACCOUNT, { 'in_meeting.chat': true }), locks, { ...unreadable, noAccess: true });
    expect(summary(desired, denied)).toContain('blocked in_meeting.chat no-access');
  });

  it('blocks every fact of a target that is missing', () => {
    const missing = { state: 'missing' as const, target: STUDENTS, reason: 'gone' };
    expect(summary(wants(STUDENTS, set('in_meeting.chat', false), lock('in_meeting.chat')), missing)).toEqual([
      'blocked in_meeting.chat unmatched',
      'blocked in_meeting.chat unmatched',
    ]);
  });
});

it('a lock change names everything that it freezes', () => {
  const { changes } = compared(
    wants(STUDENTS, lock('in_meeting.webinar_chat')),
    live(STUDENTS, {}, { 'in_meeting.webinar_chat': false }),
    NO_SECRETS,
  );
  expect(changes).toMatchObject([
    {
      kind: 'lock',
      freezes: expect.arrayContaining([
        'in_meeting.webinar_chat.enable',
        'in_meeting.webinar_chat.allow_panelists_chat_with',
      ]),
    },
  ]);
});
