import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { LockstepError } from '../../src/errors.ts';
import { openReader, openWriter } from '../../src/zoom/zoom.ts';
import { type Answer, connectionTo, GROUP, hastyClock, rejection, SETTINGS, withZoom } from './fixture.ts';

const HTML = { 'content-type': 'text/html' };
const DAILY = 'You have reached the maximum daily rate limit for this API. Refer to the response header for details.';
const PER_SECOND = 'You have reached the maximum per-second rate limit for this API. Try again later.';
const limited = (message: string, headers: Record<string, string> = {}): Answer => ({
  status: 429,
  json: { code: 429, message },
  headers,
});

/** Answers the first `times` requests with trouble, then with a document. */
const firstly =
  (trouble: Answer, times = 1) =>
  (_: unknown, count: number) =>
    count <= times ? trouble : { json: { fine: true } };

const truncated: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"a":');
  setImmediate(() => response.socket?.resetAndDestroy());
};
const cutOff: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"a":', () => response.socket?.end());
};
/** Node closes the connection without a word, and got knows nothing of it. */
const otherProtocol: Answer = (response) => {
  response.socket?.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n');
};
const corrupt: Answer = { text: 'no gzip', headers: { 'content-encoding': 'gzip' } };
const deep = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;

/** Trouble that may pass: what it is, and what is said of it when it does not. */
const PASSING: readonly [string, Answer, RegExp][] = [
  ['HTTP 500', { status: 500, json: { code: 500, message: 'oops' } }, /: HTTP 500, Zoom code 500: oops \(5 tries\)$/],
  [
    'an HTML 502',
    { status: 502, text: '<html>', headers: HTML },
    /: HTTP 502: text\/html that is not valid JSON \(6 characters\) \(5 tries\)$/,
  ],
  ['HTTP 503', { status: 503 }, /: HTTP 503: an empty body \(no content type\) \(5 tries\)$/],
  [
    'HTTP 504',
    { status: 504, text: 'x' },
    /: HTTP 504: no content type that is not valid JSON \(1 character\) \(5 tries\)$/,
  ],
  ['a reset', 'reset', /^no answer from 127\.0\.0\.1:\d+: .*\(5 tries\)$/],
  ['a reset in mid-answer', truncated, /^no answer from .*\(5 tries\)$/],
  ['a cut-off answer', cutOff, /^no answer from .*\(5 tries\)$/],
  [
    'a change of protocols',
    otherProtocol,
    /^no answer from .*: the connection was closed without an answer \(5 tries\)$/,
  ],
  ['corrupt compression', corrupt, /^no answer from .*\(5 tries\)$/],
  [
    'HTML with HTTP 200',
    { text: '<html>\u0007', headers: HTML },
    /HTTP 200 with text\/html that is not valid JSON \(7 characters\) \(/,
  ],
  [
    'XML with HTTP 200',
    { text: '<?xml?>', headers: { 'content-type': 'text/xml' } },
    /HTTP 200 with text\/xml that is not valid JSON/,
  ],
  ['an empty HTTP 200', {}, /HTTP 200 with an empty body \(no content type\)/],
  ['HTTP 204', { status: 204 }, /HTTP 204 with an empty body/],
  [
    'half a document',
    { text: '{"a":' },
    /HTTP 200 with no content type that is not valid JSON \(5 characters, cut off at the end\)/,
  ],
  ['an array', { json: [1] }, /HTTP 200 with JSON that is not an object/],
  ['null', { text: 'null' }, /HTTP 200 with JSON that is not an object/],
  ['101 levels', { text: deep(101) }, /HTTP 200 with JSON of more than 100 levels/],
  ['100,000 levels', { text: deep(1e5) }, /HTTP 200 with JSON of more than 100 levels/],
];

describe('trouble that may pass', () => {
  it.each(PASSING)('%s is tried again', async (_, trouble) => {
    await withZoom({ api: firstly(trouble, 4) }, async (zoom) => {
      const reader = openReader(connectionTo(zoom));
      expect(await reader.readDocument(GROUP, SETTINGS)).toEqual({ state: 'read', body: { fine: true } });
      expect(reader.counts().medium).toBe(5);
    });
  });

  it.each(PASSING)('%s is told when it stays', async (_, trouble, message) => {
    await withZoom({ api: () => trouble }, async (zoom) => {
      const reading = openReader(connectionTo(zoom)).readDocument(GROUP, SETTINGS);
      // An answer, however bad, is this document's own trouble; no answer at all is everybody's.
      if (message.source.startsWith('^no answer')) {
        const error = await rejection(reading);
        expect(error).toBeInstanceOf(LockstepError);
        expect(error).toMatchObject({ exitCode: 1, message: expect.stringMatching(message), cause: undefined });
      } else {
        const outcome = await reading;
        expect(outcome).toMatchObject({ state: 'unreadable' });
        expect(`: ${outcome.state === 'unreadable' ? outcome.reason : ''}`).toMatch(message);
      }
      expect(zoom.seen).toHaveLength(5);
    });
  });

  it('that stays in a listing ends the run', async () => {
    await withZoom({ api: () => ({ status: 503 }) }, async (zoom) => {
      const error = await rejection(openReader(connectionTo(zoom)).listGroups());
      expect(error).toMatchObject({ exitCode: 1, message: expect.stringMatching(/^GET \/groups.*: HTTP 503/) });
    });
  });

  it('is waited for ever longer, and told', async () => {
    await withZoom({ api: () => ({ status: 503 }) }, async (zoom) => {
      const clock = hastyClock(0.999);
      const waits: object[] = [];
      const reader = openReader(connectionTo(zoom, { clock }), { onWait: (wait) => waits.push(wait) });
      expect(await reader.readDocument(GROUP, SETTINGS)).toMatchObject({ state: 'unreadable' });
      expect(clock.slept.map(Math.round)).toEqual([500, 999, 1998, 3996]);
      const why = 'HTTP 503: an empty body (no content type)';
      expect(waits).toEqual([
        { milliseconds: 1998, why: `${why} (3 tries so far)` },
        { milliseconds: 3996, why: `${why} (4 tries so far)` },
      ]);
    });
  });

  it('is a deadline passed', async () => {
    const silent: Answer = () => {};
    await withZoom({ api: firstly(silent) }, async (zoom) => {
      const reader = openReader(connectionTo(zoom, { timeouts: { connect: 50, response: 50 } }));
      expect(await reader.readDocument(GROUP, SETTINGS)).toMatchObject({ state: 'read' });
      expect(reader.counts().medium).toBe(2);
    });
  });

  it('100 levels are none', async () => {
    await withZoom({ api: () => ({ text: deep(100) }) }, async (zoom) => {
      expect(await openReader(connectionTo(zoom)).readDocument(GROUP, SETTINGS)).toMatchObject({ state: 'read' });
    });
  });
});

describe('trouble that will not pass', () => {
  it('a redirect is not followed, and gets no token', async () => {
    await withZoom({}, async (elsewhere) => {
      const api = (): Answer => ({ status: 302, headers: { location: `${elsewhere.origin}/v2/x` } });
      await withZoom({ api }, async (zoom) => {
        const error = await rejection(openReader(connectionTo(zoom)).readDocument(GROUP, SETTINGS));
        const host = new URL(elsewhere.origin).host;
        expect(error).toMatchObject({
          message: `GET /groups/g1/settings: HTTP 302 redirects to ${host}, which is not followed (1 try)`,
          exitCode: 1,
        });
        expect(zoom.seen).toHaveLength(1);
        expect(elsewhere.seen).toHaveLength(0);
      });
    });
  });

  it.each([
    ['plain', (text: string): Answer => ({ text })],
    [
      'packed small',
      (text: string): Answer =>
        (response) => {
          const packed = gzipSync(text);
          response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length });
          response.end(packed);
        },
    ],
  ])('a reply over 20 MB, %s', async (_, answer) => {
    await withZoom({ api: () => answer(`{"a":"${'x'.repeat(21 * 1024 * 1024)}"}`) }, async (zoom) => {
      const error = await rejection(openReader(connectionTo(zoom)).readDocument(GROUP, SETTINGS));
      expect(error).toMatchObject({ message: expect.stringMatching(/the reply is larger than 20 MB \(1 try\)$/) });
    });
  });

  it('a broken handshake', async () => {
    await withZoom({}, async (zoom) => {
      const apiUrl = new URL(zoom.origin.replace('http:', 'https:'));
      const reader = openReader(connectionTo(zoom, { apiUrl }));
      const error = await rejection(reader.readDocument(GROUP, SETTINGS));
      expect(error).toMatchObject({
        message: expect.stringMatching(/^no answer from 127\.0\.0\.1:\d+: .*\(1 try\)$/),
        hint: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
      });
    });
  });
});

describe('no connection', () => {
  it('names host and cause after the tries', async () => {
    const connection = await withZoom({}, async (zoom) =>
      connectionTo(zoom, { credentials: { kind: 'token', token: 't' } }),
    );
    const error = await rejection(openReader(connection).readDocument(GROUP, SETTINGS));
    expect(error).toMatchObject({
      exitCode: 1,
      message: expect.stringMatching(/^no answer from (127\.0\.0\.1:\d+): connect ECONNREFUSED \1 \(5 tries\)$/),
    });
  });

  it('names a host that does not exist', async () => {
    const apiUrl = new URL('https://zoom.invalid/v2');
    const connection = {
      ...connectionTo({ origin: 'http://localhost' }),
      apiUrl,
      credentials: { kind: 'token', token: 't' },
    } as const;
    const error = await rejection(openReader(connection).readDocument(GROUP, SETTINGS));
    expect(error).toMatchObject({
      message: expect.stringMatching(/^no answer from zoom\.invalid: .*zoom\.invalid \(5 tries\)$/),
    });
  });

  it('goes through the proxy, and names it when it refuses', async () => {
    const asked: string[] = [];
    const proxy = createServer().on('connect', (request, socket) => {
      asked.push(`${request.url} ${request.headers['proxy-authorization']}`);
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo;
    try {
      const connection = {
        ...connectionTo({ origin: 'http://localhost' }),
        apiUrl: new URL('https://zoom.invalid/v2'),
        credentials: { kind: 'token', token: 't' },
        proxy: { api: new URL(`http://user:canary-password@127.0.0.1:${port}`) },
      } as const;
      const error = await rejection(openReader(connection).readDocument(GROUP, SETTINGS));
      expect(error).toMatchObject({
        message: `no answer from zoom.invalid: Bad response: 407 (through the proxy 127.0.0.1:${port}) (5 tries)`,
      });
      expect(asked[0]).toBe(`zoom.invalid:443 Basic ${Buffer.from('user:canary-password').toString('base64')}`);
    } finally {
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    }
  });
});

describe('429', () => {
  const inFour = () => new Date(Date.now() + 4000);
  it.each([
    ['seconds', () => '4', 4000, 4000],
    ['an HTTP date', () => inFour().toUTCString(), 2000, 5000],
    ['an ISO time', () => inFour().toISOString(), 2000, 5000],
    ['nothing', () => undefined, 1000, 1000],
    ['nonsense', () => 'a while', 1000, 1000],
  ])('waits as Retry-After says with %s', async (_, header, least, most) => {
    const asked = header();
    const api = firstly(limited(PER_SECOND, asked === undefined ? {} : { 'retry-after': asked }));
    await withZoom({ api }, async (zoom) => {
      const clock = hastyClock();
      const outcome = await openReader(connectionTo(zoom, { clock })).readDocument(GROUP, SETTINGS);
      expect(outcome).toMatchObject({ state: 'read' });
      expect(clock.slept).toHaveLength(1);
      expect(clock.slept[0]).toBeGreaterThanOrEqual(least);
      expect(clock.slept[0]).toBeLessThanOrEqual(most);
    });
  });

  it.each([
    ['per second', limited(PER_SECOND)],
    [
      'of one resource',
      limited('Too many concurrent requests. A request to disassociate this user has already been made.'),
    ],
    ['without words', { status: 429 } as Answer],
  ])('%s is tried eight times', async (_, answer) => {
    await withZoom({ api: firstly(answer, 7) }, async (zoom) => {
      expect(await openReader(connectionTo(zoom)).readDocument(GROUP, SETTINGS)).toMatchObject({ state: 'read' });
    });
    await withZoom({ api: () => answer }, async (zoom) => {
      const told = await openReader(connectionTo(zoom))
        .readDocument(GROUP, SETTINGS)
        .then(
          (outcome) => (outcome.state === 'unreadable' ? outcome.reason : ''),
          (error: Error) => error.message,
        );
      expect(told).toMatch(/HTTP 429.*\(8 tries\)$/);
    });
  });

  it.each([
    ['its words', limited(DAILY), /MEDIUM is reached, resets at 00:00 GMT unless Zoom says otherwise \(HTTP 429/],
    ['its type', limited('no', { 'x-ratelimit-type': 'Daily-limit' }), /resets at 00:00 GMT/],
    ['a far Retry-After', limited(PER_SECOND, { 'retry-after': '301' }), /resets at \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/],
    ['a Retry-After beyond all dates', limited(PER_SECOND, { 'retry-after': '9'.repeat(400) }), /resets at \d{4}-/],
    [
      'a far ISO time',
      limited(DAILY, { 'retry-after': '2096-05-31T00:00:00Z', date: 'Thu, 31 May 2096 00:00:00 GMT' }),
      /resets at \d{4}-/,
    ],
  ])('a daily limit, known by %s, is not waited out', async (_, answer, message) => {
    await withZoom({ api: () => answer }, async (zoom) => {
      const clock = hastyClock();
      const writer = openWriter(connectionTo(zoom, { clock, concurrency: 1 }));
      const errors = await Promise.all([
        rejection(writer.readDocument(GROUP, SETTINGS)),
        rejection(writer.readDocument(GROUP, SETTINGS)),
        rejection(writer.patchDocument(GROUP, SETTINGS, {}, { secrets: [] })),
      ]);
      for (const error of errors) expect(error).toMatchObject({ exitCode: 1, message: expect.stringMatching(message) });
      expect(clock.slept).toEqual([]);
      // The first refusal ends the run: nothing that waited was sent.
      expect(zoom.seen).toHaveLength(1);
    });
  });

  it('holds the other requests of the class off', async () => {
    await withZoom({ api: firstly(limited(PER_SECOND, { 'retry-after': '30' })) }, async (zoom) => {
      const clock = hastyClock();
      const reader = openReader(connectionTo(zoom, { clock, ratePlan: 'business', concurrency: 1 }));
      const start = clock.now();
      await Promise.all([reader.readDocument(GROUP, SETTINGS), reader.readDocument(GROUP, SETTINGS)]);
      expect(clock.now() - start).toBeGreaterThanOrEqual(30_000);
    });
  });
});

describe('what Zoom says of its limits', () => {
  const COUNT = 120;
  /** How long many reads take, on the client's clock, with the `at`th answered by `answer`. */
  const elapsed = async (at: number, answer: Answer) => {
    const api = (_: unknown, count: number): Answer => (count === at ? answer : { json: { fine: true } });
    return withZoom({ api }, async (zoom) => {
      const clock = hastyClock();
      const reader = openReader(connectionTo(zoom, { clock, ratePlan: 'business', concurrency: 1 }));
      const start = clock.now();
      for (let index = 0; index < COUNT; index += 1) await reader.readDocument({ ...GROUP, id: `g${index}` }, SETTINGS);
      return clock.now() - start;
    });
  };
  const told = (type: string | undefined, limit: string, remaining: string): Answer => ({
    json: { fine: true },
    headers: {
      ...(type === undefined ? {} : { 'x-ratelimit-type': type }),
      'x-ratelimit-limit': limit,
      'x-ratelimit-remaining': remaining,
    },
  });
  const even = (COUNT * 1000) / 57.6;

  it.each([
    ['requests left change nothing', told('QPS', '60', '1'), 0, 600],
    ['a limit that is not lower changes nothing', told('QPS', '600', '9'), 0, 600],
    ['none left holds the class off for a second', told('QPS', '60', '0'), 900, 1600],
    ['none left of an unknown limit does as well', told(undefined, '100', '0'), 900, 1600],
    ['a lower limit is kept', told('QPS', '30', '20'), 0.8 * even, 1.4 * even],
    ['a refusal without warning slows the class down for seconds', limited(PER_SECOND), 1250, 2200],
  ])('%s', async (_, answer, least, most) => {
    const more = (await elapsed(2, answer)) - even;
    expect(more).toBeGreaterThanOrEqual(least - 100);
    expect(more).toBeLessThanOrEqual(most);
  });

  it('a day that is used up ends the run before Zoom has to refuse', async () => {
    const api = (_: unknown, count: number) => told('Daily-limit', '2000', count < 2 ? '3' : '2');
    await withZoom({ api }, async (zoom) => {
      const reader = openReader(connectionTo(zoom, { ratePlan: 'pro', concurrency: 1 }));
      expect(reader.leftToday('medium')).toBeUndefined();
      const read = (id: string) => reader.readDocument({ ...GROUP, id }, SETTINGS);
      await read('1');
      expect(reader.leftToday('medium')).toBe(3);
      await read('2');
      expect(reader.leftToday('medium')).toBe(2);
    });
    await withZoom({ api: () => told('Daily-limit', '2000', '0') }, async (zoom) => {
      const reader = openReader(connectionTo(zoom, { ratePlan: 'pro', concurrency: 1 }));
      await reader.readDocument(GROUP, SETTINGS);
      expect(await rejection(reader.readDocument({ ...GROUP, id: 'g2' }, SETTINGS))).toMatchObject({
        exitCode: 1,
        message: expect.stringMatching(/^the daily limit of Zoom's rate class MEDIUM is reached, resets at 00:00 GMT/),
      });
      expect(zoom.seen).toHaveLength(1);
    });
  });
});

describe('the fewest requests', () => {
  it('are those that were sent when all went well, and a document that was written is read again', async () => {
    await withZoom({ api: (seen) => (seen.method === 'PATCH' ? { status: 204 } : { json: {} }) }, async (zoom) => {
      const writer = openWriter(connectionTo(zoom));
      await writer.readDocument(GROUP, SETTINGS);
      await writer.patchDocument(GROUP, SETTINGS, { a: 1 }, { secrets: [] });
      await writer.readDocument(GROUP, SETTINGS);
      expect([writer.counts().medium, writer.minimum()]).toEqual([3, 3]);
      await writer.readDocument(GROUP, SETTINGS);
      expect([writer.counts().medium, writer.minimum()]).toEqual([4, 3]);
    });
  });

  it('count what was read before a lock was changed, which decides about what others read', async () => {
    await withZoom({ api: (seen) => (seen.method === 'PATCH' ? { status: 204 } : { json: {} }) }, async (zoom) => {
      const writer = openWriter(connectionTo(zoom));
      await writer.readDocument(GROUP, SETTINGS);
      await writer.patchDocument(
        { scope: 'account', id: 'me' },
        { endpoint: 'lock_settings', query: {} },
        {},
        { secrets: [] },
      );
      await writer.readDocument(GROUP, SETTINGS);
      expect([writer.counts().medium, writer.minimum()]).toEqual([3, 3]);
    });
  });

  it('leave out what was tried again', async () => {
    await withZoom({ api: firstly({ status: 503 }, 2) }, async (zoom) => {
      const reader = openReader(connectionTo(zoom));
      await reader.readDocument(GROUP, SETTINGS);
      expect([reader.counts().medium, reader.minimum()]).toEqual([3, 1]);
    });
  });
});
