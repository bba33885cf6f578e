import { describe, expect, it } from 'vitest';
import { fullState, universityState } from '../../src/sandbox/index.ts';
import type { JsonObject } from '../../src/util/json.ts';
import { at, bodyWith, type Caller, sandboxFor } from './helpers.ts';

const ACCOUNT = '/accounts/me/settings';
const SIGN_IN = `${ACCOUNT}?option=meeting_authentication`;
const full = () => sandboxFor({ state: fullState({ groups: 1, users: 2 }) });

const tell = ({ patch }: Caller, path: string, option: JsonObject) => patch(path, { authentication_option: option });
const options = async ({ get }: Caller, path = SIGN_IN) =>
  at(await get(path), 'authentication_options') as JsonObject[];

describe('sign-in options of the account', () => {
  it('are added, changed and removed one at a time, under ids that Zoom makes', async () => {
    const caller = await full();
    expect(
      await tell(caller, SIGN_IN, { action: 'add', name: 'A', type: 'enforce_login', default_option: true }),
    ).toHaveProperty('status', 204);
    await tell(caller, SIGN_IN, {
      action: 'add',
      name: 'B',
      type: 'enforce_login_with_domains',
      domains: 'example.edu',
    });
    const [a, b] = await options(caller);
    expect([a, b]).toMatchObject([
      { id: expect.stringMatching(/./), name: 'A', default_option: true, visible: true },
      { id: expect.stringMatching(/./), name: 'B', default_option: false, domains: 'example.edu' },
    ]);
    await tell(caller, SIGN_IN, { action: 'update', id: b?.['id'] ?? '', name: 'C', default_option: true });
    expect(await options(caller)).toMatchObject([{ default_option: false }, { name: 'C', default_option: true }]);
    await tell(caller, SIGN_IN, { action: 'delete', name: 'A' });
    expect(await options(caller)).toMatchObject([{ name: 'C' }]);
  });

  it.each<[string, JsonObject, string]>([
    ['no action', { name: 'A' }, 'action'],
    ['no name', { action: 'add', type: 'enforce_login' }, 'name'],
    ['no type', { action: 'add', name: 'A' }, 'type'],
    ['an option that does not exist', { action: 'delete', id: 'none' }, 'id'],
    ["a group's action", { action: 'hide', id: 'none' }, 'action'],
  ])('%s is refused', async (_, option, field) => {
    const caller = await full();
    expect(await tell(caller, SIGN_IN, option)).toMatchObject({
      status: 400,
      body: { code: 300, errors: [{ field: `authentication_option.${field}` }] },
    });
  });

  it('are not replaced by a list', async () => {
    const { sandbox, patch } = await full();
    const before = sandbox.state();
    expect(await patch(SIGN_IN, { authentication_options: [{ name: 'A' }] })).toHaveProperty('status', 204);
    expect(sandbox.state()).toEqual(before);
  });
});

it.each(['group', 'user'] as const)('a %s shows and hides them, and makes none', async (scope) => {
  const state = universityState();
  const documents = {
    'settings?option=meeting_authentication': {
      meeting_authentication: true,
      authentication_options: [{ id: 'x', name: 'A', visible: true, default_option: false }],
    },
  };
  const holder = { id: 'one', documents };
  const caller = await sandboxFor({
    state: {
      ...state,
      groups: [{ ...holder, name: 'One' }],
      users: [{ ...holder, email: 'one@example.edu', groupIds: [], status: 'active' }],
    },
  });
  const path = `/${scope}s/one/settings?option=meeting_authentication`;
  await tell(caller, path, { action: 'hide', name: 'A' });
  expect(await options(caller, path)).toMatchObject([{ id: 'x', visible: false }]);
  await tell(caller, path, { action: 'show', id: 'x' });
  expect(await options(caller, path)).toMatchObject([{ id: 'x', visible: true }]);
  expect(await tell(caller, path, { action: 'add', name: 'B' })).toHaveProperty('status', 400);
});

describe('lists that are told what to do', () => {
  it('chat etiquette: create, update, delete; a group switches policies on and off', async () => {
    const caller = await full();
    const told = (operate: string, policy: JsonObject) =>
      caller.patch(ACCOUNT, { chat: { chat_etiquette_tool: { operate, policies: [policy] } } });
    const policies = async () => at(await caller.get(ACCOUNT), 'chat.chat_etiquette_tool.policies') as JsonObject[];
    await told('create', { name: 'Manners', keywords: ['x'], status: 'activated' });
    const id = (await policies())[0]?.['id'] ?? '';
    await told('update', { id, status: 'deactivated' });
    expect(await policies()).toMatchObject([{ id, name: 'Manners', status: 'deactivated' }]);
    expect(await told('update', { id: 'none', status: 'activated' })).toHaveProperty('status', 400);
    await told('delete', { id });
    expect(await policies()).toEqual([]);

    caller.sandbox.act({
      target: 'group:Group 0001',
      document: 'settings',
      body: bodyWith('chat.chat_etiquette_tool.policies', [{ id: 'p', name: 'Manners', status: 'activated' }]),
    });
    const group = '/groups/group-0001/settings';
    await caller.patch(group, bodyWith('chat.chat_etiquette_tool.policies', [{ id: 'p', status: 'deactivated' }]));
    expect(at(await caller.get(group), 'chat.chat_etiquette_tool.policies')).toEqual([
      { id: 'p', name: 'Manners', status: 'deactivated' },
    ]);
  });

  it('single sign-on: ids are added, removed, or replace the list', async () => {
    const { get, patch } = await full();
    const told = (ids: string[], operation?: string) =>
      patch(ACCOUNT, { security: { signin_with_sso: { sso_bypass_user_ids: ids, ...(operation && { operation }) } } });
    const ids = async () =>
      (at(await get(ACCOUNT), 'security.signin_with_sso.sso_bypass_users') as JsonObject[]).map(({ id }) => id);
    await told(['user-0001']);
    await told(['user-0002'], 'add');
    expect(await ids()).toEqual(['user-0001', 'user-0002']);
    await told(['user-0001'], 'remove');
    expect(await ids()).toEqual(['user-0002']);
    await told(['user-0001']);
    expect(await ids()).toEqual(['user-0001']);
  });
});
