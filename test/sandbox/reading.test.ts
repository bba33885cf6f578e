import { describe, expect, it } from 'vitest';
import { documentsOf } from '../../src/catalog/lookup.ts';
import { documentKey } from '../../src/model/setting.ts';
import { fullState, universityState } from '../../src/sandbox/index.ts';
import { at, reply, sandboxFor } from './helpers.ts';

const STUDENTS = universityState().groups[0]?.id ?? '';
const EDITORS = universityState().subAccounts[0]?.groups[0]?.id ?? '';

describe('targets', () => {
  it.each([
    ['/nothing', 400, 2300],
    ['/users/dean@example.edu/settings/registration', 400, 2300],
    ['/users/dean@example.edu/lock_settings', 400, 2300],
    ['/accounts/other/settings', 404, 2001],
    ['/accounts/other/lock_settings', 400, 2001],
    ['/accounts/other/groups', 404, 2001],
    ['/groups/none', 404, 4130],
    ['/groups/none/settings', 404, 4130],
    ['/groups/none/lock_settings', 404, 4130],
    ['/groups/none/members', 404, 4130],
    [`/groups/${EDITORS}/settings`, 400, 1010],
    ['/users/nobody@example.edu/settings', 404, 1001],
    ['/users/nobody@example.edu', 404, 1001],
    ['/users/editor@example.com/settings', 400, 1010],
    ['/users/newcomer@example.edu/settings', 400, 1120],
    ['/accounts/me/settings?option=recording', 400, 300],
    [`/groups/${STUDENTS}/settings?option=security`, 400, 300],
    ['/accounts/me/settings/registration', 400, 300],
    [`/groups/${STUDENTS}/settings/registration?type=lecture`, 400, 300],
  ])('%s is %d with code %d', async (path, status, code) => {
    const { get } = await sandboxFor();
    expect(await get(path)).toMatchObject({ status, body: { code } });
  });

  it.each([
    '/accounts/sandbox-account/settings',
    '/users/DEAN@example.edu/settings',
    '/users/usr-dean-000000000001',
    `/groups/${STUDENTS}/settings/registration?type=webinar`,
    '/accounts/sandbox-press/settings',
    '/accounts/sandbox-press/lock_settings?option=meeting_security',
    `/accounts/sandbox-press/groups/${EDITORS}/lock_settings`,
    '/accounts/sandbox-press/users/editor@example.com/settings',
  ])('%s is there', async (path) => {
    const { get } = await sandboxFor();
    expect(await get(path)).toHaveProperty('status', 200);
  });

  it('says what a registration call lacks', async () => {
    const { get } = await sandboxFor();
    expect(await get('/accounts/me/settings/registration')).toMatchObject({
      body: { message: 'Missing parameters: type.' },
    });
  });

  it('answers code 200 with 400 for a document that the plan does not include', async () => {
    const state = universityState();
    const documents = { settings: state.account.documents['settings'] ?? {} };
    const { get, patch } = await sandboxFor({ state: { ...state, account: { ...state.account, documents } } });
    const refused = { status: 400, body: { code: 200, message: 'Only available for paid accounts.' } };
    expect(await get('/accounts/me/settings?option=meeting_security')).toMatchObject(refused);
    expect(await patch('/accounts/me/settings?option=meeting_security', {})).toMatchObject(refused);
  });

  it('answers errors as XML to a client that does not ask for JSON', async () => {
    const { sandbox } = await sandboxFor();
    const answer = await reply(await fetch(`${sandbox.url}/v2/groups`));
    expect(answer.headers.get('content-type')).toContain('application/xml');
    expect(answer.text).toContain('<result><code>124</code><message>Invalid access token.</message></result>');
  });
});

describe('documents', () => {
  it.each(
    (['account', 'group', 'user'] as const).flatMap((scope) =>
      documentsOf(scope).map((document) => [scope, documentKey(document.ref), document] as const),
    ),
  )('%s %s answers every readable field when everything is offered', async (scope, key, document) => {
    const { get } = await sandboxFor({ state: fullState({ groups: 1, users: 1 }) });
    const place = { account: '/accounts/me', group: '/groups/group-0001', user: '/users/user-0001' }[scope];
    const answer = await get(`${place}/${key}`);
    const missing = document.settings.filter(
      ({ readable, readKeys }) => readable && readKeys.every(({ keys }) => at(answer, keys.join('.')) === undefined),
    );
    expect(missing.map(({ path }) => path)).toEqual([]);
  });

  it('keeps meeting_security out of the answer without option', async () => {
    const { get } = await sandboxFor();
    expect((await get('/accounts/me/settings')).body).not.toHaveProperty('meeting_security');
    const secured = await get('/accounts/me/settings?option=meeting_security');
    expect(Object.keys(secured.body as object)).toEqual(['meeting_security']);
    expect(Object.keys((await get('/accounts/me/settings?option=security')).body as object)).toEqual(['security']);
  });

  it('looks like live ones: keys missing by licence, empty sections, undocumented keys', async () => {
    const { get } = await sandboxFor();
    const basic = await get('/users/student@example.edu/settings');
    const licensed = await get('/users/dean@example.edu/settings');
    expect(at(basic, 'recording.cloud_recording')).toBeUndefined();
    expect(at(licensed, 'recording.cloud_recording')).toBe(true);
    expect(basic.body).toMatchObject({ tsp: {}, other_options: {}, in_meeting: { webinar_chat: {} } });
    expect(at(basic, 'feature.zoom_events_consumption')).toBe('None');
    expect(at(basic, 'telephony.telephony_regions.selection_value')).toBe('US');
  });

  it('leaves out what is behind a switch that is off', async () => {
    const { get, patch } = await sandboxFor();
    const before = await get('/accounts/me/settings');
    expect(at(before, 'in_meeting.language_interpretation')).toEqual({ enable: false });
    expect(at(before, 'in_meeting.data_center_regions')).toBeUndefined();
    expect(at(before, 'recording.auto_delete_cmr_days')).toBe(30);
    await patch('/accounts/me/settings', {
      recording: { auto_delete_cmr: false },
      chat: { share_files: { enable: false } },
    });
    const after = await get('/accounts/me/settings');
    expect(at(after, 'recording.auto_delete_cmr_days')).toBeUndefined();
    expect(at(after, 'chat.share_files')).toEqual({ enable: false });
    const signIn = '/accounts/me/settings?option=recording_authentication';
    expect((await get(signIn)).body).toEqual({ recording_authentication: false });
  });

  it.each([
    ['/accounts/me/settings', 'host_video,auto_recording', ['recording', 'schedule_meeting']],
    ['/accounts/me/lock_settings', 'host_video', ['schedule_meeting']],
    ['/users/dean@example.edu/settings', 'waiting_room', ['in_meeting']],
    ['/users/dean@example.edu/settings', 'no_such_field', []],
  ])('%s filters by bare names: %s', async (path, names, sections) => {
    const { get } = await sandboxFor();
    const answer = await get(`${path}?custom_query_fields=${names}`);
    expect(Object.keys(answer.body as object).sort()).toEqual(sections);
    for (const section of Object.values(answer.body as object)) {
      expect(names.split(',')).toEqual(expect.arrayContaining(Object.keys(section)));
    }
  });

  it('does not filter the locks of a group', async () => {
    const { get } = await sandboxFor();
    const whole = await get(`/groups/${STUDENTS}/lock_settings`);
    expect((await get(`/groups/${STUDENTS}/lock_settings?custom_query_fields=chat`)).body).toEqual(whole.body);
  });
});

describe('lists', () => {
  it.each([
    ['/groups', 'groups', 25, 300],
    ['/users', 'users', 25, 2000],
  ])('%s comes by pages', async (path, name, count, maximum) => {
    const { get } = await sandboxFor({ state: fullState({ groups: count, users: count }) });
    const seen: unknown[] = [];
    let token = '';
    do {
      const page = await get(`${path}?page_size=10&next_page_token=${token}`);
      expect(at(page, 'total_records')).toBe(count);
      seen.push(...(at(page, name) as unknown[]));
      token = String(at(page, 'next_page_token') ?? '');
    } while (token !== '');
    expect(new Set(seen.map((row) => (row as { id: string }).id)).size).toBe(count);
    expect(await get(`${path}?page_size=${maximum}`)).toHaveProperty('status', 200);
    expect(await get(`${path}?page_size=${maximum + 1}`)).toMatchObject({ status: 400, body: { code: 300 } });
    expect(await get(`${path}?next_page_token=invented`)).toMatchObject({
      status: 400,
      body: { code: 300, message: 'The next page token is invalid or expired.' },
    });
  });

  it('ends with no token for groups and an empty one for users', async () => {
    const { get } = await sandboxFor();
    expect((await get('/groups')).body).not.toHaveProperty('next_page_token');
    expect((await get('/users')).body).toHaveProperty('next_page_token', '');
  });

  it('does not take a token for another list', async () => {
    const { get } = await sandboxFor();
    const token = at(await get('/groups?page_size=1'), 'next_page_token');
    expect(await get(`/users?next_page_token=${token}`)).toHaveProperty('status', 400);
  });

  it('counts members, and lists users of one status', async () => {
    const { get } = await sandboxFor();
    expect(at(await get(`/groups/${STUDENTS}`), 'total_members')).toBe(1);
    expect((await get(`/groups/${STUDENTS}/members`)).body).toMatchObject({
      members: [{ email: 'student@example.edu', primary_group: true }],
    });
    expect(at(await get('/users'), 'total_records')).toBe(3);
    expect((await get('/users?status=pending')).body).toMatchObject({ users: [{ email: 'newcomer@example.edu' }] });
  });
});
