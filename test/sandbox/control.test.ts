import { describe, expect, it, onTestFinished } from 'vitest';
import { LockstepError } from '../../src/errors.ts';
import { fullState, type SandboxState, startSandbox, universityState } from '../../src/sandbox/index.ts';
import { at, reply, sandboxFor } from './helpers.ts';

const control = async (url: string, method: string, path: string, body?: unknown) =>
  reply(
    await fetch(`${url}/_sandbox/${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }),
  );

describe('the log', () => {
  it('has every request in the order of arrival, with its target and its end', async () => {
    const { sandbox, get, patch } = await sandboxFor();
    await get('/groups?page_size=5');
    await patch('/groups/grp-students-000000001/settings?option=meeting_security', { meeting_security: {} });
    await get('/accounts/sandbox-press/users/editor@example.com/settings');
    await get('/nothing');
    expect(sandbox.log()).toMatchObject([
      { method: 'POST', path: '/oauth/token', status: 200 },
      { method: 'GET', path: '/v2/groups', query: { page_size: '5' }, status: 200, at: expect.any(Number) },
      {
        method: 'PATCH',
        query: { option: 'meeting_security' },
        body: { meeting_security: {} },
        target: 'group:Students',
        status: 204,
      },
      { target: 'user:editor@example.com', account: 'sandbox-press', status: 200 },
      { status: 400 },
    ]);
    const { body } = await control(sandbox.url, 'GET', 'log');
    expect(body).toEqual(JSON.parse(JSON.stringify(sandbox.log())));
    expect(await control(sandbox.url, 'DELETE', 'log')).toHaveProperty('status', 204);
    expect(sandbox.log()).toEqual([]);
  });

  it('holds no secret of the credentials', async () => {
    const { sandbox } = await sandboxFor();
    expect(JSON.stringify(sandbox.log())).not.toContain('sandbox-secret');
  });
});

describe('the state', () => {
  it('is handed out as a copy', async () => {
    const { sandbox } = await sandboxFor();
    const copy = sandbox.state() as { account: { name: string } };
    copy.account.name = 'changed';
    expect(sandbox.state()).toEqual(universityState());
  });

  it('is told to whoever keeps it, after every write', async () => {
    const seen: SandboxState[] = [];
    const { sandbox, get, patch } = await sandboxFor({ onChange: (state) => seen.push(state) });
    await get('/groups');
    await patch('/accounts/me/settings', { in_meeting: { chat: 'wrong' } });
    expect(seen).toEqual([]);
    await patch('/accounts/me/settings', { in_meeting: { chat: false } });
    expect(seen).toEqual([sandbox.state()]);
  });

  it('is read and replaced over HTTP', async () => {
    const { sandbox } = await sandboxFor();
    const state = JSON.parse(JSON.stringify(fullState({ groups: 1 }))) as unknown;
    expect(await control(sandbox.url, 'PUT', 'state', state)).toHaveProperty('status', 204);
    expect((await control(sandbox.url, 'GET', 'state')).body).toEqual(state);
    expect(await control(sandbox.url, 'PUT', 'state', { account: {} })).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('account.id') },
    });
    expect(sandbox.state()).toEqual(state);
  });
});

describe('an admin', () => {
  const body = { in_meeting: { chat: false } };

  it('is stopped by no lock, and changes the other name of the knob', async () => {
    const { sandbox, get } = await sandboxFor({ lockedWrite: 'reject', ratePlan: 'free' });
    sandbox.act({ target: 'account', document: 'lock_settings', body: { in_meeting: { chat: true } } });
    sandbox.act({ target: 'account', document: 'settings', body });
    sandbox.act({
      target: 'group:Staff – Registrar',
      document: 'settings',
      body: { in_meeting: { waiting_room: true } },
    });
    expect(at(await get('/users/dean@example.edu/settings'), 'in_meeting.chat')).toBe(false);
    const secured = await get('/groups/grp-registrar-00000002/settings?option=meeting_security');
    expect(at(secured, 'meeting_security.waiting_room')).toBe(true);
    expect(sandbox.log().filter(({ method }) => method === 'PATCH')).toEqual([]);
  });

  it('can be sent over HTTP', async () => {
    const { sandbox, get } = await sandboxFor();
    const act = { target: 'user:dean@example.edu', document: 'settings', body };
    expect(await control(sandbox.url, 'POST', 'act', act)).toHaveProperty('status', 204);
    expect(at(await get('/users/dean@example.edu/settings'), 'in_meeting.chat')).toBe(false);
  });

  it.each([
    [{ target: 'group:Nobody', document: 'settings', body }, 'group:Nobody'],
    [{ target: 'account', account: 'none', document: 'settings', body }, 'none'],
    [{ target: 'account', document: 'setting', body }, 'document setting'],
  ])('%j is refused', async (act, told) => {
    const { sandbox } = await sandboxFor();
    expect(() => sandbox.act(act)).toThrow(LockstepError);
    expect(await control(sandbox.url, 'POST', 'act', act)).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining(told) },
    });
  });
});

describe('the server', () => {
  it('forgets state, log and faults on reset', async () => {
    const { sandbox, patch } = await sandboxFor();
    await patch('/accounts/me/settings', { in_meeting: { chat: false } });
    const fault = { do: 'refuse', status: 500, code: 1, message: 'no' };
    expect(await control(sandbox.url, 'POST', 'faults', [fault])).toHaveProperty('status', 204);
    expect(await patch('/accounts/me/settings', {})).toHaveProperty('status', 500);
    expect(await control(sandbox.url, 'POST', 'reset')).toHaveProperty('status', 204);
    expect([sandbox.state(), sandbox.log()]).toEqual([universityState(), []]);
    expect(await patch('/accounts/me/settings', {})).toHaveProperty('status', 204);
    sandbox.reset(fullState());
    expect(sandbox.state()).toEqual(fullState());
  });

  it.each([[{}], [[{ do: 'explode' }]], [[{ do: 'slow' }]], [undefined]])('refuses the faults %j', async (faults) => {
    const { sandbox } = await sandboxFor();
    expect(await control(sandbox.url, 'POST', 'faults', faults)).toHaveProperty('status', 400);
  });

  it('listens on loopback, and says so when a port is taken', async () => {
    const { sandbox } = await sandboxFor();
    const { hostname, port } = new URL(sandbox.url);
    expect(hostname).toBe('127.0.0.1');
    await expect(startSandbox({ port: Number(port) })).rejects.toThrow(LockstepError);
  });

  it('does not touch the state that it was given', async () => {
    const state = universityState();
    const sandbox = await startSandbox({ state });
    onTestFinished(() => sandbox.close());
    sandbox.act({ target: 'account', document: 'settings', body: { in_meeting: { chat: false } } });
    expect(state).toEqual(universityState());
  });
});
