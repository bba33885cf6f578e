import { describe, expect, it } from 'vitest';
import type { Target } from '../../src/model/target.ts';
import { documentPath, listPath, tokenForm } from '../../src/zoom/wire.ts';
import { ACCOUNT, GROUP, LOCKS, REGISTRATION, SECURITY, SETTINGS, USER } from './fixture.ts';

describe('the path of a document', () => {
  it.each([
    ['me', ACCOUNT, SETTINGS, '/accounts/me/settings'],
    ['me', ACCOUNT, SECURITY, '/accounts/me/settings?option=meeting_security'],
    ['me', ACCOUNT, LOCKS, '/accounts/me/lock_settings'],
    ['me', ACCOUNT, REGISTRATION, '/accounts/me/settings/registration?type=webinar'],
    ['me', GROUP, SETTINGS, '/groups/g1/settings'],
    ['me', GROUP, LOCKS, '/groups/g1/lock_settings'],
    ['me', GROUP, REGISTRATION, '/groups/g1/settings/registration?type=webinar'],
    ['me', USER, SECURITY, '/users/dean%40example.edu/settings?option=meeting_security'],
    ['sub', { ...ACCOUNT, id: 'sub' }, SETTINGS, '/accounts/sub/settings'],
    ['sub', { ...ACCOUNT, id: 'sub' }, LOCKS, '/accounts/sub/lock_settings'],
    ['sub', GROUP, SETTINGS, '/accounts/sub/groups/g1/settings'],
    ['sub', GROUP, LOCKS, '/accounts/sub/groups/g1/lock_settings'],
    ['sub', USER, REGISTRATION, '/accounts/sub/users/dean%40example.edu/settings/registration?type=webinar'],
  ] as const)('account %s, %o, %o -> %s', (account, target, document, path) => {
    expect(documentPath(account, target, document)).toBe(path);
  });

  it.each([
    ['a/b', 'a%2Fb'],
    ['//x==', '%2F%2Fx%3D%3D'],
    ['..\\a', '..%5Ca'],
    ['%2e%2e', '%252e%252e'],
    ['a?b#c', 'a%3Fb%23c'],
    ['a b+c@é.org', 'a%20b%2Bc%40%C3%A9.org'],
    ['a\r\nHost: evil', 'a%0D%0AHost%3A%20evil'],
  ])('encodes the id %j', (id, encoded) => {
    const target: Target = { scope: 'group', name: 'odd', id };
    expect(documentPath('me', target, SETTINGS)).toBe(`/groups/${encoded}/settings`);
    expect(documentPath(id, { scope: 'account', id }, SETTINGS)).toBe(`/accounts/${encoded}/settings`);
    expect(new URL(`https://api.zoom.us/v2/groups/${encoded}/settings`).pathname).toBe(
      `/v2/groups/${encoded}/settings`,
    );
  });

  it.each(['', '.', '..', 'a\ud800'])('refuses the id %j', (id) => {
    expect(() => documentPath('me', { scope: 'group', name: 'odd', id }, SETTINGS)).toThrow(/is not a valid Zoom id/);
  });
});

it('asks for the largest pages, and for active users only', () => {
  expect(listPath('me', 'groups', undefined)).toBe('/groups?page_size=300');
  expect(listPath('me', 'groups', 'a/b=')).toBe('/groups?page_size=300&next_page_token=a%2Fb%3D');
  expect(listPath('sub', 'users', undefined)).toBe('/accounts/sub/users?page_size=2000&status=active');
});

it('asks for a token in form encoding', () => {
  expect(tokenForm('a&b').toString()).toBe('grant_type=account_credentials&account_id=a%26b');
});
