import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ReadOutcome } from '../../src/model/zoom-api.ts';
import { observeTarget } from '../../src/reconcile/observe/observe.ts';
import { openReader, openWriter } from '../../src/zoom/zoom.ts';
import {
  ACCOUNT,
  type Answer,
  connectionTo,
  GROUP,
  LOCKS,
  rejection,
  SECURITY,
  SETTINGS,
  USER,
  withZoom,
} from './fixture.ts';

const read = (answer: Answer): Promise<ReadOutcome> =>
  withZoom({ api: () => answer }, (zoom) => openReader(connectionTo(zoom)).readDocument(GROUP, SETTINGS));

const refused = (status: number, code: number, message: string): Answer => ({ status, json: { code, message } });

describe('what a read of a document ends as', () => {
  it.each<[string, Answer, ReadOutcome]>([
    ['a document', { json: { in_meeting: { chat: false } } }, { state: 'read', body: { in_meeting: { chat: false } } }],
    ['an empty document', { json: {} }, { state: 'read', body: {} }],
    ['a document with a byte order mark', { text: '\ufeff{"a":1}' }, { state: 'read', body: { a: 1 } }],
    [
      'a missing group',
      refused(404, 4130, 'Group does not exist: g1.'),
      { state: 'missing', reason: 'the group does not exist (HTTP 404, Zoom code 4130: Group does not exist: g1.)' },
    ],
    [
      'a group of another account',
      refused(400, 1010, 'Group does not belong to your account.'),
      {
        state: 'missing',
        reason: 'it does not belong to this account (HTTP 400, Zoom code 1010: Group does not belong to your account.)',
      },
    ],
    [
      'code 200 with HTTP 200',
      refused(200, 200, 'Only available for Paid account'),
      { state: 'unreadable', reason: 'HTTP 200, Zoom code 200: Only available for Paid account', notOffered: true },
    ],
    [
      'code 200 with HTTP 400',
      refused(400, 200, 'Only available for paid accounts.'),
      { state: 'unreadable', reason: 'HTTP 400, Zoom code 200: Only available for paid accounts.', notOffered: true },
    ],
    [
      'missing scopes',
      refused(
        400,
        4711,
        'Invalid access token, does not contain scopes:[account:read:x:admin, account:read:x:master].',
      ),
      {
        state: 'unreadable',
        reason: 'HTTP 400, Zoom code 4711: the token lacks the scopes account:read:x:admin, account:read:x:master',
        noAccess: true,
      },
    ],
    [
      'missing scopes in broken JSON',
      { status: 401, text: '{"code":104,"message":"Invalid access token, does not contain scopes:["a:b","c:d"]"}' },
      { state: 'unreadable', reason: 'HTTP 401: the token lacks the scopes a:b, c:d', noAccess: true },
    ],
    [
      'a missing scope without a list',
      refused(403, 4700, 'Insufficient privileges.'),
      { state: 'unreadable', reason: 'HTTP 403, Zoom code 4700: Insufficient privileges.', noAccess: true },
    ],
    [
      'a forbidden account',
      { status: 403, json: { message: 'Access to the Zoom REST API has been denied for this account.' } },
      {
        state: 'unreadable',
        reason: 'HTTP 403: Access to the Zoom REST API has been denied for this account.',
        noAccess: true,
      },
    ],
    [
      "a gateway's page",
      { status: 403, text: '<html>\n', headers: { 'content-type': 'text/html' } },
      { state: 'unreadable', reason: 'HTTP 403: text/html that is not valid JSON (7 characters)', noAccess: true },
    ],
    [
      "a gateway's page with a title",
      {
        status: 403,
        text: '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Access denied - Example Gateway</title>',
        headers: { 'content-type': 'text/html; charset=utf-8' },
      },
      {
        state: 'unreadable',
        reason: 'HTTP 403: text/html that is not valid JSON (106 characters, titled "Access denied - Example Gateway")',
        noAccess: true,
      },
    ],
    ...['session 4f1c9a', 'eyJhbGciOiJIUzI1NiJ9', 'Bluesky#9', 'wordthatisfartoolong', '{"a":1}'].map(
      (title): [string, Answer, ReadOutcome] => [
        `a page whose title may hold a secret: ${title}`,
        {
          status: 403,
          text: `<html><title>${title}</title>${'-'.repeat(60 - title.length)}`,
          headers: { 'content-type': 'text/html' },
        },
        { state: 'unreadable', reason: 'HTTP 403: text/html that is not valid JSON (81 characters)', noAccess: true },
      ],
    ),
    [
      'a title in what is called JSON',
      { status: 403, text: '<html><title>Access denied</title>', headers: { 'content-type': 'application/json' } },
      {
        state: 'unreadable',
        reason: 'HTTP 403: application/json that is not valid JSON (34 characters)',
        noAccess: true,
      },
    ],
    [
      'a content type that may hold a secret',
      { status: 403, text: '{"a":1,', headers: { 'content-type': 'passcode=Bluesky' } },
      {
        state: 'unreadable',
        reason: 'HTTP 403: an unknown content type that is not valid JSON (7 characters, cut off at the end)',
        noAccess: true,
      },
    ],
    [
      'an error in XML',
      { status: 404, text: '<?xml?><code>300</code>', headers: { 'content-type': 'application/xml' } },
      { state: 'unreadable', reason: 'HTTP 404: application/xml that is not valid JSON (23 characters)' },
    ],
    [
      'nothing but a status',
      { status: 405 },
      { state: 'unreadable', reason: 'HTTP 405: an empty body (no content type)' },
    ],
    [
      'control characters',
      refused(400, 300, 'red \u001b[31m\u202e'),
      { state: 'unreadable', reason: 'HTTP 400, Zoom code 300: red \\u001b[31m\\u202e' },
    ],
  ])('%s', async (_, answer, outcome) => {
    expect(await read(answer)).toEqual(outcome);
  });

  it.each([
    [404, 1001],
    [404, 4130],
    [404, 1010],
    [400, 1001],
    [400, 1120],
  ])('HTTP %i with code %i is a missing target', async (status, code) => {
    expect(await read(refused(status, code, 'x'))).toMatchObject({ state: 'missing' });
  });

  it.each([404, 400])(
    'HTTP %i with code 2001 is no missing target: the account of the whole run is wrong',
    async (status) => {
      expect(await read(refused(status, 2001, 'x'))).toEqual({
        state: 'unreadable',
        reason: `HTTP ${status}, Zoom code 2001: x`,
      });
    },
  );

  it('tells a missing permission from a plan that lacks the document, both of code 200', async () => {
    expect(await read(refused(400, 200, 'Does not contain permissions [User:Edit].'))).toMatchObject({
      noAccess: true,
    });
    expect(await read(refused(400, 200, 'Only available for paid accounts.'))).not.toHaveProperty('noAccess');
  });

  it('tells a user who has not accepted from one who does not exist', async () => {
    expect(await read(refused(400, 1120, 'x'))).toMatchObject({ state: 'missing', pending: true });
    expect(await read(refused(404, 1001, 'x'))).not.toHaveProperty('pending');
  });

  it('takes prototype keys out', async () => {
    const outcome = await read({
      text: '{"a":{"__proto__":{"polluted":1},"constructor":{"prototype":{}},"b":[{"__proto__":1}]}}',
    });
    expect(outcome).toEqual({ state: 'read', body: { a: { b: [{}] } } });
    expect(JSON.stringify(outcome)).toBe('{"state":"read","body":{"a":{"b":[{}]}}}');
  });

  it("takes our own mark for secrets out, and leaves Zoom's dollars alone", async () => {
    const text = '{"a":{"$secret":"env:HOME"},"b":[{"\\u0024secret":"env:HOME","c":"$5"}],"$ecret":1}';
    expect(await read({ text })).toEqual({ state: 'read', body: { a: {}, b: [{ c: '$5' }], $ecret: 1 } });
  });

  it('unpacks', async () => {
    const packed: Answer = (response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' });
      response.end(gzipSync('{"a":1}'));
    };
    expect(await read(packed)).toEqual({ state: 'read', body: { a: 1 } });
  });
});

describe('what goes over the wire', () => {
  it('is a GET for JSON with the shared token', async () => {
    await withZoom({}, async (zoom) => {
      const reader = openReader(connectionTo(zoom));
      await reader.readDocument(USER, SECURITY);
      const [request] = zoom.seen;
      expect(request?.method).toBe('GET');
      expect(request?.url).toBe('/v2/users/dean%40example.edu/settings?option=meeting_security');
      expect(request?.headers).toMatchObject({
        accept: 'application/json',
        authorization: 'Bearer canary-token-1',
        'user-agent': expect.stringMatching(/^lockstep\/\d+\.\d+\.\d+/),
      });
      expect(request?.headers['content-type']).toBeUndefined();
      expect(reader.counts()).toEqual({ light: 0, medium: 1, heavy: 0 });
      reader.close();
    });
  });

  it('reaches a sub-account over the paths of the master account', async () => {
    await withZoom({ api: () => ({ json: { groups: [], users: [] } }) }, async (zoom) => {
      const reader = openReader(connectionTo(zoom, { account: 'a/b' }));
      await reader.readDocument({ ...ACCOUNT, id: 'a/b' }, LOCKS);
      await reader.readDocument(GROUP, SETTINGS);
      await reader.listGroups();
      await reader.listUsers();
      expect(zoom.seen.map(({ url }) => url)).toEqual([
        '/v2/accounts/a%2Fb/lock_settings',
        '/v2/accounts/a%2Fb/groups/g1/settings',
        '/v2/accounts/a%2Fb/groups?page_size=300',
        '/v2/accounts/a%2Fb/users?page_size=2000&status=active',
      ]);
    });
  });

  it('tolerates a slash at the end of the URL', async () => {
    await withZoom({}, async (zoom) => {
      await openReader(connectionTo(zoom, { apiUrl: new URL(`${zoom.origin}/v2/`) })).readDocument(ACCOUNT, SETTINGS);
      expect(zoom.seen[0]?.url).toBe('/v2/accounts/me/settings');
    });
  });

  it('tells of every request, without headers and bodies', async () => {
    await withZoom({}, async (zoom) => {
      const told: object[] = [];
      const reader = openReader(connectionTo(zoom), { onRequest: (event) => told.push(event) });
      await reader.readDocument(GROUP, SECURITY);
      expect(told).toEqual([
        { method: 'POST', path: '/oauth/token', rateClass: 'oauth' },
        { method: 'GET', path: '/groups/g1/settings?option=meeting_security', rateClass: 'medium' },
      ]);
    });
  });

  it('keeps connections, and no more of them than may be in flight', async () => {
    const ports = new Set<number | undefined>();
    const api = (): Answer => (response) => {
      ports.add(response.socket?.remotePort);
      setTimeout(() => response.end('{}'), 2);
    };
    await withZoom({ api }, async (zoom) => {
      const reader = openReader(connectionTo(zoom, { concurrency: 3 }));
      await Promise.all(Array.from({ length: 30 }, () => reader.readDocument(GROUP, SETTINGS)));
      expect(ports.size).toBeLessThanOrEqual(3);
    });
  });
});

describe('a reader', () => {
  it('has no way to write: not in its type, not on the object', async () => {
    await withZoom({}, async (zoom) => {
      const reader = openReader(connectionTo(zoom));
      // @ts-expect-error a reader has no patchDocument
      expect(reader.patchDocument).toBeUndefined();
      expect(Reflect.ownKeys(reader).sort()).toEqual([
        'close',
        'counts',
        'groupsOfUser',
        'leftToday',
        'listGroups',
        'listUsers',
        'minimum',
        'readAccount',
        'readDocument',
        'scopes',
      ]);
      expect(Object.getPrototypeOf(reader)).toBe(Object.prototype);
    });
  });

  it('sends GET only, whatever happens, but for the token', async () => {
    const trouble: Answer[] = ['reset', { status: 503 }, refused(401, 124, 'expired'), { status: 429 }];
    const api = (_: unknown, count: number): Answer => trouble[count - 1] ?? { json: { groups: [], users: [] } };
    await withZoom({ api }, async (zoom) => {
      const reader = openReader(connectionTo(zoom));
      await reader.readDocument(GROUP, SETTINGS);
      await reader.listGroups();
      await reader.listUsers();
      expect(new Set(zoom.seen.map(({ method }) => method))).toEqual(new Set(['GET']));
      expect(zoom.seen.every(({ body }) => body === '')).toBe(true);
      expect(zoom.tokens).toHaveLength(2);
    });
  });

  it('refuses every request once it is closed, and drops what is under way', async () => {
    await withZoom({ api: () => () => {} }, async (zoom) => {
      const reader = openWriter(connectionTo(zoom, { concurrency: 2 }));
      const under = Array.from({ length: 10 }, () => rejection(reader.readDocument(GROUP, SETTINGS)));
      while (zoom.seen.length < 2) await new Promise(setImmediate);
      reader.close();
      for (const error of await Promise.all(under))
        expect(error).toMatchObject({ message: 'the connection to Zoom was closed' });
      expect(zoom.seen).toHaveLength(2);
    });
  });
});

describe('observeTarget', () => {
  it('reads each distinct document once', async () => {
    const api = ({ url }: { url: string }): Answer =>
      url.includes('lock') ? refused(400, 4711, 'does not contain scopes:[a].') : { json: { url } };
    await withZoom({ api }, async (zoom) => {
      const reader = openReader(connectionTo(zoom));
      const live = await observeTarget(reader, GROUP, [SETTINGS, SECURITY, SETTINGS, LOCKS, { ...SECURITY }]);
      expect(live).toEqual({
        state: 'found',
        target: GROUP,
        documents: new Map([
          ['settings', { state: 'read', body: { url: '/v2/groups/g1/settings' } }],
          [
            'settings?option=meeting_security',
            { state: 'read', body: { url: '/v2/groups/g1/settings?option=meeting_security' } },
          ],
          [
            'lock_settings',
            { state: 'unreadable', reason: 'HTTP 400, Zoom code 4711: the token lacks the scope a', noAccess: true },
          ],
        ]),
      });
      expect(zoom.seen).toHaveLength(3);
    });
  });

  it('is missing if any document says so', async () => {
    const api = ({ url }: { url: string }): Answer =>
      url.includes('lock') ? refused(404, 4130, 'gone') : { json: {} };
    await withZoom({ api }, async (zoom) => {
      const live = await observeTarget(openReader(connectionTo(zoom)), GROUP, [SETTINGS, LOCKS]);
      expect(live).toEqual({
        state: 'missing',
        target: GROUP,
        reason: 'the group does not exist (HTTP 404, Zoom code 4130: gone)',
      });
    });
  });
});
