import { inspect } from 'node:util';
import { expect, it } from 'vitest';
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
      writer.patchDocument(GROUP, SETTINGS, { a: 1 }),
    ]);
    writer.close();
    const everything = inspect([outcomes, told, writer], { depth: null, showHidden: true });
    for (const secret of [SECRET, BASIC, 'canary-token']) expect(everything).not.toContain(secret);
  });
});
