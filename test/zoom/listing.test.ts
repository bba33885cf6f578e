import { describe, expect, it } from 'vitest';
import { openReader } from '../../src/zoom/zoom.ts';
import { type Answer, connectionTo, rejection, type Seen, withZoom } from './fixture.ts';

const group = (id: string, name = id) => ({ id, name, total_members: 3 });
const user = (id: string, email = `${id}@example.edu`) => ({ id, email, type: 2 });
const pageToken = (url: string) => new URL(url, 'http://x').searchParams.get('next_page_token') ?? '';

/** Pages by the token that asks for them; the first is asked for without one. */
const pages =
  (answers: Record<string, unknown>) =>
  ({ url }: Seen): Answer => ({ json: answers[pageToken(url)] });

describe('listing', () => {
  it('follows next_page_token to its end', async () => {
    const api = pages({
      '': { groups: [group('1'), group('2')], next_page_token: 'a+b/c=' },
      'a+b/c=': { groups: [], next_page_token: 'z' },
      z: { groups: [group('3', 'Ünï')], next_page_token: '' },
    });
    await withZoom({ api }, async (zoom) => {
      const reader = openReader(connectionTo(zoom));
      expect(await reader.listGroups()).toEqual([
        { id: '1', name: '1' },
        { id: '2', name: '2' },
        { id: '3', name: 'Ünï' },
      ]);
      expect(zoom.seen.map(({ url }) => url)).toEqual([
        '/v2/groups?page_size=300',
        '/v2/groups?page_size=300&next_page_token=a%2Bb%2Fc%3D',
        '/v2/groups?page_size=300&next_page_token=z',
      ]);
    });
  });

  it('knows users by id, drops the second of two', async () => {
    const api = pages({
      '': { users: [user('1'), { ...user('2'), group_ids: ['g'] }], next_page_token: 'x' },
      x: { users: [user('2', 'other'), user('3')] },
    });
    await withZoom({ api }, async (zoom) => {
      expect(await openReader(connectionTo(zoom)).listUsers()).toEqual([
        { id: '1', email: '1@example.edu', groupIds: [] },
        { id: '2', email: '2@example.edu', groupIds: ['g'] },
        { id: '3', email: '3@example.edu', groupIds: [] },
      ]);
      expect(zoom.seen[0]?.url).toBe('/v2/users?page_size=2000&status=active');
    });
  });

  it.each<[string, (seen: Seen, count: number) => Answer, object]>([
    [
      'a repeated token',
      (_, count) => ({ json: { groups: [group(String(count))], next_page_token: count % 2 ? 'odd' : 'even' } }),
      { message: 'listing the groups: Zoom sent the same next_page_token twice' },
    ],
    [
      'no end',
      (_, count) => ({ json: { groups: [], next_page_token: String(count) } }),
      { message: 'listing the groups: no end after 1000 pages' },
    ],
    [
      'a flood of names',
      (_, count) => ({
        json: { groups: [group(String(count), 'x'.repeat(15_000_000))], next_page_token: String(count) },
      }),
      { message: 'listing the groups: more names than any account has' },
    ],
    [
      'a list that is cut short',
      pages({
        '': { total_records: 700, groups: [group('1'), group('2')], next_page_token: 'x' },
        x: { total_records: 700, groups: [group('3')] },
      }),
      { message: 'listing the groups: Zoom has 700 and sent 3, without a page that follows' },
    ],
    [
      'no rows',
      () => ({ json: {} }),
      { message: "listing the groups: Zoom's reply was not understood: groups: expected array, received undefined" },
    ],
    [
      'an odd row',
      () => ({ json: { groups: [group('1'), { id: 7, name: 'x' }] } }),
      {
        message: "listing the groups: Zoom's reply was not understood: groups[1].id: expected string, received number",
      },
    ],
    [
      'a row without an id',
      () => ({ json: { groups: [group('')] } }),
      { message: expect.stringMatching(/groups\[0\]\.id/) },
    ],
    [
      'an expired page token',
      () => ({ status: 400, json: { code: 300, message: 'The next page token is invalid or expired.' } }),
      {
        exitCode: 1,
        message: 'listing the groups: HTTP 400, Zoom code 300: The next page token is invalid or expired.',
      },
    ],
    [
      'a missing scope',
      () => ({ status: 400, json: { code: 4711, message: 'does not contain scopes:[group:read:list_groups:admin].' } }),
      {
        exitCode: 5,
        message: 'listing the groups: HTTP 400, Zoom code 4711: the token lacks the scope group:read:list_groups:admin',
      },
    ],
  ])('%s is an error', async (_, api, error) => {
    await withZoom({ api }, async (zoom) => {
      expect(await rejection(openReader(connectionTo(zoom)).listGroups())).toMatchObject({ exitCode: 1, ...error });
    });
  });
});
