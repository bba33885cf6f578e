import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { settingsOf } from '../../src/catalog/lookup.ts';
import { LockstepError } from '../../src/errors.ts';
import { documentKey } from '../../src/model/setting.ts';
import type { Scope } from '../../src/model/target.ts';
import { effectiveValue } from '../../src/sandbox/above.ts';
import { COUPLINGS } from '../../src/sandbox/couplings.ts';
import { fullState, parseState, universityState } from '../../src/sandbox/index.ts';
import { findHolder } from '../../src/sandbox/targets.ts';
import { isJsonObject, type JsonObject } from '../../src/util/json.ts';
import { at, example, sandboxFor } from './helpers.ts';

const minimal = { account: { id: 'a', name: 'A', documents: {} } };

describe('a state that is read', () => {
  it('has its defaults', () => {
    expect(parseState(minimal)).toMatchObject({
      groups: [],
      users: [],
      subAccounts: [],
      credentials: { clientId: 'sandbox-client' },
    });
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, '(top)'],
    ['no account', {}, 'account'],
    ['an unknown key', { ...minimal, group: [] }, 'group'],
    [
      'an unknown document',
      { account: { ...minimal.account, documents: { setting: {} } } },
      'account.documents.setting',
    ],
    ['a document that is none', { account: { ...minimal.account, documents: { settings: [] } } }, 'account.documents'],
    [
      'a wrong status',
      { ...minimal, users: [{ id: 'u', email: 'e', status: 'new', documents: {} }] },
      'users.0.status',
    ],
    [
      'a group twice',
      { ...minimal, groups: [1, 2].map((number) => ({ id: 'g', name: `G${number}`, documents: {} })) },
      'groups: id g is there twice',
    ],
    [
      'a user in no group that exists',
      { ...minimal, users: [{ id: 'u', email: 'e', groupIds: ['g'], documents: {} }] },
      'e is in a group that does not exist: g',
    ],
    [
      'a sub-account under two ids',
      { ...minimal, subAccounts: [{ id: 'x', account: { id: 'y', name: 'Y', documents: {} } }] },
      'subAccounts.0.id',
    ],
  ])('%s is an error at its place', (_, json, place) => {
    expect(() => parseState(json)).toThrow(LockstepError);
    expect(() => parseState(json)).toThrow(place);
  });

  it('is the same after writing it down', () => {
    for (const state of [universityState(), fullState({ groups: 3, users: 2 })]) {
      expect(parseState(JSON.parse(JSON.stringify(state)))).toEqual(state);
    }
  });
});

describe('the state with everything', () => {
  it('costs next to nothing for 5,000 groups, which share their documents', () => {
    const { groups } = fullState({ groups: 5000 });
    expect(groups[4999]).toMatchObject({ id: 'group-5000', name: 'Group 5000' });
    expect(new Set(groups.map(({ documents }) => documents)).size).toBe(1);
  });

  it.each(['account', 'group', 'user'] as const)('has no coupling in force for the %s', (scope) => {
    const state = fullState({ groups: 1, users: 1 });
    const holder = findHolder(state, scope, `${scope}-0001`);
    const read = (path: string) => {
      const setting = settingsOf(scope).get(path);
      return holder && setting && effectiveValue(state, holder, setting);
    };
    expect(COUPLINGS.filter(({ holds }) => holds(read)).map(({ name }) => name)).toEqual([]);
  });
});

describe('Example University', () => {
  it('is what lies in examples', async () => {
    const written = `${JSON.stringify(universityState(), null, 2)}\n`;
    await expect(written).toMatchFileSnapshot('../../examples/university/state.json');
  });

  it('has values that fit, and no real address', () => {
    expect(JSON.stringify(universityState()).match(/[\w.]+@[\w.]+/g)).toSatisfy((found: string[]) =>
      found.every((address) => /@example\.(edu|com)$/.test(address)),
    );
  });

  it('offers every setting that its policies name', async () => {
    const { sandbox, get } = await sandboxFor();
    const places = placesOf(sandbox.state());
    const missing: string[] = [];
    for (const { scope, pattern, path } of readdirSync(new URL('../../examples/university/policies', import.meta.url))
      .map((name) => example(`policies/${name}`))
      .flatMap(settingsNamed)) {
      const setting = settingsOf(scope).get(path);
      for (const place of places.filter(({ label }) => new RegExp(`^${pattern.replace('*', '.*')}$`).test(label))) {
        const answer = setting && (await get(`${place.url}/${documentKey(setting.document.ref)}`));
        const offered = setting?.readKeys.some(({ keys }) => answer && at(answer, keys.join('.')) !== undefined);
        if (!offered || !setting?.writable) missing.push(`${place.label} ${path}`);
      }
    }
    expect(missing).toEqual([]);
  });
});

function placesOf(state: ReturnType<typeof universityState>) {
  return [
    { label: 'account', url: '/accounts/me' },
    ...state.groups.map(({ id, name }) => ({ label: `group:${name}`, url: `/groups/${id}` })),
    ...state.users.map(({ email }) => ({ label: `user:${email}`, url: `/users/${email}` })),
  ];
}

/** Read as plain YAML, without lockstep's own loader. */
function settingsNamed(text: string): { scope: Scope; pattern: string; path: string }[] {
  const policy = parse(text, { logLevel: 'silent' }) as Record<string, JsonObject>;
  const entry = (scope: Scope, pattern: string, { settings = {}, registration }: JsonObject) =>
    [...leaves(settings), ...(registration === undefined ? [] : leaves({ registration }))].map((path) => ({
      scope,
      pattern,
      path,
    }));
  return [
    ...entry('account', 'account', policy['account'] ?? {}),
    ...Object.entries(policy['groups'] ?? {}).flatMap(([name, body]) =>
      entry('group', `group:${name}`, body as JsonObject),
    ),
    ...Object.entries(policy['users'] ?? {}).flatMap(([name, body]) =>
      entry('user', `user:${name}`, body as JsonObject),
    ),
  ];
}

function leaves(value: unknown, path = ''): string[] {
  if (!isJsonObject(value)) return [path];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, path === '' ? key : `${path}.${key}`));
}
