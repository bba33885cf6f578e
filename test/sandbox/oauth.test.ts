import { describe, expect, it } from 'vitest';
import { fullState } from '../../src/sandbox/index.ts';
import { reply, sandboxFor } from './helpers.ts';

const GRANT = { grant_type: 'account_credentials', account_id: 'sandbox-account' };
const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;
const GOOD = basic('sandbox-client:sandbox-secret');

describe('tokens', () => {
  it.each([
    ['parameters in the query only', `?${new URLSearchParams(GRANT)}`, GOOD, undefined, 'unsupported_grant_type'],
    ['a wrong secret', '', basic('sandbox-client:wrong'), GRANT, 'invalid_client'],
    ['no client at all', '', undefined, GRANT, 'invalid_client'],
    ['another account', '', GOOD, { ...GRANT, account_id: 'another' }, 'invalid_request'],
    ['another grant', '', GOOD, { ...GRANT, grant_type: 'client_credentials' }, 'unsupported_grant_type'],
  ])('refuses %s with 400', async (_, query, authorization, form, error) => {
    const { sandbox } = await sandboxFor();
    const answer = await reply(
      await fetch(sandbox.env.ZOOM_OAUTH_URL + query, {
        method: 'POST',
        ...(authorization === undefined ? {} : { headers: { authorization } }),
        ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
      }),
    );
    expect(answer).toMatchObject({ status: 400, body: { error } });
    if (error === 'invalid_client') expect(answer.body).toHaveProperty('reason', 'Invalid client_id or client_secret');
  });

  it('refuses a JSON body as an unsupported grant', async () => {
    const { sandbox } = await sandboxFor();
    const headers = { authorization: GOOD, 'content-type': 'application/json' };
    const answer = await fetch(sandbox.env.ZOOM_OAUTH_URL, { method: 'POST', headers, body: JSON.stringify(GRANT) });
    expect(await reply(answer)).toMatchObject({ status: 400, body: { reason: 'unsupported grant type' } });
  });

  it('gives a bearer token for 3599 seconds, with its scopes', async () => {
    const { sandbox } = await sandboxFor();
    const body = new URLSearchParams(GRANT);
    const answer = await fetch(sandbox.env.ZOOM_OAUTH_URL, { method: 'POST', headers: { authorization: GOOD }, body });
    expect(await reply(answer)).toMatchObject({
      status: 200,
      body: {
        access_token: expect.any(String),
        token_type: 'bearer',
        expires_in: 3599,
        scope: expect.stringContaining('group:update:settings:admin'),
      },
    });
  });

  it('answers 401 and code 124 to none, a wrong and an expired one', async () => {
    const { sandbox, get } = await sandboxFor({ tokenLifetimeSeconds: 0 });
    const invalid = { status: 401, body: { code: 124, message: 'Invalid access token.' } };
    expect(await get('/groups', { authorization: 'Bearer wrong' })).toMatchObject(invalid);
    const json = { headers: { accept: 'application/json' } };
    expect(await reply(await fetch(`${sandbox.url}/v2/groups`, json))).toMatchObject(invalid);
    expect(await get('/groups')).toMatchObject({
      status: 401,
      body: { code: 124, message: 'Access token is expired.' },
    });
  });
});

describe('scopes', () => {
  const withScopes = (...scopes: string[]) => {
    const state = fullState({ groups: 1 });
    return sandboxFor({ state: { ...state, credentials: { ...state.credentials, scopes } } });
  };

  it.each([
    ['classic', 'group:read:admin'],
    ['granular', 'group:read:settings:admin'],
    ['of a master account', 'group:read:settings:master'],
  ])('lets a %s one through', async (_, scope) => {
    const { get, patch } = await withScopes(scope);
    expect(await get('/groups/group-0001/settings')).toHaveProperty('status', 200);
    expect(await patch('/groups/group-0001/settings', {})).toMatchObject({
      status: 400,
      body: {
        code: 4711,
        message:
          'Invalid access token, does not contain scopes:[group:update:settings:admin, group:update:settings:master].',
      },
    });
  });

  it('writes account locks but cannot read them without a master scope', async () => {
    const { get, patch } = await withScopes('account:update:lock_settings:admin', 'account:read:settings:admin');
    expect(await patch('/accounts/me/lock_settings', {})).toHaveProperty('status', 200);
    expect(await get('/accounts/me/lock_settings')).toMatchObject({
      status: 400,
      body: { code: 4711, message: expect.stringContaining('[account:read:lock_settings:master]') },
    });
  });
});
