/**
 * Secrets go to Zoom and nowhere else. Every command in every format runs here, to success, refusal, error and crash, with
 * canaries wherever a secret can stand; then every byte that was written is searched for them: stdout, stderr, reports,
 * plans, journals, the key, and the arguments of the process.
 */
import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/commands/index.ts';
import { FORMATS } from '../../src/report/formats.ts';
import { run } from '../../src/run.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { start } from '../helpers/built.ts';
import { bytesBelow, canary, holds, leaksIn } from '../helpers/canary.ts';
import { lockstep, type Ran } from '../helpers/host.ts';
import { stateOf } from '../helpers/organisation.ts';
import { type Breakage, type Parrot, type Repeats, startParrot } from '../helpers/parrot.ts';
import { hurry } from '../helpers/quick.ts';

const SECRETS = {
  clientSecret: canary('client-secret'),
  accessToken: 'AccessTokenC4nary7q2Zk9',
  variable: canary('variable'),
  changedVariable: canary('changed-variable'),
  literal: canary('literal'),
  mistyped: canary('mistyped'),
  livePasscode: canary('live-passcode'),
  liveToken: canary('live-token'),
  livePassword: canary('live-password'),
  elsewhere: canary('elsewhere'),
  unknownLive: canary('unknown-live'),
  unknownWanted: canary('unknown-wanted'),
  pmiLive: canary('pmi-live'),
  pmiWanted: canary('pmi-wanted'),
  webhook: 'WebhookC4nary7q2Zk9',
  proxyPassword: 'ProxyC4nary7q2Zk9',
  byStander: canary('by-stander'),
};

const NOTES = 'in_meeting.custom_service_instructions';
const ARCHIVE = 'send_data_to_third_party_archiving_service';
const quoted = (text: string) => JSON.stringify(text);
const POLICY = `version: 1
account:
  settings:
    in_meeting: { file_transfer: !locked false, chat: !locked false, custom_service_instructions: !env ELSEWHERE }
    chat: { ${ARCHIVE}: { user_name: archive, passcode: !env ARCHIVE_PASSCODE } }
groups:
  Students: { settings: { in_meeting: { chat: false, custom_service_instructions: plain } } }
users:
  dean@example.edu: { settings: { schedule_meeting: { host_video: true, pmi_password: ${quoted(SECRETS.literal)} } } }
`;
/** Names that the catalogue does not know, for `--allow-unknown`. */
const UNKNOWN = `version: 1
account:
  settings:
    meeting_security: { password_for_pmi: ${quoted(SECRETS.pmiWanted)} }
    integration: { vendor: { api_token: ${quoted(SECRETS.unknownWanted)}, require_token: true } }
users:
  dean@example.edu: { settings: { schedule_meeting: { webinar_passcode: ${quoted(SECRETS.unknownWanted)} } } }
`;
/** Slips at, before and after a secret: each is told with its line. */
const WRONG = `version: 1
account:
  settings:
    chat: { ${ARCHIVE}: { passcode: [${quoted(SECRETS.mistyped)}], passcod: ${quoted(SECRETS.mistyped)} } }
    schedule_meeting: { default_password_for_scheduled_meetings ${quoted(SECRETS.mistyped)} }
users:
  dean@example.edu:
    settings:
      schedule_meeting:
        pmi_password: !env ${quoted(SECRETS.mistyped)}
        pmi_pasword: |
          ${SECRETS.mistyped}
`;

const STATE = stateOf({
  account: {
    settings: {
      in_meeting: { file_transfer: true, chat: true, custom_service_instructions: 'old' },
      integration: { vendor: { api_token: SECRETS.unknownLive, require_token: false } },
      chat: {
        [ARCHIVE]: {
          enable: true,
          type: 'smarsh',
          user_name: 'old',
          passcode: SECRETS.livePasscode,
          authorized_channel_token: SECRETS.liveToken,
        },
      },
    },
    lock_settings: { in_meeting: { file_transfer: false, chat: false } },
    'settings?option=meeting_security': { meeting_security: { password_for_pmi: SECRETS.pmiLive } },
  },
  groups: {
    Students: {
      settings: { in_meeting: { chat: true, custom_service_instructions: `call ${SECRETS.elsewhere} first` } },
      lock_settings: { in_meeting: { chat: false } },
    },
  },
  users: {
    'dean@example.edu': {
      settings: {
        schedule_meeting: {
          host_video: false,
          pmi_password: SECRETS.livePassword,
          webinar_passcode: SECRETS.unknownLive,
        },
      },
    },
  },
});
const CREDENTIALS = { accountId: STATE.account.id, clientId: 'client', clientSecret: SECRETS.clientSecret };

let sandbox: Sandbox;
let parrot: Parrot;
let hook: { server: Server; url: string; posted: string[] };
let slowly: () => void;
/** What the user wrote; everything else below it is ours. */
let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  slowly = hurry();
  sandbox = await startSandbox({ state: { ...STATE, credentials: CREDENTIALS }, secrets: 'withheld' });
  parrot = await startParrot(sandbox.url);
  hook = await startHook();
  env = {
    ...parrot.env,
    ZOOM_ACCOUNT_ID: CREDENTIALS.accountId,
    ZOOM_CLIENT_ID: CREDENTIALS.clientId,
    ZOOM_CLIENT_SECRET: CREDENTIALS.clientSecret,
    ARCHIVE_PASSCODE: SECRETS.variable,
    ELSEWHERE: SECRETS.elsewhere,
    BYSTANDER: SECRETS.byStander,
    HOOK: hook.url,
  };
  folder = realpathSync(await mkdtemp(join(tmpdir(), 'lockstep-canary-')));
});
afterAll(async () => {
  slowly();
  hook.server.close();
  await parrot.close();
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

async function startHook() {
  const posted: string[] = [];
  const server = createServer(async (request, response) => {
    for await (const chunk of request) posted.push(String(chunk));
    response.writeHead(posted.length % 2 === 0 ? 200 : 500).end();
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { server, posted, url: `http://127.0.0.1:${port}/hooks/${SECRETS.webhook}` };
}

interface Act {
  readonly argv: readonly string[];
  readonly code: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly repeats?: Repeats;
}

/** A folder with the policies beside it, so that what is written can be told from what was given. */
async function stage<T>(act: (cwd: string, input: string) => Promise<T>): Promise<T> {
  const [cwd, input] = [await mkdtemp(join(folder, 'work-')), await mkdtemp(join(folder, 'input-'))];
  await writeFile(join(input, 'policy.yaml'), POLICY);
  await writeFile(join(input, 'wrong.yaml'), WRONG);
  await writeFile(join(input, 'unknown.yaml'), UNKNOWN);
  await writeFile(
    join(input, 'zoom.env'),
    `ZOOM_CLIENT_SECRET=${SECRETS.clientSecret}\nARCHIVE_PASSCODE=${SECRETS.byStander}\n`,
  );
  await writeFile(
    join(input, 'wrong.env'),
    `A='${SECRETS.byStander}'\nB=${SECRETS.clientSecret} #\n${SECRETS.mistyped}\n`,
  );
  sandbox.reset();
  return act(cwd, input);
}

const NONE = ['--rate-plan', 'none'];

async function play(cwd: string, input: string, { argv, env: more = {}, repeats }: Act): Promise<Ran> {
  parrot.repeat(repeats);
  const words = argv.map((word) => word.replace('<input>', input));
  const ended = await lockstep(words, { cwd, env: { ...env, ...more } });
  parrot.repeat(undefined);
  return ended;
}

function expectSilence(places: readonly (readonly [string, string])[], issued: Iterable<string> = parrot.tokens): void {
  const tokens = Object.fromEntries([...issued].map((token, index) => [`token ${index + 1}`, token]));
  const basic = { basic: Buffer.from(`${CREDENTIALS.clientId}:${SECRETS.clientSecret}`).toString('base64') };
  const hooked = hook.posted.map((text, index): [string, string] => [`post ${index + 1} to the webhook`, text]);
  expect(leaksIn([...places, ...hooked], { ...SECRETS, ...tokens, ...basic })).toEqual([]);
}

async function expectKept(acts: readonly Act[]): Promise<void> {
  await stage(async (cwd, input) => {
    for (const act of acts) {
      const ended = await play(cwd, input, act);
      const said = `${act.argv.join(' ')}: ${ended.stderr}`;
      expect({ code: ended.code, said }).toEqual({ code: act.code, said });
      expectSilence([
        [`stdout of ${act.argv.join(' ')}`, ended.stdout],
        [`stderr of ${act.argv.join(' ')}`, ended.stderr],
        ...bytesBelow(cwd),
      ]);
    }
  });
}

it('finds what it looks for', () => {
  const text = SECRETS.clientSecret;
  for (const form of [
    text,
    Buffer.from(text).toString('base64'),
    Buffer.from(`client:${text}`).toString('base64'),
    Buffer.from(`x${text}y`).toString('base64url'),
    encodeURIComponent(text),
    JSON.stringify({ a: text }),
    text.replaceAll('<', '&lt;'),
  ]) {
    expect(holds(`before ${form} after`, text), form).toBe(true);
  }
  expect(holds('before and after', text)).toBe(false);
});

const REPORTS = FORMATS.flatMap((format) => ['--report', `${format}=report.${format}`]);
const APPLY = ['apply', '<input>/policy.yaml', '-y', '--allow-lossy', '--settle', '0', ...NONE];

describe('to success', () => {
  it.each(FORMATS)('in %s', async (format) => {
    const told = ['--format', format, '--verbose', ...REPORTS];
    await expectKept([
      { argv: ['plan', '<input>/policy.yaml', '--out', 'plan.json', ...told, ...NONE], code: 0 },
      { argv: ['drift', '<input>/policy.yaml', '--notify', 'env:HOOK', ...told, ...NONE], code: 2 },
      { argv: ['check', '<input>/policy.yaml', ...told, ...NONE], code: 2 },
      { argv: [...APPLY, ...told], code: 0 },
      { argv: ['plan', '<input>/policy.yaml', ...told, ...NONE], code: 0 },
      {
        argv: ['plan', '<input>/policy.yaml', ...told, ...NONE],
        code: 0,
        env: { ARCHIVE_PASSCODE: SECRETS.changedVariable },
      },
      { argv: [...APPLY, ...told], code: 0, env: { ARCHIVE_PASSCODE: SECRETS.changedVariable } },
      { argv: [...APPLY, ...told, '--write-secret', `chat.${ARCHIVE}.passcode`], code: 0 },
    ]);
  });

  it('with the commands that have other formats', async () => {
    const live = ['--live', '--policy', '<input>/policy.yaml', '--verbose', ...NONE];
    await expectKept([
      ...['text', 'json'].flatMap((format) => [
        { argv: ['validate', '<input>/policy.yaml', '--format', format], code: 0 },
        { argv: ['runs', '--format', format], code: 0 },
        { argv: ['explain', `chat.${ARCHIVE}.passcode`, '--format', format, ...live], code: 0 },
        {
          argv: [
            'explain',
            'schedule_meeting.pmi_password',
            '--format',
            format,
            '-t',
            'user:dean@example.edu',
            ...live,
          ],
          code: 0,
        },
        { argv: ['explain', 'chat', '--format', format, '--policy', '<input>/policy.yaml'], code: 0 },
      ]),
      // Not the group: an export reads no policies, and cannot know what they take from variables.
      { argv: ['export', '-t', 'account', '-t', 'user:*', '--verbose', ...NONE], code: 0 },
      { argv: ['init', 'new', '--from-live', '--verbose', ...NONE], code: 0 },
      { argv: ['schema', '--out', 'schema.json'], code: 0 },
      ...['bash', 'zsh', 'fish'].map((shell) => ({ argv: ['completion', shell], code: 0 })),
      { argv: ['plan', '<input>/policy.yaml', '--env-file', '<input>/zoom.env', '--verbose', ...NONE], code: 0 },
      { argv: ['plan', '<input>/policy.yaml', '--env-file', '<input>/wrong.env', ...NONE], code: 1 },
      { argv: ['validate', '<input>/policy.yaml', '--env-file', '<input>/wrong.env'], code: 1 },
      { argv: ['help'], code: 0 },
    ]);
  });

  it.each(FORMATS)('under names that nobody knows, in %s', async (format) => {
    const open = await startSandbox({ state: { ...STATE, credentials: CREDENTIALS }, secrets: 'returned' });
    try {
      const more = { ZOOM_API_URL: open.env.ZOOM_API_URL, ZOOM_OAUTH_URL: open.env.ZOOM_OAUTH_URL };
      const unknown = ['<input>/unknown.yaml', '--allow-unknown', '--format', format, '--verbose', ...NONE];
      await expectKept([
        { argv: ['validate', '<input>/unknown.yaml', '--allow-unknown'], code: 0 },
        { argv: ['validate', '<input>/unknown.yaml'], code: 1 },
        { argv: ['plan', ...unknown, ...REPORTS, '--out', 'plan.json'], code: 0, env: more },
        { argv: ['drift', ...unknown], code: 2, env: more },
        { argv: ['check', ...unknown], code: 2, env: more },
        { argv: ['apply', '--plan', 'plan.json', '-y', '--settle', '0', ...NONE], code: 1, env: more },
        { argv: ['apply', ...unknown, ...REPORTS, '-y', '--settle', '0'], code: 0, env: more },
        { argv: ['export', '-t', 'account', '-t', 'user:*', ...NONE], code: 0, env: more },
      ]);
    } finally {
      await open.close();
    }
  });

  it('where Zoom returns what it holds', async () => {
    const open = await startSandbox({ state: { ...STATE, credentials: CREDENTIALS }, secrets: 'returned' });
    try {
      const more = { ZOOM_API_URL: open.env.ZOOM_API_URL, ZOOM_OAUTH_URL: open.env.ZOOM_OAUTH_URL };
      await expectKept(
        FORMATS.map((format) => ['plan', '<input>/policy.yaml', '--format', format, ...NONE])
          .concat([
            ['check', '<input>/policy.yaml', ...REPORTS, ...NONE],
            ['explain', `chat.${ARCHIVE}.passcode`, '--live', '--policy', '<input>/policy.yaml', ...NONE],
            ['explain', NOTES, '--live', '--policy', '<input>/policy.yaml', '-t', 'group:Students', ...NONE],
            ['export', '-t', 'account', '-t', 'user:*', ...NONE],
            ['plan', '<input>/policy.yaml', '--out', 'plan.json', ...NONE],
            [...APPLY, ...REPORTS],
          ])
          .map((argv) => ({ argv, code: argv[0] === 'check' ? 2 : 0, env: more })),
      );
    } finally {
      await open.close();
    }
  });

  it('and no command is forgotten', () => {
    const ran = [
      'validate',
      'plan',
      'apply',
      'drift',
      'check',
      'runs',
      'rollback',
      'export',
      'explain',
      'schema',
      'init',
      'completion',
      'sandbox',
    ];
    expect(COMMANDS.map(({ name }) => name).sort()).toEqual(ran.sort());
  });
});

describe('to refusal and error', () => {
  it.each(FORMATS)('in %s', async (format) => {
    const told = ['--format', format, '--verbose', ...REPORTS];
    await expectKept([
      { argv: ['apply', '<input>/policy.yaml', ...told, ...NONE], code: 3 },
      { argv: [...APPLY, '--expect', 'another', ...told], code: 3 },
      { argv: ['plan', '<input>/policy.yaml', '--fail-on', 'lossy', ...told, ...NONE], code: 3 },
      { argv: ['plan', '<input>/wrong.yaml', ...told, ...NONE], code: 1 },
      { argv: ['plan', '<input>/policy.yaml', ...told, ...NONE], code: 1, env: { ARCHIVE_PASSCODE: '' } },
      {
        argv: ['plan', '<input>/policy.yaml', ...told, ...NONE],
        code: 5,
        env: { ZOOM_CLIENT_SECRET: SECRETS.byStander },
      },
      {
        argv: ['plan', '<input>/policy.yaml', ...told, ...NONE],
        code: 5,
        env: { ZOOM_ACCESS_TOKEN: SECRETS.accessToken },
      },
      { argv: ['plan', '<input>/policy.yaml', '--account', 'nobody', ...told, ...NONE], code: 1 },
    ]);
  });

  it('in what is wrong with a policy', async () => {
    await expectKept(
      ['text', 'json'].flatMap((format) => [
        { argv: ['validate', '<input>/wrong.yaml', '--format', format], code: 1 },
        { argv: ['validate', '<input>/wrong.yaml', '--allow-unknown', '--format', format], code: 1 },
      ]),
    );
  });

  it('in the ways to Zoom and to the webhook', async () => {
    const proxied = {
      HTTPS_PROXY: `http://user:${SECRETS.proxyPassword}@127.0.0.1:9/`,
      ZOOM_API_URL: 'https://zoom.invalid/v2',
      ZOOM_OAUTH_URL: 'https://zoom.invalid/oauth',
    };
    await expectKept([
      { argv: ['plan', '<input>/policy.yaml', '--verbose'], code: 1, env: proxied },
      {
        argv: ['plan', '<input>/policy.yaml'],
        code: 1,
        env: { ...proxied, HTTPS_PROXY: `ftp://user:${SECRETS.proxyPassword}@x/` },
      },
      {
        argv: ['plan', '<input>/policy.yaml'],
        code: 1,
        env: { ...proxied, HTTPS_PROXY: `http://user:${SECRETS.proxyPassword}@[/` },
      },
      {
        argv: ['plan', '<input>/policy.yaml'],
        code: 1,
        env: { ZOOM_API_URL: `https://user:${SECRETS.proxyPassword}@zoom.invalid/` },
      },
      {
        argv: ['plan', '<input>/policy.yaml'],
        code: 1,
        env: { ZOOM_API_URL: `https://zoom.invalid/?token=${SECRETS.proxyPassword}` },
      },
      { argv: ['plan', '<input>/policy.yaml'], code: 5, env: { ZOOM_ACCESS_TOKEN: `${SECRETS.accessToken}\n.` } },
      {
        argv: ['drift', '<input>/policy.yaml', '--notify', 'env:HOOK', ...NONE],
        code: 1,
        env: { HOOK: `ftp://x/${SECRETS.webhook}` },
      },
      {
        argv: ['drift', '<input>/policy.yaml', '--notify', 'env:HOOK', ...NONE],
        code: 1,
        env: { HOOK: `//${SECRETS.webhook}` },
      },
      {
        argv: ['drift', '<input>/policy.yaml', '--notify', 'env:HOOK', ...NONE],
        code: 2,
        env: { HOOK: `http://127.0.0.1:9/${SECRETS.webhook}` },
      },
    ]);
  });
});

/** Zoom, or what stands in front of it, says back what it was sent. */
const REPEATS: readonly Repeats[] = (['message', 'page', 'header', 'redirect', 'half'] as const).flatMap((as) => {
  const statuses = as === 'redirect' ? [302] : as === 'half' ? [200] : [200, 400, 401, 403, 404, 429, 500];
  return statuses.flatMap((status) =>
    [
      { method: 'POST', path: '/oauth' },
      { method: 'GET', path: '/groups?' },
      { method: 'GET', path: '/settings' },
      { method: 'PATCH', path: '/settings' },
    ].map((request) => ({ ...request, status, as })),
  );
});

describe('where everything is repeated', () => {
  it.each(REPEATS)('$method $path with $status, as a $as', async (repeats) => {
    await stage(async (cwd, input) => {
      const format = FORMATS[repeats.status % FORMATS.length] ?? 'text';
      const argv = [...APPLY, '--allow-blocked', '--verbose', '--format', format, ...REPORTS];
      const ended = await play(cwd, input, { argv, code: 0, repeats });
      expect([0, 1, 3, 4, 5]).toContain(ended.code);
      expect(ended.stderr).not.toContain('bug in lockstep');
      expectSilence([['stdout', ended.stdout], ['stderr', ended.stderr], ...bytesBelow(cwd)]);
    });
  });
});

describe('where what Zoom answers is broken', () => {
  /** Shows all that it holds. */
  let open: Sandbox;
  let broken: Parrot;
  beforeAll(async () => {
    open = await startSandbox({ state: { ...STATE, credentials: CREDENTIALS }, secrets: 'returned' });
    broken = await startParrot(open.url);
  });
  afterAll(async () => {
    await broken.close();
    await open.close();
  });

  const BREAKAGES: readonly Breakage[] = ['cut', 'prefixed', 'form', 'page', 'listed', 'quoted'];
  const PLACES = [
    { path: '/oauth', status: 200 },
    { path: '/oauth', status: 400 },
    { path: '/settings', status: 200 },
    { path: '/settings', status: 403 },
    { path: '/lock_settings', status: 200 },
  ];
  it.each(BREAKAGES.flatMap((as) => PLACES.map((place) => ({ ...place, as }))))(
    '$as, $path with $status',
    async (breaks) => {
      await stage(async (cwd, input) => {
        open.reset();
        const commands = [
          ['plan', '<input>/policy.yaml', '--out', 'plan.json', '--verbose', ...REPORTS, ...NONE],
          ['drift', '<input>/policy.yaml', '--format', 'json', ...NONE],
          ['check', '<input>/policy.yaml', ...REPORTS, ...NONE],
          ['export', '-t', 'account', '-t', 'user:dean@example.edu', ...NONE],
          ['explain', `chat.${ARCHIVE}.passcode`, '--live', '--format', 'json', ...NONE],
          [...APPLY, '--allow-blocked', ...REPORTS],
        ];
        for (const argv of breaks.path === '/oauth' ? commands.slice(0, 1) : commands) {
          broken.break(breaks);
          const ended = await play(cwd, input, { argv, code: 0, env: broken.env });
          broken.break(undefined);
          const shown = `${argv[0]}: ${ended.code}, ${ended.stdout}${ended.stderr}`;
          // JSON that is whole but no document, with an error's status, is a refusal without a message.
          expect(shown).toMatch(/not valid JSON|not an object|without a message|HTTP 400|is not in the answer/);
          expectSilence(
            [['stdout', ended.stdout], ['stderr', ended.stderr], ...bytesBelow(cwd)],
            [...parrot.tokens, ...broken.tokens],
          );
        }
      });
    },
  );
});

it('not in what it takes for names and values either', async () => {
  await stage(async (cwd, input) => {
    for (const path of ['/settings', '/groups?', '/users?']) {
      const repeats = { method: 'GET', path, status: 200, as: 'document' } as const;
      for (const argv of [
        // Where the groups are those of the sandbox, one holds a text that only a policy makes confidential.
        [
          'export',
          '-t',
          'account',
          ...(path === '/users?' ? [] : ['-t', 'group:*']),
          '-t',
          'user:*',
          '--verbose',
          ...NONE,
        ],
        ['explain', 'in_meeting.custom_service_instructions', '--live', ...NONE],
        ['plan', '<input>/policy.yaml', '-t', 'group:*', ...NONE],
      ]) {
        const ended = await play(cwd, input, { argv, code: 0, repeats });
        expectSilence([['stdout', ended.stdout], ['stderr', ended.stderr], ...bytesBelow(cwd)]);
      }
    }
  });
});

describe('to undoing', () => {
  it('a run, and a saved plan', async () => {
    await stage(async (cwd, input) => {
      const acts: Act[] = [
        { argv: ['plan', '<input>/policy.yaml', '--out', 'plan.json', ...NONE], code: 0 },
        { argv: ['apply', '--plan', 'plan.json', '-y', '--allow-lossy', '--settle', '0', ...NONE], code: 1 },
        { argv: APPLY, code: 0 },
      ];
      for (const act of acts) {
        const ended = await play(cwd, input, act);
        expect(ended.code, ended.stderr).toBe(act.code);
        expectSilence([['stdout', ended.stdout], ['stderr', ended.stderr], ...bytesBelow(cwd)]);
      }
      const [run = ''] = readdirSync(join(cwd, '.lockstep/runs'));
      const argv = [
        'rollback',
        run.replace('.jsonl', ''),
        '-y',
        '--allow-lossy',
        '--settle',
        '0',
        '--verbose',
        ...REPORTS,
        ...NONE,
      ];
      const back = await play(cwd, input, { argv, code: 4 });
      expect(back.code, back.stderr).toBe(4);
      expectSilence([['stdout', back.stdout], ['stderr', back.stderr], ...bytesBelow(cwd)]);
    });
  });
});

describe('to a crash', () => {
  /** A bug of ours, in the middle of what is written; with the stack that LOCKSTEP_DEBUG shows. */
  async function crash(cwd: string, argv: readonly string[], after: number): Promise<Ran> {
    const said: string[] = [];
    const stderr = new Writable({
      write(chunk, _encoding, done) {
        said.push(String(chunk));
        done();
      },
    });
    let writes = 0;
    const stdout = new Writable({
      write(chunk, _encoding, done) {
        said.push(String(chunk));
        done();
      },
    });
    const write = stdout.write.bind(stdout);
    stdout.write = ((...given: Parameters<typeof write>) => {
      writes += 1;
      if (writes > after) throw new TypeError('a bug for the test');
      return write(...given);
    }) as typeof stdout.write;
    const host = { cwd, stdin: new PassThrough(), stdout, stderr, onInterrupt: () => () => undefined };
    const code = await run({ ...host, argv, env: { ...env, LOCKSTEP_DEBUG: '1' } });
    return { code, stdout: '', stderr: said.join('') };
  }

  it.each<[name: string, argv: string[], after: number]>([
    ['plan', ['plan', '<input>/policy.yaml', '--verbose', ...NONE], 0],
    ['apply, before anything is sent', [...APPLY, '--verbose'], 0],
    ['apply, when all is sent', [...APPLY, '--verbose'], 1],
    ['export', ['export', '--verbose', ...NONE], 0],
  ])('of %s', async (_name, argv, after) => {
    await stage(async (cwd, input) => {
      const words = argv.map((word) => word.replace('<input>', input));
      const ended = await crash(cwd, words, after);
      expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('this is a bug in lockstep') });
      expectSilence([['what was said', ended.stderr], ...bytesBelow(cwd)]);
    });
  });
});

describe('the built command line', () => {
  it.each<[what: string, argv: string[], code: number, more: Record<string, string>]>([
    ['plan', ['plan', '<input>/policy.yaml', '--verbose', ...NONE], 0, {}],
    ['apply', [...APPLY, '--verbose', ...REPORTS], 0, {}],
    ['drift with a webhook', ['drift', '<input>/policy.yaml', '--notify', 'env:HOOK', ...NONE], 2, {}],
    ['a wrong secret', ['plan', '<input>/policy.yaml', ...NONE], 5, { ZOOM_CLIENT_SECRET: SECRETS.byStander }],
    ['a wrong policy', ['validate', '<input>/wrong.yaml'], 1, { LOCKSTEP_DEBUG: '1' }],
  ])('%s, its arguments included', async (_, argv, code, more) => {
    await stage(async (cwd, input) => {
      const { child, ended } = start(
        argv.map((word) => word.replace('<input>', input)),
        { cwd, env: { ...env, ...more } },
      );
      const cmdline = process.platform === 'linux' ? readFileSync(`/proc/${child.pid}/cmdline`, 'utf8') : '';
      const { code: status, stdout, stderr } = await ended;
      expect({ status, stderr }).toEqual({ status: code, stderr });
      expectSilence([['stdout', stdout], ['stderr', stderr], ['cmdline', cmdline], ...bytesBelow(cwd)]);
    });
  });

  it('sandbox tells its own secret to whoever starts it, and keeps it for its owner', async () => {
    await stage(async (cwd) => {
      await mkdir(join(cwd, 'kept'));
      const { child, ended } = start(['sandbox', '--write-env', 'kept/zoom.env'], { cwd, env });
      await new Promise<void>((done) => void child.stdout.once('data', () => done()));
      child.kill('SIGINT');
      const { stdout, stderr } = await ended;
      expectSilence([['stdout', stdout], ['stderr', stderr], ...bytesBelow(cwd)]);
    });
  });
});

describe('what is kept of a secret', () => {
  it('is a digest with a key of its own folder, which tells nobody else anything', async () => {
    const digests = await Promise.all(
      [1, 2].map(() =>
        stage(async (cwd, input) => {
          const ended = await play(cwd, input, { argv: APPLY, code: 0 });
          expect(ended.code, ended.stderr).toBe(0);
          const journal = bytesBelow(join(cwd, '.lockstep/runs'))
            .map(([, text]) => text)
            .join('');
          return {
            digest: /"digest":"([^"]+)"/.exec(journal)?.[1],
            key: readFileSync(join(cwd, '.lockstep/key'), 'utf8'),
            journal,
          };
        }),
      ),
    );
    const [one, other] = digests;
    expect(one?.digest).toMatch(/^[\w-]{43}$/);
    expect(one?.digest).not.toBe(other?.digest);
    expect(one?.journal).not.toContain(one?.key.trim());
  });
});
