import { describe, expect, it } from 'vitest';
import type { PatchOutcome } from '../../src/model/zoom-api.ts';
import { openWriter } from '../../src/zoom/zoom.ts';
import {
  ACCOUNT,
  type Answer,
  connectionTo,
  GROUP,
  LOCKS,
  rejection,
  SECURITY,
  SETTINGS,
  withZoom,
} from './fixture.ts';

const BODY = { in_meeting: { chat: false, name: 'Ünï' } };

const patch = (answer: Answer): Promise<PatchOutcome> =>
  withZoom({ api: () => answer }, (zoom) =>
    openWriter(connectionTo(zoom)).patchDocument(GROUP, SETTINGS, BODY, { secrets: [] }),
  );

it('sends one PATCH of JSON', async () => {
  await withZoom({ api: () => ({ status: 204 }) }, async (zoom) => {
    const writer = openWriter(connectionTo(zoom));
    expect(await writer.patchDocument(GROUP, SECURITY, BODY, { secrets: [] })).toEqual({ accepted: true });
    expect(await writer.patchDocument(ACCOUNT, LOCKS, BODY, { secrets: [] })).toEqual({ accepted: true });
    expect(zoom.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'PATCH /v2/groups/g1/settings?option=meeting_security',
      'PATCH /v2/accounts/me/lock_settings',
    ]);
    expect(zoom.seen[0]?.headers).toMatchObject({ accept: 'application/json', 'content-type': 'application/json' });
    expect(JSON.parse(zoom.seen[0]?.body ?? '')).toEqual(BODY);
    expect(writer.counts()).toEqual({ light: 0, medium: 2, heavy: 0 });
  });
});

describe('what a PATCH ends as', () => {
  it.each<[string, Answer]>([
    ['204', { status: 204 }],
    ['200 with nothing', {}],
    ['200 with an object', { json: { any: 'thing' } }],
    ['200 with a page', { text: '<html>', headers: { 'content-type': 'text/html' } }],
  ])('%s is accepted', async (_, answer) => {
    expect(await patch(answer)).toEqual({ accepted: true });
  });

  it.each<[string, Answer, object]>([
    [
      'a validation error',
      {
        status: 400,
        json: { code: 300, message: 'Validation Failed.', errors: [{ field: 'a.b', message: 'Invalid\u0007.' }, 7] },
      },
      { status: 400, code: 300, message: 'Validation Failed.', fields: [{ field: 'a.b', message: 'Invalid\\u0007.' }] },
    ],
    [
      'a missing scope',
      {
        status: 400,
        json: { code: 4711, message: 'Invalid access token, does not contain scopes:[group:update:settings:admin].' },
      },
      { status: 400, code: 4711, message: 'the token lacks the scope group:update:settings:admin' },
    ],
    [
      'a missing group',
      { status: 404, json: { code: 4130, message: 'gone' } },
      { status: 404, code: 4130, message: 'gone' },
    ],
    [
      'a page',
      { status: 403, text: '<b>' },
      { status: 403, message: 'no content type that is not valid JSON (3 characters)' },
    ],
    [
      '5xx to the end',
      { status: 503, json: { code: 5, message: 'busy' } },
      {
        status: 503,
        code: 5,
        message: 'HTTP 503, Zoom code 5: busy (5 tries); Zoom may have applied it',
        mayBeTaken: true,
      },
    ],
    [
      '429 to the end',
      { status: 429, json: { code: 429, message: 'Too many concurrent requests.' } },
      { status: 429, code: 429, message: 'HTTP 429, Zoom code 429: Too many concurrent requests. (8 tries)' },
    ],
    [
      'resets to the end',
      'reset',
      { message: expect.stringMatching(/^no answer after 5 tries: .*; Zoom may have applied it$/), mayBeTaken: true },
    ],
    [
      'a redirect',
      { status: 307, headers: { location: 'https://elsewhere.example/x' } },
      { status: 307, message: 'HTTP 307 redirects to elsewhere.example, which is not followed (1 try)' },
    ],
    [
      'a redirect with a token in its query',
      { status: 302, headers: { location: '/login?token=Bluesky9#token=Bluesky9' } },
      { status: 302, message: 'HTTP 302 redirects to /login, which is not followed (1 try)' },
    ],
  ])('%s is a refusal', async (_, answer, refusal) => {
    expect(await patch(answer)).toEqual({ accepted: false, refusal });
  });

  it.each<[string, Answer]>([
    ['a reset', 'reset'],
    ['a 502', { status: 502, text: '<html>' }],
    ['a 429', { status: 429, json: { code: 429, message: 'per-second' } }],
  ])('after %s it is sent again as it was', async (_, trouble) => {
    await withZoom({ api: (_, count) => (count === 1 ? trouble : { status: 204 }) }, async (zoom) => {
      expect(await openWriter(connectionTo(zoom)).patchDocument(GROUP, SETTINGS, BODY, { secrets: [] })).toEqual({
        accepted: true,
      });
      expect(zoom.seen.map(({ body }) => body)).toEqual([JSON.stringify(BODY), JSON.stringify(BODY)]);
    });
  });

  it('no connection at all: Zoom cannot have taken it', async () => {
    const gone = await withZoom({}, async (zoom) => connectionTo(zoom, { credentials: { kind: 'token', token: 't' } }));
    const outcome = await openWriter(gone).patchDocument(GROUP, SETTINGS, BODY, { secrets: [] });
    expect(outcome).toEqual({
      accepted: false,
      refusal: { message: expect.stringMatching(/^no answer after 5 tries: connect ECONNREFUSED [\d.:]+$/) },
    });
  });

  it('an answer that never comes is a refusal', async () => {
    await withZoom({ api: () => () => {} }, async (zoom) => {
      const writer = openWriter(connectionTo(zoom, { timeouts: { connect: 40, response: 40 } }));
      expect(await writer.patchDocument(GROUP, SETTINGS, BODY, { secrets: [] })).toEqual({
        accepted: false,
        refusal: {
          message: expect.stringMatching(/^no answer after 5 tries: Timeout .*; Zoom may have applied it$/),
          mayBeTaken: true,
        },
      });
    });
  });

  it('refused credentials are thrown', async () => {
    const oauth = (): Answer => ({
      status: 400,
      json: { reason: 'Invalid client_id or client_secret', error: 'invalid_client' },
    });
    await withZoom({ oauth }, async (zoom) => {
      const error = await rejection(
        openWriter(connectionTo(zoom)).patchDocument(GROUP, SETTINGS, BODY, { secrets: [] }),
      );
      expect(error).toMatchObject({ exitCode: 5 });
    });
  });
});
