import { describe, expect, it } from 'vitest';
import { fullState, type SandboxOptions } from '../../src/sandbox/index.ts';
import type { Json } from '../../src/util/json.ts';
import { at, bodyWith, type Caller, sandboxFor } from './helpers.ts';

const GROUP = '/groups/group-0001';
const USER = '/users/user-0001';

/** Two groups; the one user is in the second one first. */
function joined(options: SandboxOptions = {}): Promise<Caller> {
  const state = fullState({ groups: 2, users: 1 });
  const users = state.users.map((user) => ({ ...user, groupIds: ['group-0002', 'group-0001'] }));
  return sandboxFor({ ...options, state: { ...state, users } });
}

const lock = ({ patch }: Caller, place: string, path: string, on = true, option = '') =>
  patch(`${place}/lock_settings${option}`, bodyWith(path, on));
const OPTION = '?option=meeting_security';

describe('a lock of the account', () => {
  it.each<[string, string, string, string, Json]>([
    ['in_meeting.chat', GROUP, '', 'in_meeting.chat', true],
    ['in_meeting.chat', USER, '', 'in_meeting.chat', true],
    ['in_meeting.webinar_chat', GROUP, '', 'in_meeting.webinar_chat.allow_panelists_chat_with', 2],
    ['schedule_meeting.participant_video', USER, '', 'schedule_meeting.participants_video', true],
    ['in_meeting.save_captions', GROUP, '', 'in_meeting.manual_captioning.save_captions', true],
    [
      'schedule_meeting.meeting_authentication',
      USER,
      '?option=meeting_authentication',
      'meeting_authentication',
      false,
    ],
    ['meeting_security.waiting_room', GROUP, OPTION, 'meeting_security.waiting_room', true],
    ['meeting_security.waiting_room', GROUP, '', 'in_meeting.waiting_room', true],
    ['meeting_security.phone_password', USER, '', 'schedule_meeting.pstn_password_protected', true],
  ])('%s holds %s%s %s', async (lockKey, place, option, path, value) => {
    const caller = await joined();
    const target = `${place}/settings${option}`;
    const account = await caller.get(`/accounts/me/settings${option}`);
    const own = at(await caller.get(target), path);

    await lock(caller, '/accounts/me', lockKey, true, lockKey.startsWith('meeting_security') ? OPTION : '');
    expect(await caller.patch(target, bodyWith(path, value))).toHaveProperty('status', 204);
    expect(at(await caller.get(target), path)).toEqual(at(account, path) ?? own);

    await lock(caller, '/accounts/me', lockKey, false, lockKey.startsWith('meeting_security') ? OPTION : '');
    expect(at(await caller.get(target), path)).toEqual(own);
    await caller.patch(target, bodyWith(path, value));
    expect(at(await caller.get(target), path)).toEqual(value);
  });

  it('shows its value below, and gives the own one back when it is gone', async () => {
    const caller = await joined();
    const { get, patch } = caller;
    await patch(`${GROUP}/settings`, { in_meeting: { chat: true } });
    await lock(caller, '/accounts/me', 'in_meeting.chat');
    expect(at(await get(`${GROUP}/settings`), 'in_meeting.chat')).toBe(false);
    await patch('/accounts/me/settings', { in_meeting: { entry_exit_chime: 'all' } });
    expect(at(await get(`${GROUP}/settings`), 'in_meeting.entry_exit_chime')).toBe('host');
    await lock(caller, '/accounts/me', 'in_meeting.chat', false);
    expect(at(await get(`${GROUP}/settings`), 'in_meeting.chat')).toBe(true);
  });

  it('does not bind the account itself', async () => {
    const caller = await joined({ lockedWrite: 'reject' });
    await lock(caller, '/accounts/me', 'in_meeting.chat');
    await caller.patch('/accounts/me/settings', { in_meeting: { chat: true } });
    expect(at(await caller.get(`${USER}/settings`), 'in_meeting.chat')).toBe(true);
  });

  it('hides below what its value switches off', async () => {
    const caller = await joined();
    await caller.patch('/accounts/me/settings', { in_meeting: { language_interpretation: { enable: false } } });
    await lock(caller, '/accounts/me', 'in_meeting.language_interpretation');
    expect(at(await caller.get(`${GROUP}/settings`), 'in_meeting.language_interpretation')).toEqual({ enable: false });
  });

  it('refuses the whole PATCH when told to', async () => {
    const caller = await joined({ lockedWrite: 'reject' });
    await lock(caller, '/accounts/me', 'in_meeting.chat');
    const before = caller.sandbox.state();
    const body = { in_meeting: { chat: true, co_host: true } };
    expect(await caller.patch(`${GROUP}/settings`, body)).toMatchObject({
      status: 400,
      body: { code: 300, message: 'This setting is locked: in_meeting.chat.' },
    });
    expect(caller.sandbox.state()).toEqual(before);
  });

  it.each([
    ['in_meeting.chat', '', 'in_meeting.chat', ''],
    ['meeting_security.waiting_room', OPTION, 'in_meeting.waiting_room', ''],
    ['meeting_security.waiting_room', OPTION, 'meeting_security.waiting_room', OPTION],
  ])('%s%s pins the lock %s of groups', async (above, aboveOption, below, belowOption) => {
    const caller = await joined();
    await lock(caller, '/accounts/me', above, true, aboveOption);
    expect(at(await caller.get(`${GROUP}/lock_settings${belowOption}`), below)).toBe(true);
    await lock(caller, GROUP, below, true, belowOption);
    await lock(caller, '/accounts/me', above, false, aboveOption);
    expect(at(await caller.get(`${GROUP}/lock_settings${belowOption}`), below)).toBe(false);
  });

  it('of a sub-account binds that one alone', async () => {
    const caller = await sandboxFor();
    await caller.patch('/accounts/sandbox-press/settings', { in_meeting: { chat: false } });
    await lock(caller, '/accounts/sandbox-press', 'in_meeting.chat');
    const editors = '/accounts/sandbox-press/groups/grp-editors-0000000004/settings';
    expect(at(await caller.get(editors), 'in_meeting.chat')).toBe(false);
    expect(at(await caller.get('/users/dean@example.edu/settings'), 'in_meeting.chat')).toBe(true);
  });
});

describe('a lock of a group', () => {
  it('binds its members only', async () => {
    const caller = await joined();
    await caller.patch(`${GROUP}/settings`, { in_meeting: { chat: true } });
    await lock(caller, GROUP, 'in_meeting.chat');
    expect(at(await caller.get(`${USER}/settings`), 'in_meeting.chat')).toBe(true);
    expect(at(await caller.get('/groups/group-0002/settings'), 'in_meeting.chat')).toBe(false);
    await caller.patch(`${GROUP}/settings`, { in_meeting: { chat: false } });
    expect(at(await caller.get(`${USER}/settings`), 'in_meeting.chat')).toBe(false);
  });

  it('of the group that was joined first wins', async () => {
    const caller = await joined();
    await caller.patch(`${GROUP}/settings`, { in_meeting: { chat: true } });
    await lock(caller, GROUP, 'in_meeting.chat');
    await lock(caller, '/groups/group-0002', 'in_meeting.chat');
    expect(at(await caller.get(`${USER}/settings`), 'in_meeting.chat')).toBe(false);
  });

  it('gives way to the lock of the account', async () => {
    const caller = await joined();
    await caller.patch(`${GROUP}/settings`, { in_meeting: { chat: true } });
    await lock(caller, GROUP, 'in_meeting.chat');
    await lock(caller, '/accounts/me', 'in_meeting.chat');
    expect(at(await caller.get(`${USER}/settings`), 'in_meeting.chat')).toBe(false);
  });
});
