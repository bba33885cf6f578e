import { describe, expect, it } from 'vitest';
import * as annotations from '../../src/catalog/data/annotations.ts';
import { frozenBy, lockOf, pathAt } from '../../src/catalog/levels.ts';
import { documentsOf, locksOf, settingsOf } from '../../src/catalog/lookup.ts';
import { fits } from '../../src/catalog/shape.ts';
import { gatesOf, hidingGatesOf } from '../../src/catalog/switches.ts';
import type { Scope } from '../../src/model/target.ts';

const SCOPES: readonly Scope[] = ['account', 'group', 'user'];

/** Leaves that GET answers and PATCH takes, as Zoom's OpenAPI document and the notes on it count them. */
const COUNTS: [scope: Scope, kind: string, name: string, get: number, patch: number][] = [
  ['account', 'settings', 'default', 427, 406],
  ['account', 'settings', 'meeting_security', 38, 38],
  ['account', 'settings', 'meeting_authentication', 3, 8],
  ['account', 'settings', 'recording_authentication', 2, 7],
  ['account', 'settings', 'in_session', 28, 24],
  ['account', 'lock_settings', 'default', 135, 133],
  ['account', 'lock_settings', 'meeting_security', 13, 13],
  ['account', 'registration', 'registration', 7, 7],
  ['group', 'settings', 'default', 247 + 5, 230],
  ['group', 'settings', 'meeting_security', 27, 27],
  ['group', 'settings', 'meeting_authentication', 3, 7],
  ['group', 'settings', 'recording_authentication', 2, 7],
  ['group', 'lock_settings', 'default', 96, 94],
  ['group', 'lock_settings', 'meeting_security', 12, 12],
  ['group', 'registration', 'registration', 7, 7],
  ['user', 'settings', 'default', 249 + 4, 218 + 2],
  ['user', 'settings', 'meeting_security', 25, 25],
  ['user', 'settings', 'meeting_authentication', 3, 7],
  ['user', 'settings', 'recording_authentication', 2, 7],
];

describe('the table', async () => {
  const { TABLE } = await import('../../src/catalog/data/table.ts');

  it.each(COUNTS)('%s %s %s has %i leaves in GET and %i in PATCH', (scope, kind, name, get, patch) => {
    const rows = TABLE.filter((t) => t.scope === scope && t.kind === kind && t.name === name).flatMap((t) => t.rows);
    expect(rows.filter(([, access]) => access.includes('r'))).toHaveLength(get);
    expect(rows.filter(([, access]) => access.includes('w'))).toHaveLength(patch);
  });

  it('has no document beside those', () => {
    expect(TABLE).toHaveLength(COUNTS.length);
  });

  it.each([
    ['group', 'mail_calendar.email_management', false],
    ['group', 'general_setting.auto_zoom_room_proximity_connect', false],
    ['user', 'general_setting.auto_zoom_room_proximity_connect', false],
    ['group', 'in_meeting.request_permission_to_unmute', false],
    ['user', 'feature.zoom_webinars_plus_unlimited', true],
    ['user', 'feature.zoom_webinars_plus_unlimited_capacities', true],
    ['user', 'schedule_meeting.not_store_meeting_topic', false],
  ] as const)('knows %s %s, which only the newer documents have', (scope, path, writable) => {
    expect(settingsOf(scope).get(path)).toMatchObject({ readable: true, writable });
  });

  it('routes a path to the document that serves it', () => {
    const refOf = (scope: Scope, path: string) => settingsOf(scope).get(path)?.document.ref;
    expect(refOf('account', 'in_meeting.chat')).toEqual({ endpoint: 'settings', query: {} });
    expect(refOf('account', 'meeting_security.waiting_room')).toEqual({
      endpoint: 'settings',
      query: { option: 'meeting_security' },
    });
    expect(refOf('user', 'recording_authentication.recording_authentication')).toEqual({
      endpoint: 'settings',
      query: { option: 'recording_authentication' },
    });
    expect(refOf('group', 'registration.approve_type')).toEqual({
      endpoint: 'settings/registration',
      query: { type: 'webinar' },
    });
    expect(refOf('account', 'in_session.p2p_connetion')).toEqual({ endpoint: 'settings', query: {} });
  });

  it('spells a setting as each scope spells it', () => {
    expect(pathAt('user', 'schedule_meeting.participant_video')).toBe('schedule_meeting.participants_video');
    expect(settingsOf('user').has('schedule_meeting.participants_video')).toBe(true);
    expect(settingsOf('user').has('schedule_meeting.participant_video')).toBe(false);
    expect(pathAt('account', 'schedule_meeting.participants_video')).toBe('schedule_meeting.participant_video');
  });

  it('has no inherited name for a setting', () => {
    for (const name of ['constructor', '__proto__', 'toString'])
      expect(settingsOf('account').get(name)).toBeUndefined();
  });
});

describe('locks', () => {
  it.each([
    ['account', 'in_meeting.file_transfer', 'in_meeting.file_transfer'],
    ['account', 'in_meeting.webinar_chat.enable', 'in_meeting.webinar_chat'],
    ['account', 'in_meeting.closed_captioning.save_caption', 'in_meeting.save_caption'],
    ['account', 'in_meeting.manual_captioning.full_transcript', 'in_meeting.full_transcript'],
    ['account', 'meeting_authentication.meeting_authentication', 'schedule_meeting.meeting_authentication'],
    ['group', 'recording_authentication.recording_authentication', 'recording.recording_authentication'],
    ['account', 'chat.create_public_channels', 'chat.allow_create_channels_and_group_chats'],
    ['account', 'meeting_security.waiting_room', 'meeting_security.waiting_room'],
    ['account', 'meeting_security.meeting_password_requirement.length', undefined],
    ['group', 'in_meeting.watermark', undefined],
  ] as const)('at the %s level %s is frozen by %s', (level, path, lock) => {
    expect(lockOf(level, path)?.path).toBe(lock);
  });

  it('says all that a lock on a parent freezes', () => {
    expect(frozenBy('group', 'in_meeting.webinar_chat')).toEqual(
      expect.arrayContaining(['in_meeting.webinar_chat.enable', 'in_meeting.webinar_chat.allow_users_save_chats']),
    );
    expect(frozenBy('account', 'in_meeting.file_transfer')).toEqual(['in_meeting.file_transfer']);
  });

  it('sends only plain booleans', () => {
    for (const level of ['account', 'group'] as const) {
      const odd = [...locksOf(level).values()].filter(({ writable, shape }) => writable && shape.type !== 'boolean');
      expect(odd.map(({ path }) => path)).toEqual([]);
    }
  });
});

describe('annotations', () => {
  const known = (path: string) => SCOPES.some((scope) => settingsOf(scope).has(path));
  const isLock = (path: string) => SCOPES.some((scope) => locksOf(scope).has(path));

  it('speak of settings that exist', () => {
    const named = [
      ...annotations.ALIASES.flatMap(({ paths }) => paths).filter(
        (path) => !path.endsWith('meeting_password_requirement'),
      ),
      ...annotations.SPELLINGS.flatMap((names) => Object.values(names)),
      ...Object.keys(annotations.LISTS),
      ...Object.keys(annotations.READ_FROM),
      ...annotations.RECORDED_IN_GET.map(({ path }) => path),
      ...annotations.VERBS,
      ...annotations.SECRETS.filter((path) => path !== 'meeting_security.password_for_pmi'),
      ...annotations.GATES.flatMap(([gate, behind]) => [gate, ...behind]),
    ];
    expect(named.filter((path) => !known(path))).toEqual([]);
  });

  it('speak of aliases that exist at each scope they are given for', () => {
    for (const { paths, scopes } of annotations.ALIASES) {
      for (const scope of scopes) {
        for (const path of paths) {
          const there = [...settingsOf(scope).keys()].some((name) => name === path || name.startsWith(`${path}.`));
          expect(there, `${path} at ${scope}`).toBe(true);
        }
      }
    }
  });

  it('give each scope the spelling that it has', () => {
    for (const names of annotations.SPELLINGS) {
      for (const [scope, path] of Object.entries(names)) expect(settingsOf(scope as Scope).has(path), path).toBe(true);
    }
  });

  it('speak of lock keys that exist, and of settings below them', () => {
    const locks = [...Object.keys(annotations.LOCKS_BY_ANOTHER_NAME), ...annotations.LOCKS_NOT_SENT];
    expect(locks.filter((path) => !isLock(path))).toEqual([]);
    const governed = Object.values(annotations.LOCKS_BY_ANOTHER_NAME).flat();
    const settings = SCOPES.flatMap((scope) => [...settingsOf(scope).keys()]);
    expect(governed.filter((path) => !settings.some((name) => name === path || name.startsWith(`${path}.`)))).toEqual(
      [],
    );
  });

  it('have every array of objects keyed or said to be ordered', () => {
    const unruled = SCOPES.flatMap((scope) => [...settingsOf(scope).values()])
      .filter(({ shape, writable }) => writable && shape.type === 'array' && shape.items.type === 'object')
      .filter(({ list }) => !list.ordered && list.key === undefined)
      .map(({ path }) => path);
    // A user's call-out countries are objects of no documented shape: compared as a set of whole items.
    expect([...new Set(unruled)]).toEqual(['tsp.call_out_countries']);
  });

  it('find the switch that a setting lies behind', () => {
    expect(gatesOf('account', 'recording.auto_delete_cmr_days')).toEqual(['recording.auto_delete_cmr']);
    expect(gatesOf('user', 'in_meeting.language_interpretation.custom_languages')).toEqual([
      'in_meeting.language_interpretation.enable',
    ]);
    expect(gatesOf('account', 'in_meeting.chat')).toEqual([]);
  });

  it('know what Zoom lists though the switch beside it is off', () => {
    for (const path of ['chat.allow_delete_message', 'chat.allow_edit_message']) {
      expect(gatesOf('account', `${path}.time`)).toEqual([`${path}.enable`]);
      expect(hidingGatesOf('account', `${path}.time`)).toEqual([]);
    }
    expect(hidingGatesOf('account', 'chat.chat_emojis.emojis_option')).toEqual(['chat.chat_emojis.enable']);
  });
});

describe('shapes', () => {
  it.each([
    ['in_meeting.chat', true, true],
    ['in_meeting.chat', 'true', false],
    ['in_meeting.chat', 1, false],
    ['in_meeting.who_can_share_screen', 'host', true],
    ['in_meeting.who_can_share_screen', 'guest', false],
    ['in_meeting.dscp_audio', 63, true],
    ['in_meeting.dscp_audio', 64, false],
    ['in_meeting.dscp_audio', 1.5, false],
    ['in_meeting.data_center_regions', ['DE', 'US'], true],
    ['in_meeting.data_center_regions', ['XX'], false],
    ['in_meeting.data_center_regions', 'DE', false],
    ['registration.questions', [{ field_name: 'city', required: true }], true],
    ['registration.questions', [{ field_name: 'city', requird: true }], false],
    ['telephony.audio_conference_info', '', true],
  ] as const)('%s takes %j: %s', (path, value, ok) => {
    const setting = settingsOf('account').get(path);
    expect(setting && fits(structuredClone(value) as never, setting.shape)).toBe(ok);
  });
});

it('documents of a scope are told apart by their calls', () => {
  expect(documentsOf('user').map(({ name }) => name)).toEqual([
    'default',
    'meeting_authentication',
    'recording_authentication',
    'meeting_security',
  ]);
});
