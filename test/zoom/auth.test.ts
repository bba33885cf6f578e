import { describe, expect, it } from 'vitest';
import { openReader } from '../../src/zoom/zoom.ts';
import {
  type Answer,
  connectionTo,
  GROUP,
  hastyClock,
  rejection,
  SECRET,
  SETTINGS,
  type Seen,
  tokenReply,
  withZoom,
} from './fixture.ts';

const EXPIRED = { code: 124, message: 'Access token is expired.' };
const bearers = (seen: readonly Seen[]) => seen.map(({ headers }) => headers.authorization);

describe('the token', () => {
  it('is asked for in form encoding with Basic authentication', async () => {
    await withZoom({}, async (zoom) => {
      await openReader(connectionTo(zoom)).readDocument(GROUP, SETTINGS);
      const [request] = zoom.tokens;
      expect(request).toMatchObject({
        method: 'POST',
        url: '/oauth/token',
        body: 'grant_type=account_credentials&account_id=acc',
        headers: {
          accept: 'application/json',
          authorization: `Basic ${Buffer.from(`client:${SECRET}`).toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
      });
    });
  });

  it('is one for twenty callers at once', async () => {
    await withZoom({}, async (zoom) => {
      const reader = openReader(connectionTo(zoom));
      await Promise.all(Array.from({ length: 20 }, () => reader.readDocument(GROUP, SETTINGS)));
      expect(zoom.tokens).toHaveLength(1);
      expect(zoom.seen).toHaveLength(20);
    });
  });

  it('is renewed a minute before it expires', async () => {
    await withZoom({}, async (zoom) => {
      const clock = hastyClock();
      const reader = openReader(connectionTo(zoom, { clock }));
      await reader.readDocument(GROUP, SETTINGS);
      await clock.sleep((3599 - 65) * 1000);
      await reader.readDocument(GROUP, SETTINGS);
      await clock.sleep(10_000);
      await reader.readDocument(GROUP, SETTINGS);
      expect(bearers(zoom.seen)).toEqual(['Bearer canary-token-1', 'Bearer canary-token-1', 'Bearer canary-token-2']);
    });
  });

  it('is used although it lives for seconds only', async () => {
    await withZoom({ oauth: (count) => tokenReply(count, { expires_in: 30 }) }, async (zoom) => {
      const reader = openReader(connectionTo(zoom));
      for (let count = 0; count < 3; count += 1) await reader.readDocument(GROUP, SETTINGS);
      expect(zoom.tokens).toHaveLength(1);
    });
  });

  it.each([400, 401, 200])('is renewed once on code 124 under HTTP %i', async (status) => {
    const api = ({ headers }: Seen): Answer =>
      headers.authorization === 'Bearer canary-token-1' ? { status, json: EXPIRED } : { json: { fine: true } };
    await withZoom({ api }, async (zoom) => {
      const reader = openReader(connectionTo(zoom));
      const outcomes = await Promise.all(Array.from({ length: 20 }, () => reader.readDocument(GROUP, SETTINGS)));
      expect(outcomes.every(({ state }) => state === 'read')).toBe(true);
      expect(zoom.tokens).toHaveLength(2);
    });
  });

  it('refused twice ends the run with exit code 5', async () => {
    await withZoom({ api: () => ({ status: 401, json: EXPIRED }) }, async (zoom) => {
      const reader = openReader(connectionTo(zoom));
      const error = await rejection(reader.readDocument(GROUP, SETTINGS));
      expect(error).toMatchObject({
        exitCode: 5,
        message: 'Zoom refuses a token that it has just issued (code 124)',
      });
      expect(await rejection(reader.readDocument(GROUP, SETTINGS))).toBe(error);
      expect(zoom.seen).toHaveLength(2);
    });
  });

  it('that was given is used as it is, and cannot be renewed', async () => {
    const credentials = { kind: 'token', token: 'given' } as const;
    await withZoom(
      { api: (_, count) => (count === 1 ? { json: {} } : { status: 401, json: EXPIRED }) },
      async (zoom) => {
        const reader = openReader(connectionTo(zoom, { credentials }));
        await reader.readDocument(GROUP, SETTINGS);
        expect(await reader.scopes()).toBeUndefined();
        expect(await rejection(reader.readDocument(GROUP, SETTINGS))).toMatchObject({
          exitCode: 5,
          message: 'Zoom refuses the token in ZOOM_ACCESS_TOKEN: it is expired or invalid',
        });
        expect(bearers(zoom.seen)).toEqual(['Bearer given', 'Bearer given']);
        expect(zoom.tokens).toHaveLength(0);
      },
    );
  });

  it('tells its scopes', async () => {
    await withZoom({}, async (zoom) => {
      expect(await openReader(connectionTo(zoom)).scopes()).toEqual(['a:b', 'c:d']);
    });
    await withZoom({ oauth: (count) => tokenReply(count, { scope: undefined }) }, async (zoom) => {
      expect(await openReader(connectionTo(zoom)).scopes()).toBeUndefined();
    });
  });
});

describe('a token that is not to be had', () => {
  it.each<[string, Answer, object]>([
    [
      'bad client',
      { status: 400, json: { reason: 'Invalid client_id or client_secret', error: 'invalid_client' } },
      {
        exitCode: 5,
        message: 'Zoom refuses the credentials: HTTP 400: Invalid client_id or client_secret, invalid_client',
        hint: 'check ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET',
      },
    ],
    [
      'bad client, as others have it',
      { status: 401, json: { reason: 'Invalid client_id or client_secret', error: 'invalid_client' } },
      { exitCode: 5, hint: 'check ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET' },
    ],
    [
      'bad account',
      { status: 400, json: { reason: 'Bad Request', error: 'invalid_request' } },
      { exitCode: 5, message: expect.stringContaining('Bad Request'), hint: 'check ZOOM_ACCOUNT_ID' },
    ],
    [
      'a grant that is refused with its token',
      { status: 400, json: { reason: 'eyJhbGciOiJIUzI1NiJ9.eyJhdWQ is expired', error: 'invalid_grant' } },
      { exitCode: 5, message: 'Zoom refuses the credentials: HTTP 400: [hidden] is expired, invalid_grant' },
    ],
    [
      'a refusal with a token in its message',
      { status: 401, json: { code: 4717, message: 'disabled: eyJhbGciOiJIUzI1NiJ9.eyJhdWQ' } },
      { exitCode: 5, message: 'Zoom refuses the credentials: HTTP 401, Zoom code 4717: disabled: [hidden]' },
    ],
    [
      'app switched off',
      { status: 401, json: { code: 4717, message: 'The app has been disabled.' } },
      { exitCode: 5, message: 'Zoom refuses the credentials: HTTP 401, Zoom code 4717: The app has been disabled.' },
    ],
    [
      'a wrong URL',
      { status: 404, text: '<html>', headers: { 'content-type': 'text/html' } },
      { exitCode: 1, hint: 'check ZOOM_OAUTH_URL' },
    ],
    [
      'something else',
      { json: { hello: 1 } },
      { exitCode: 1, message: expect.stringMatching(/with a token: access_token: expected string/) },
    ],
    [
      'a page',
      { text: '<html>' },
      {
        exitCode: 1,
        message: expect.stringMatching(
          /^no token from .* \(5 tries\): HTTP 200 with .*not valid JSON \(6 characters\)$/,
        ),
        hint: 'check ZOOM_OAUTH_URL',
      },
    ],
    [
      'an evil token',
      tokenReply(1, { access_token: 'a\r\nX: y' }),
      { exitCode: 1, message: expect.stringMatching(/no token can have/) },
    ],
    [
      'a redirect',
      { status: 301, headers: { location: 'https://elsewhere.example/' } },
      { exitCode: 1, message: expect.stringMatching(/elsewhere\.example.*not followed|\(1 try\).*elsewhere/) },
    ],
  ])('%s', async (_, answer, error) => {
    await withZoom({ oauth: () => answer }, async (zoom) => {
      const reader = openReader(connectionTo(zoom, { concurrency: 1 }));
      const errors = await Promise.all([
        rejection(reader.readDocument(GROUP, SETTINGS)),
        rejection(reader.readDocument(GROUP, SETTINGS)),
      ]);
      for (const each of errors) expect(each).toMatchObject(error);
      expect(zoom.seen).toHaveLength(0);
      // Refused credentials stay refused: the second caller does not ask again.
      if ('exitCode' in error && error.exitCode === 5) expect(zoom.tokens).toHaveLength(1);
    });
  });

  it.each<[string, Answer]>([
    ['a reset', 'reset'],
    ['a 503', { status: 503 }],
    ['a 429', { status: 429, json: { reason: 'slow down' } }],
    ['broken JSON', { text: '{"access_token":"ab' }],
    ['nothing at all', { text: '' }],
  ])('%s is tried again', async (_, trouble) => {
    await withZoom({ oauth: (count) => (count < 3 ? trouble : tokenReply(count)) }, async (zoom) => {
      const reader = openReader(connectionTo(zoom));
      expect(await reader.readDocument(GROUP, SETTINGS)).toMatchObject({ state: 'read' });
      expect(zoom.tokens).toHaveLength(3);
      expect(reader.counts().medium).toBe(1);
    });
  });
});
