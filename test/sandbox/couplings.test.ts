import { describe, expect, it } from 'vitest';
import { COUPLINGS } from '../../src/sandbox/couplings.ts';
import { fullState } from '../../src/sandbox/index.ts';
import type { Json } from '../../src/util/json.ts';
import { at, bodyWith, type Caller, sandboxFor } from './helpers.ts';

const PLACES = { account: '/accounts/me', group: '/groups/group-0001', user: '/users/user-0001' };
const JOIN_BEFORE_HOST = 'schedule_meeting.join_before_host';
const WAITING_ROOM = 'meeting_security.waiting_room';
const HOST_DROPPED =
  'meeting_security.waiting_room_options.more_options.move_participants_to_waiting_room_when_host_dropped';

const full = () => sandboxFor({ state: fullState({ groups: 1, users: 1 }) });
const documentFor = (path: string) =>
  path.startsWith('meeting_security') ? 'settings?option=meeting_security' : 'settings';
const set = ({ patch }: Caller, place: string, path: string, value: Json) =>
  patch(`${place}/${documentFor(path)}`, bodyWith(path, value));
const read = async ({ get }: Caller, place: string, path: string) =>
  at(await get(`${place}/${documentFor(path)}`), path);

it('every coupling has a name and a source', () => {
  for (const { name, source, watches } of COUPLINGS) {
    expect([name, source]).toEqual([expect.stringMatching(/./), expect.stringContaining('zoom-api')]);
    expect(watches.length).toBeGreaterThan(0);
  }
});

describe.each(Object.entries(PLACES))('%s', (_scope, place) => {
  it.each<[string, string, Json, string, Json]>([
    ['a waiting room', WAITING_ROOM, true, JOIN_BEFORE_HOST, false],
    ['end-to-end encryption', 'meeting_security.encryption_type', 'e2ee', JOIN_BEFORE_HOST, false],
  ])('%s turns joining before the host off', async (_, path, value, forced, expected) => {
    const caller = await full();
    await set(caller, place, path, value);
    expect(await read(caller, place, forced)).toBe(expected);
  });

  it('joining before the host stays off while there is a waiting room', async () => {
    const caller = await full();
    await set(caller, place, WAITING_ROOM, true);
    expect(await set(caller, place, JOIN_BEFORE_HOST, true)).toHaveProperty('status', 204);
    expect(await read(caller, place, JOIN_BEFORE_HOST)).toBe(false);
    await set(caller, place, WAITING_ROOM, false);
    await set(caller, place, JOIN_BEFORE_HOST, true);
    expect(await read(caller, place, JOIN_BEFORE_HOST)).toBe(true);
  });

  it('auto security puts a waiting room where nothing else protects', async () => {
    const caller = await full();
    await caller.patch(`${place}/settings?option=meeting_authentication`, { meeting_authentication: false });
    await set(caller, place, 'meeting_security.auto_security', true);
    expect(await read(caller, place, WAITING_ROOM)).toBe(true);
    expect(await read(caller, place, JOIN_BEFORE_HOST)).toBe(false);
  });

  it('auto security is content with a passcode', async () => {
    const caller = await full();
    await caller.patch(`${place}/settings?option=meeting_authentication`, { meeting_authentication: false });
    await set(caller, place, 'meeting_security.meeting_password', true);
    await set(caller, place, 'meeting_security.auto_security', true);
    expect(await read(caller, place, WAITING_ROOM)).toBe(false);
  });
});

it.each([PLACES.group, PLACES.user])("%s: the waiting room's other name does the same", async (place) => {
  const caller = await full();
  await set(caller, place, 'in_meeting.waiting_room', true);
  expect(await read(caller, place, JOIN_BEFORE_HOST)).toBe(false);
});

it.each([PLACES.account, PLACES.user])('%s: instant meetings with the personal ID need no passcode', async (place) => {
  const caller = await full();
  const passcode = 'schedule_meeting.require_password_for_instant_meetings';
  await set(caller, place, passcode, true);
  await set(caller, place, 'schedule_meeting.use_pmi_for_instant_meetings', true);
  expect(await read(caller, place, passcode)).toBe(false);
});

it('a dropped host: the waiting room is on and locked', async () => {
  const caller = await full();
  await set(caller, PLACES.account, HOST_DROPPED, true);
  expect(await read(caller, PLACES.account, WAITING_ROOM)).toBe(true);
  expect(await read(caller, PLACES.account, JOIN_BEFORE_HOST)).toBe(false);
  const locks = '/accounts/me/lock_settings?option=meeting_security';
  expect(at(await caller.get(locks), WAITING_ROOM)).toBe(true);
  await caller.patch(locks, bodyWith(WAITING_ROOM, false));
  expect(at(await caller.get(locks), WAITING_ROOM)).toBe(true);
  expect(await read(caller, PLACES.user, WAITING_ROOM)).toBe(true);
});

it("a waiting room that a lock above turns on counts as the group's own", async () => {
  const caller = await full();
  await set(caller, PLACES.group, JOIN_BEFORE_HOST, false);
  await set(caller, PLACES.account, WAITING_ROOM, true);
  await caller.patch('/accounts/me/lock_settings?option=meeting_security', bodyWith(WAITING_ROOM, true));
  await set(caller, PLACES.group, JOIN_BEFORE_HOST, true);
  expect(await read(caller, PLACES.group, JOIN_BEFORE_HOST)).toBe(false);
});

it('leaves alone what no PATCH touched', async () => {
  const caller = await full();
  caller.sandbox.reset({ ...fullState(), users: [], groups: [] });
  const state = caller.sandbox.state();
  const key = 'settings?option=meeting_security';
  const waiting = { ...state.account.documents, [key]: bodyWith(WAITING_ROOM, true) };
  caller.sandbox.reset({ ...state, account: { ...state.account, documents: waiting } });
  await set(caller, PLACES.account, 'in_meeting.chat', true);
  expect(await read(caller, PLACES.account, JOIN_BEFORE_HOST)).toBe(true);
});
