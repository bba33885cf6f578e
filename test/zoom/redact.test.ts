import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createRedact } from '../../src/zoom/redact.ts';
import { openWriter } from '../../src/zoom/zoom.ts';
import {
  ACCOUNT,
  type Answer,
  connectionTo,
  GROUP,
  SECRET,
  SETTINGS,
  type Seen,
  tokenReply,
  withZoom,
} from './fixture.ts';

const BASIC = Buffer.from(`client:${SECRET}`).toString('base64');

/** A server that repeats all that it was sent, in message and body. */
const parrot =
  (status: number) =>
  ({ headers, body }: Seen): Answer => ({
    status,
    json: {
      code: 300,
      message: `${headers.authorization} ${SECRET} ${body}`,
      reason: headers.authorization,
      error: SECRET,
    },
    headers: { location: `https://${headers.authorization?.split(' ')[1]}.example/` },
  });

/** All ways to fail that go through other code. */
const FAILURES: readonly (readonly [
  string,
  { api?: (seen: Seen) => Answer; oauth?: (count: number, seen: Seen) => Answer },
])[] = [
  ...[200, 302, 400, 401, 403, 404, 429, 500, 502].flatMap((status) => [
    [`a parrot with HTTP ${status}`, { api: parrot(status) }] as const,
    [`a parrot with HTTP ${status} for the token`, { oauth: (_: number, seen: Seen) => parrot(status)(seen) }] as const,
  ]),
  ['a page that repeats', { api: ({ headers }) => ({ status: 502, text: `<html>${headers.authorization}` }) }],
  ['half a page that repeats', { api: ({ headers }) => ({ text: `<html>${headers.authorization}` }) }],
  ['resets', { api: () => 'reset' }],
  ['resets for the token', { oauth: () => 'reset' }],
  ['silence', { api: () => () => {} }],
  ['an expired token', { api: () => ({ status: 401, json: { code: 124, message: 'expired' } }) }],
  ['an evil token', { oauth: (count) => tokenReply(count, { access_token: 'canary-token-\u0000' }) }],
];

it.each(FAILURES)('no secret in anything that comes of %s', async (_, behaviour) => {
  await withZoom(behaviour, async (zoom) => {
    const told: object[] = [];
    const events = { onRequest: (event: object) => told.push(event), onWait: (event: object) => told.push(event) };
    const writer = openWriter(connectionTo(zoom, { timeouts: { connect: 30, response: 30 } }), events);
    const outcomes = await Promise.allSettled([
      writer.readDocument(ACCOUNT, SETTINGS),
      writer.listGroups(),
      writer.patchDocument(GROUP, SETTINGS, { a: 1 }, { secrets: [] }),
    ]);
    writer.close();
    const everything = inspect([outcomes, told, writer], { depth: null, showHidden: true });
    for (const secret of [SECRET, BASIC, 'canary-token']) expect(everything).not.toContain(secret);
  });
});

describe('createRedact', () => {
  const MARK = '<p@ss/"w\\rd"> 50%41 & é\n';
  const json = (text: string) => JSON.stringify(text).slice(1, -1);
  const ascii = (text: string) =>
    json(text).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const php = (text: string) => ascii(text).replaceAll('/', '\\/');
  const go = (text: string) =>
    ascii(text).replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const html = (text: string) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  const numbered = (text: string) => text.replace(/[^\w ]/gu, (c) => `&#${c.codePointAt(0)};`);
  const hexadecimal = (text: string) => text.replace(/[^\w ]/gu, (c) => `&#X${c.codePointAt(0)?.toString(16)};`);

  it('cuts every one out, and leaves the rest to be read', () => {
    expect(createRedact(['canary', 'b', ''])('a canary b canary c')).toBe('a [hidden] b [hidden] c');
    expect(createRedact([MARK])(`{"message":"no ${json(MARK)}!"}`)).toBe('{"message":"no [hidden]!"}');
    expect(createRedact(['a.c', '$&$&'])('a.c abc $& [hidden]')).toBe('a.c abc $& [hidden]');
  });

  it.each<[string, (text: string) => string]>([
    ['JSON of ASCII', ascii],
    ["PHP's JSON", php],
    ["Go's JSON", go],
    ['JSON in JSON', (text) => json(json(text))],
    ['PHP in JSON in JSON', (text) => json(json(php(text)))],
    ['a URL', encodeURIComponent],
    ['a URL in small letters', (text) => encodeURIComponent(text).replace(/%../g, (byte) => byte.toLowerCase())],
    ['a URL in a URL', (text) => encodeURIComponent(encodeURIComponent(text))],
    ['a page', html],
    ['a page by numbers', numbered],
    ['a page by hexadecimal numbers', hexadecimal],
    ['JSON in a page', (text) => html(json(text))],
    ['JSON in a page by numbers', (text) => numbered(php(text))],
    ['a URL in a page in JSON', (text) => json(html(encodeURI(text)))],
  ])('withholds all that holds one as %s writes it', (_, written) => {
    for (const text of [MARK, 'simple & short', 'a\\b\\"c"']) {
      expect(createRedact(['another secret', text])(`before ${written(text)} after`)).not.toContain(
        written(text).slice(1, -1),
      );
    }
  });

  it('leaves a text alone that only looks escaped', () => {
    for (const text of ['50%', 'AT&T &unknown; &#9999999; &#xffffff;', 'C:\\new\\u00', '%zz%', '100%C3', '\\']) {
      expect(createRedact([MARK, '\\\\\\\\\\', '&&&&&', '%%%%'])(text)).toBe(text);
    }
  });
});
