/** Replies: any JSON, any bytes, wrong shapes, floods, bombs, drips, endless lists, redirects, over a real HTTP connection. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { startSandbox } from '../src/sandbox/index.ts';
import { lockstep } from '../test/helpers/host.ts';
import { hurry } from '../test/helpers/quick.ts';
import { type Content, rawBytes, textContent } from './content.ts';
import { jsonEdit, textEdit } from './edits.ts';
import { type Answer, type Asked, ELSEWHERE, prepare, startHostileServer } from './hostile-server.ts';
import { exitOf, type Fuzzer, faultsOf, inTime, snapshot, writtenSince } from './verdict.ts';
import { anyJson, HOSTILE, hostileText } from './words.ts';

/** What is asked for, as far as an answer to it can go wrong in its own way. */
const KINDS = ['token', 'account', 'groups', 'users', 'user', 'document', 'locks', 'patch'] as const;
type Kind = (typeof KINDS)[number];

export interface ReplyCase {
  readonly argv: readonly string[];
  /** The answers to each kind of request, in turn; the last one stays. Without any, the sandbox answers. */
  readonly answers: Readonly<Partial<Record<Kind, readonly Answer[]>>>;
}

const POLICY = `version: 1
account:
  settings:
    in_meeting: { file_transfer: !locked false, private_chat: true, webinar_chat: !locked { enable: true } }
    meeting_security: { waiting_room: true }
    meeting_authentication:
      authentication_options: [{ name: Staff, type: enforce_login_with_domains, domains: example.edu }]
groups:
  "Staff *": { settings: { in_meeting: { annotation: !locked false } } }
  Students: { settings: { in_meeting: { who_can_share_screen: host } } }
users:
  dean@example.edu: { settings: { schedule_meeting: { host_video: true } } }
`;

const status = fc.oneof(
  { weight: 4, arbitrary: fc.constant(200) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      201,
      202,
      204,
      205,
      206,
      304,
      400,
      401,
      403,
      404,
      409,
      410,
      429,
      451,
      500,
      501,
      502,
      503,
      504,
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom(100, 101, 102, 103, 199, 226, 300, 305, 306, 399, 499, 599, 600, 799, 999) },
);

const HEADERS: readonly (readonly [string, string])[] = [
  ...[
    '0',
    '-1',
    '5',
    '1e9',
    '99999999999999999999',
    'NaN',
    'soon',
    'Wed, 21 Oct 2099 07:28:00 GMT',
    '2026-11-21T00:00:00Z',
    '\u0001',
  ].map((value) => ['retry-after', value] as const),
  ...['Wed, 21 Oct 1815 07:28:00 GMT', 'never', ''].map((value) => ['date', value] as const),
  ...['gzip', 'br', 'deflate', 'zstd', 'identity', 'gzip, gzip, gzip', 'nonsense'].map(
    (value) => ['content-encoding', value] as const,
  ),
  ...['text/html', 'application/xml', 'application/json; charset=utf-16', '\u001b[31m', ''].map(
    (value) => ['content-type', value] as const,
  ),
  ['x-ratelimit-type', 'Daily-limit'],
  ['x-ratelimit-remaining', '-5'],
  ['x-ratelimit-limit', 'many'],
  ['set-cookie', 'a=b; Domain=evil.example'],
  ['transfer-encoding', 'chunked'],
  ['content-length', '5'],
  ['location', 'https://evil.example/'],
  ['link', '<https://evil.example>; rel=preload'],
  ['upgrade', 'websocket'],
  ['connection', 'upgrade'],
  ['x-big', 'x'.repeat(20_000)],
  ['www-authenticate', 'Basic realm="\u001b[31m"'],
  ['strict-transport-security', 'max-age=1'],
];
const headers = fc.array(fc.constantFrom(...HEADERS), { maxLength: 3 });

/** Shapes that are nearly right. */
const zoomlike = fc.oneof(
  anyJson,
  fc.record({
    code: fc.oneof(fc.constantFrom(124, 200, 300, 4711, 1001, 4130, 429), anyJson),
    message: fc.oneof(hostileText, anyJson),
    errors: anyJson,
  }),
  fc.record({
    groups: fc.oneof(
      anyJson,
      fc.array(
        fc.record({
          id: fc.oneof(hostileText, anyJson),
          name: fc.oneof(hostileText, fc.constantFrom('Students', 'Staff x')),
        }),
      ),
    ),
    next_page_token: fc.oneof(fc.constant(''), anyJson),
  }),
  fc.record({
    access_token: fc.oneof(hostileText, fc.constant('t0ken')),
    expires_in: fc.oneof(fc.constantFrom(1e-9, 0.001, 3599, 1e300), anyJson),
    scope: anyJson,
  }),
  fc.record({ in_meeting: anyJson, meeting_security: anyJson, authentication_options: anyJson, group_ids: anyJson }),
);

const STARTS = [
  'HTTP/1.1 200 OK\r\n',
  'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
  'HTTP/1.1 100 Continue\r\n\r\n',
  'HTTP/1.0 200\r\n\r\n',
  'HTTP/2.0 200 OK\r\n\r\n',
  'SSH-2.0-x\r\n',
  '\u0016\u0003\u0001',
  '',
];
const PARTS = [
  ...STARTS,
  '\r\n',
  '\r\n\r\n',
  'content-length: 10\r\n',
  'content-length: -1\r\n',
  'transfer-encoding: chunked\r\n\r\n',
  'ffffffffffffffff\r\n',
  '0\r\n\r\n',
  '5\r\n{"a":',
  '{',
  '}',
  ' folded\r\n',
  'a: b\r\n',
  'HTTP/1.1 103 Early Hints\r\nlink: <x>\r\n\r\n',
];
const raw: fc.Arbitrary<Content> = fc.oneof(
  rawBytes,
  fc
    .tuple(
      fc.constantFrom(...STARTS),
      fc.array(fc.tuple(fc.constantFrom(...PARTS), fc.oneof(fc.constant(1), fc.constant(1), fc.nat(30_000))), {
        maxLength: 6,
      }),
    )
    .map(([start, parts]): Content => ({ parts: [[start, 1], ...parts] })),
);

const LURES = [
  `${ELSEWHERE}/v2/users`,
  '//evil.invalid/',
  'https://evil.invalid/',
  '/v2/elsewhere',
  '',
  '\u001b[31m',
  'javascript:alert(1)',
  'file:///etc/passwd',
  `${ELSEWHERE}/${'x'.repeat(9000)}`,
];

const cheap: fc.Arbitrary<Answer> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('real'),
      edits: fc.array(jsonEdit, { minLength: 1, maxLength: 4 }),
      text: fc.constant([]),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('real'),
      edits: fc.constant([]),
      text: fc.array(textEdit(['{', '"', '\\u0000', '[', ',']), { maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'real', edits: [], text: [] }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('json'), status, headers, value: zoomlike }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('bytes'),
      status,
      headers,
      body: fc.oneof(rawBytes, hostileText.map(textContent), fc.constant<Content>({ parts: [['{"a":[', 30_000]] })),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('raw'), body: raw, ending: fc.constantFrom('close', 'reset') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('redirect'),
      status: fc.constantFrom(300, 301, 302, 303, 304, 307, 308),
      to: fc.constantFrom(...LURES),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'reset' }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('pages'),
      rows: fc.nat(3),
      name: fc.constantFrom('Staff', 'x'),
      token: fc.constantFrom('same', 'in turns'),
    }),
  },
) as fc.Arbitrary<Answer>;

/** These take time or memory of ours, too. */
const dear: fc.Arbitrary<Answer> = fc.oneof(
  fc.record({ do: fc.constant('raw'), body: raw, ending: fc.constant('silence') }),
  fc.record({
    do: fc.constant('huge'),
    megabytes: fc.constantFrom(19, 21, 100),
    unit: fc.constantFrom(' ', '{"a":', '[', 'x', '"\\u0000",'),
    framing: fc.constantFrom('chunked', 'length', 'close'),
  }),
  fc.record({
    do: fc.constant('bomb'),
    megabytes: fc.constantFrom(21, 400),
    encoding: fc.constantFrom('gzip', 'deflate', 'br', 'gzip, gzip', 'gzip, br'),
  }),
  fc.record({
    do: fc.constant('drip'),
    everyMs: fc.constantFrom(1, 20),
    text: fc.constantFrom(' ', '{"a":1}', '['),
    header: fc.boolean(),
  }),
  fc.constant({ do: 'silence' }),
  fc.record({
    do: fc.constant('pages'),
    rows: fc.constantFrom(0, 1, 300),
    name: fc.constantFrom('x', 'Staff'),
    token: fc.constantFrom('fresh', 'huge'),
  }),
) as fc.Arbitrary<Answer>;

const answer = fc.oneof({ weight: 24, arbitrary: cheap }, { weight: 1, arbitrary: dear });

const FORMATS = ['text', 'json', 'markdown', 'html', 'sarif', 'junit'];
const COMMANDS = [
  ['plan', 'policy.yaml'],
  ['drift', 'policy.yaml'],
  ['check', 'policy.yaml'],
  ['apply', 'policy.yaml', '-y', '--allow-blocked', '--allow-lossy', '--settle', '0'],
  ['apply', 'policy.yaml', '-y', '--allow-blocked', '--allow-lossy', '--settle', '0'],
];

const argv = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(fc.constantFrom(...COMMANDS), fc.constantFrom(...FORMATS), fc.constantFrom([], [], ['--verbose']))
      .map(([words, format, more]) => [...words, '--format', format, ...more]),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ['export', '-t', 'account', '-t', 'group:*', '-t', 'user:*'],
      ['export', '-t', 'user:dean@example.edu'],
    ),
  },
);

/** The client's limit, and what the connection holds on its way. */
const MOST_TAKEN_MB = 40;

const CODES = {
  // 2: a group or a user that an answer says does not exist. 3: an answer that names another account.
  plan: [0, 1, 2, 3, 5],
  drift: [0, 1, 2, 3, 5],
  check: [0, 1, 2, 3, 5],
  export: [0, 1, 2, 3, 5],
  apply: [0, 1, 2, 3, 4, 5],
} as const;

export async function openReplies(): Promise<Fuzzer<ReplyCase>> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'lockstep-fuzz-')));
  const cwd = join(root, 'work');
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'policy.yaml'), POLICY);
  const sandbox = await startSandbox();
  const server = await startHostileServer();
  const slowly = hurry();
  const wrong = fc.tuple(fc.constantFrom(...KINDS), fc.array(answer, { minLength: 1, maxLength: 3 }));
  return {
    arbitrary: fc.record({
      argv,
      answers: fc.array(wrong, { minLength: 1, maxLength: 3 }).map((all) => Object.fromEntries(all)),
    }),
    async play({ argv: words, answers }) {
      sandbox.reset();
      rmSync(join(cwd, '.lockstep'), { recursive: true, force: true });
      const command = words[0] as keyof typeof CODES;
      // A flood must meet the limit that is for it, not one of time.
      slowly.times = Object.values(answers).flat().some(isFlood) ? 10 : 100;
      await prepare(Object.values(answers).flat());
      // Who reads keeps no journal either.
      const own = command === 'apply' ? ['work/.lockstep'] : [];
      const before = snapshot(root, own);
      server.serve((asked, count) => {
        const own = answers[kindOf(asked)] ?? [];
        return own[Math.min(count, own.length - 1)] ?? { do: 'real', edits: [], text: [] };
      }, sandbox.url);
      const origin = server.origin();
      const env = { ...sandbox.env, ZOOM_API_URL: `${origin}/v2`, ZOOM_OAUTH_URL: `${origin}/oauth/token` };
      const ended = await inTime(() => lockstep([...words, '--rate-plan', 'none'], { cwd, env }));
      const problems = [
        ...faultsOf(words, ended, CODES[command]),
        ...server.asked.flatMap((asked) => strayRequest(asked, command !== 'apply')),
        ...(server.taken() > MOST_TAKEN_MB ? [`took ${server.taken()} MB of one reply`] : []),
        ...server.lured.map(({ method, url }) => `was lured to another host: ${method} ${url}`),
        ...[...tokensIn(server.asked), env.ZOOM_CLIENT_SECRET]
          .filter((secret) => ended.ran !== undefined && (ended.ran.stdout + ended.ran.stderr).includes(secret))
          .map(() => 'shows a secret'),
        ...writtenSince(before, snapshot(root, own)),
      ];
      return { problems, seen: [`${command}, ${exitOf(ended)}`, ...server.given] };
    },
    async close() {
      slowly();
      rmSync(root, { recursive: true, force: true });
      await server.close();
      await sandbox.close();
    },
  };
}

/** What was sent as a token: by whom it was made up does not matter, as long as nobody could take it for a word. */
function tokensIn(asked: readonly Asked[]): string[] {
  const tokens = asked.flatMap(({ authorization }) => /^Bearer (\S{20,})$/.exec(authorization)?.[1] ?? []);
  return [...new Set(tokens)].filter((token) => !HOSTILE.includes(token));
}

function isFlood(answer: Answer): boolean {
  return answer.do === 'huge' || answer.do === 'bomb';
}

function kindOf({ method, url }: Asked): Kind {
  const path = url.split('?')[0] ?? '';
  if (method === 'POST') return 'token';
  if (method === 'PATCH') return 'patch';
  if (path.endsWith('/accounts/me')) return 'account';
  if (path.endsWith('/groups')) return 'groups';
  if (path.endsWith('/users')) return 'users';
  if (path.endsWith('/lock_settings')) return 'locks';
  return path.includes('/settings') ? 'document' : 'user';
}

const DOCUMENT = String.raw`(?:accounts/me|groups/[^/?]+|users/[^/?]+)/(?:settings|lock_settings|settings/registration)(?:\?(?:option|type)=\w+)?`;
const READS = new RegExp(String.raw`^GET /v2/(?:${DOCUMENT}|accounts/me|groups\?[^/]*|users\?[^/]*|users/[^/?]+)$`);
const WRITES = new RegExp(`^PATCH /v2/${DOCUMENT}$`);

/** Whatever Zoom calls its groups and users, requests go where lockstep's go, and nowhere else. */
function strayRequest({ method, url }: Asked, reads: boolean): string[] {
  const line = `${method} ${url}`;
  const known = line === 'POST /oauth/token' || READS.test(line) || (!reads && WRITES.test(line));
  return known && !/\/\.{1,2}(?:\/|$)/.test(url) ? [] : [`asked for ${line}`];
}
