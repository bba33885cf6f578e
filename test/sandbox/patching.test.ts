import { describe, expect, it } from 'vitest';
import { fullState, universityState } from '../../src/sandbox/index.ts';
import type { Json } from '../../src/util/json.ts';
import { at, bodyWith, sandboxFor } from './helpers.ts';

const ACCOUNT = '/accounts/me/settings';
const SECURITY = '/accounts/me/settings?option=meeting_security';
const full = (groups = 1, users = 1) => ({ state: fullState({ groups, users }) });

describe('merging', () => {
  it.each([
    ['/accounts/me/settings', 204],
    ['/accounts/me/settings?option=meeting_security', 204],
    ['/accounts/me/lock_settings', 200],
    ['/accounts/me/settings/registration?type=webinar', 204],
    ['/groups/group-0001/settings', 204],
    ['/groups/group-0001/lock_settings', 204],
    ['/users/user-0001/settings', 204],
  ])('an empty object for %s is %d, empty, and changes nothing', async (path, status) => {
    const { sandbox, patch } = await sandboxFor(full());
    const before = sandbox.state();
    expect(await patch(path, {})).toMatchObject({ status, text: '' });
    expect(sandbox.state()).toEqual(before);
  });

  it('changes the leaf that is sent and no other', async () => {
    const { get, patch } = await sandboxFor();
    const before = (await get(ACCOUNT)).body as { in_meeting: object };
    expect(await patch(ACCOUNT, { in_meeting: { file_transfer: false } })).toHaveProperty('status', 204);
    expect((await get(ACCOUNT)).body).toEqual({
      ...before,
      in_meeting: { ...before.in_meeting, file_transfer: false },
    });
  });

  it('replaces lists', async () => {
    const { get, patch } = await sandboxFor(full());
    const path = 'in_meeting.data_center_regions';
    await patch(ACCOUNT, bodyWith(path, ['DE', 'US']));
    await patch(ACCOUNT, bodyWith(path, ['IN']));
    expect(at(await get(ACCOUNT), path)).toEqual(['IN']);
  });

  it.each([
    ['merge', 10],
    ['replace', 0],
  ] as const)('objects inside of a section: %s', async (nestedObjects, length) => {
    const { get, patch } = await sandboxFor({ ...full(), nestedObjects });
    const object = 'schedule_meeting.meeting_password_requirement';
    await patch(ACCOUNT, bodyWith(object, { length: 10, have_letter: true }));
    await patch(ACCOUNT, bodyWith(object, { have_number: true }));
    const answer = await get(ACCOUNT);
    expect(at(answer, object)).toMatchObject({ length, have_number: true, have_letter: length > 0 });
  });

  it('writes the Video SDK sections where the account has them', async () => {
    const { get, patch } = await sandboxFor(full());
    await patch(ACCOUNT, { in_session: { subsession: true } });
    expect(at(await get(ACCOUNT), 'in_session.subsession')).toBe(true);
  });

  it('writes to sub-accounts over the master account, and to nobody else', async () => {
    const { sandbox, get, patch } = await sandboxFor();
    const path = '/accounts/sandbox-press/groups/grp-editors-0000000004/settings';
    expect(await patch(path, { in_meeting: { chat: false } })).toHaveProperty('status', 204);
    expect(at(await get(path), 'in_meeting.chat')).toBe(false);
    const { subAccounts: _, ...own } = sandbox.state();
    expect(universityState()).toMatchObject(own);
  });
});

describe('what is not a body', () => {
  it.each(['', '[]', '"text"', 'null', '{"a":', '5'])('%s is refused', async (text) => {
    const { patch } = await sandboxFor();
    expect(await patch(ACCOUNT, text)).toMatchObject({
      status: 400,
      body: { code: 300, message: 'Request Body should be a valid JSON object.' },
    });
  });

  it.each<[string, Json]>([
    ['in_meeting.chat', 'yes'],
    ['in_meeting.chat', null],
    ['in_meeting', true],
    ['in_meeting.entry_exit_chime', 'sometimes'],
    ['in_meeting.dscp_audio', 64],
    ['feature.meeting_capacity', 1.5],
    ['in_meeting.webinar_chat', false],
    ['in_meeting.data_center_regions', 'DE'],
  ])('%s: %j is refused, and nothing beside it is written', async (path, value) => {
    const { sandbox, patch } = await sandboxFor(full());
    const before = sandbox.state();
    const answer = await patch(ACCOUNT, { ...bodyWith(path, value), schedule_meeting: { host_video: true } });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 300, message: 'Validation Failed.', errors: [{ field: path, message: expect.any(String) }] },
    });
    expect(sandbox.state()).toEqual(before);
  });

  it('lists every fault, with the place inside of lists', async () => {
    const { patch } = await sandboxFor(full());
    const body = { in_meeting: { data_center_regions: ['DE', 'XX'], chat: 1 } };
    expect((await patch(ACCOUNT, body)).body).toMatchObject({
      errors: [{ field: 'in_meeting.data_center_regions.1' }, { field: 'in_meeting.chat' }],
    });
  });
});

describe('what is ignored, or refused by the strict switch', () => {
  it.each<[string, string, Json]>([
    ['unknown', 'in_meeting.no_such_key', true],
    ['an unknown section', 'no_such_section.key', true],
    ['a dotted name', 'in_meeting', { 'webinar_chat.enable': false }],
    ['read-only', 'in_meeting.unchecked_data_center_regions', ['EU']],
    ['of another document', 'meeting_security.waiting_room', true],
    ['an attack on the prototype', '__proto__.polluted', true],
  ])('%s: %s', async (_, path, value) => {
    const text = path.startsWith('__proto__') ? '{"__proto__":{"polluted":true}}' : bodyWith(path, value);
    const lenient = await sandboxFor(full());
    const before = lenient.sandbox.state();
    expect(await lenient.patch(ACCOUNT, text)).toHaveProperty('status', 204);
    expect(lenient.sandbox.state()).toEqual(before);
    const strict = await sandboxFor({ ...full(), unknownFields: 'reject' });
    expect(await strict.patch(ACCOUNT, text)).toMatchObject({ status: 400, body: { code: 300 } });
    expect(strict.sandbox.state()).toEqual(before);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('unknown properties of list items', async () => {
    const items = [{ code: 'DE', colour: 'blue' }];
    const path = 'audio_conferencing.global_dial_in_countries.selected_countries';
    const lenient = await sandboxFor(full());
    expect(await lenient.patch(ACCOUNT, bodyWith(path, items))).toHaveProperty('status', 204);
    expect(at(await lenient.get(ACCOUNT), path)).toEqual([{ code: 'DE', name: 'Germany' }]);
    const strict = await sandboxFor({ ...full(), unknownFields: 'reject' });
    expect((await strict.patch(ACCOUNT, bodyWith(path, items))).body).toMatchObject({
      errors: [{ field: `${path}.0.colour` }],
    });
  });

  it('option=security takes its own section only', async () => {
    const body = { security: { hide_billing_info: true }, in_meeting: { chat: true } };
    const lenient = await sandboxFor(full());
    await lenient.patch(`${ACCOUNT}?option=security`, body);
    expect(at(await lenient.get(ACCOUNT), 'security.hide_billing_info')).toBe(true);
    expect(at(await lenient.get(ACCOUNT), 'in_meeting.chat')).toBe(false);
    const strict = await sandboxFor({ ...full(), unknownFields: 'reject' });
    expect(await strict.patch(`${ACCOUNT}?option=security`, body)).toHaveProperty('status', 400);
  });

  it('an undocumented key counts where the live answer has it', async () => {
    const { get, patch } = await sandboxFor();
    const path = '/users/dean@example.edu/settings';
    await patch(path, { feature: { zoom_events_saas: true }, schedule_meeting: { mute_upon_entry: 'no' } });
    expect(at(await get(path), 'feature.zoom_events_saas')).toBe(true);
    expect(at(await get(path), 'schedule_meeting.mute_upon_entry')).toBe(false);
  });
});

describe('what the plan does not offer', () => {
  it('stays away without a word', async () => {
    const { sandbox, patch } = await sandboxFor();
    const before = sandbox.state();
    const body = { recording: { cloud_recording: true }, tsp: { call_out: true }, in_meeting: { polling: true } };
    expect(await patch('/users/student@example.edu/settings', body)).toHaveProperty('status', 204);
    expect(sandbox.state()).toEqual(before);
  });

  it('a lock key that is missing cannot be set', async () => {
    const { get, patch } = await sandboxFor();
    await patch('/accounts/me/lock_settings', { recording: { archive: true } });
    expect(at(await get('/accounts/me/lock_settings'), 'recording.archive')).toBeUndefined();
  });
});

describe('switches', () => {
  const object = 'in_meeting.language_interpretation';

  it('off: what is behind is ignored, and remembered for when it is on again', async () => {
    const { get, patch } = await sandboxFor(full());
    await patch(ACCOUNT, bodyWith(object, { custom_languages: ['Latin'] }));
    await patch(ACCOUNT, bodyWith(object, { enable: false, custom_languages: ['Greek'] }));
    await patch(ACCOUNT, bodyWith(object, { custom_languages: ['Hebrew'] }));
    expect(at(await get(ACCOUNT), object)).toEqual({ enable: false });
    await patch(ACCOUNT, bodyWith(object, { enable: true }));
    expect(at(await get(ACCOUNT), `${object}.custom_languages`)).toEqual(['Latin']);
  });

  it('turned on: what was never there appears, as sent or with a start value', async () => {
    const state = fullState();
    const settings = { in_meeting: { language_interpretation: { enable: false }, chat: true } };
    const { get, patch } = await sandboxFor({
      state: { ...state, account: { ...state.account, documents: { settings } } },
    });
    await patch(ACCOUNT, bodyWith(object, { custom_languages: ['Latin'] }));
    expect(at(await get(ACCOUNT), object)).toEqual({ enable: false });
    await patch(ACCOUNT, bodyWith(object, { custom_languages: ['Latin'], enable: true }));
    expect(at(await get(ACCOUNT), object)).toMatchObject({
      enable: true,
      custom_languages: ['Latin'],
      enable_language_interpretation_by_default: false,
      languages: expect.arrayContaining(['German']),
    });
  });

  it('a switch behind a switch', async () => {
    const { get, patch } = await sandboxFor(full());
    await patch(ACCOUNT, { in_meeting: { p2p_connetion: false } });
    const answer = await get(ACCOUNT);
    expect(['p2p_ports', 'ports_range'].map((key) => at(answer, `in_meeting.${key}`))).toEqual([undefined, undefined]);
  });
});

describe('answers that differ from what is sent', () => {
  it.each<[string, Json, string, Json]>([
    [
      'security.signin_with_sso.sso_bypass_user_ids',
      ['user-0001'],
      'security.signin_with_sso.sso_bypass_users',
      [{ id: 'user-0001', email: 'user0001@example.edu' }],
    ],
    [
      'audio_conferencing.global_dial_in_countries.selected_countries',
      [{ code: 'US' }, { code: 'DE' }],
      'audio_conferencing.global_dial_in_countries.selected_countries',
      [
        { code: 'US', name: 'United States' },
        { code: 'DE', name: 'Germany' },
      ],
    ],
    [
      'in_meeting.allow_users_to_delete_messages_in_meeting_chat',
      true,
      'in_meeting.webinar_chat.allow_users_to_delete_messages_in_meeting_chat',
      true,
    ],
    ['telephony.telephony_regions.selection_values', 'DE', 'telephony.telephony_regions.selection_values', 'DE'],
  ])('%s', async (sentPath, sent, readPath, read) => {
    const { get, patch } = await sandboxFor({ ...full(), unknownFields: 'reject' });
    expect(await patch(ACCOUNT, bodyWith(sentPath, sent))).toHaveProperty('status', 204);
    expect(at(await get(ACCOUNT), readPath)).toEqual(read);
  });

  it('telephony keeps the spelling of the live answer', async () => {
    const { get, patch } = await sandboxFor();
    await patch(ACCOUNT, { telephony: { telephony_regions: { selection_values: 'DE' } } });
    expect(at(await get(ACCOUNT), 'telephony.telephony_regions')).toEqual({
      allowed_values: ['US', 'DE', 'IN'],
      selection_value: 'DE',
    });
  });
});

describe('one knob under two names', () => {
  it.each<[string, string, Json, string, Json]>([
    ['/users/user-0001/settings', 'in_meeting.waiting_room', true, 'meeting_security.waiting_room', true],
    [
      '/groups/group-0001/settings',
      'schedule_meeting.pstn_password_protected',
      true,
      'meeting_security.phone_password',
      true,
    ],
    [ACCOUNT, 'schedule_meeting.require_password_for_pmi_meetings', 'jbh_only', 'meeting_security.pmi_password', true],
    [
      ACCOUNT,
      'schedule_meeting.meeting_password_requirement.length',
      9,
      'meeting_security.meeting_password_requirement.length',
      9,
    ],
  ])('%s %s', async (path, first, value, second, other) => {
    const { get, patch } = await sandboxFor(full());
    await patch(path, bodyWith(first, value));
    expect(at(await get(`${path}?option=meeting_security`), second)).toEqual(other);
    await patch(`${path}?option=meeting_security`, bodyWith(second, other));
    expect(at(await get(path), first)).toEqual(value);
  });

  it('back: a boolean becomes the first text that goes with it', async () => {
    const { get, patch } = await sandboxFor(full());
    await patch(SECURITY, { meeting_security: { pmi_password: true } });
    expect(at(await get(ACCOUNT), 'schedule_meeting.require_password_for_pmi_meetings')).toBe('all');
  });
});
