/** `drift --notify`: what a webhook gets, when, and that its URL is told to nobody. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { withFiles } from '../helpers/built.ts';
import { lockstep, type Ran } from '../helpers/host.ts';

const SECRET_PATH = '/services/T000/B000/webhook-canary';
const POLICY = `version: 1
account:
  settings:
    in_meeting: { file_transfer: !locked false }
    chat: { send_data_to_third_party_archiving_service: { passcode: !env PASSCODE } }
`;

interface Post {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly type: string | undefined;
  readonly body: Record<string, unknown>;
}

interface Answer {
  readonly status: number;
  readonly location?: string;
  readonly hang?: boolean;
}

let sandbox: Sandbox;
let hook: Awaited<ReturnType<typeof startHook>>;

async function startHook() {
  const posts: Post[] = [];
  let answer: Answer = { status: 200 };
  const server = createServer(async (request: IncomingMessage, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const { method, url, headers } = request;
    posts.push({ method, path: url, type: headers['content-type'], body: JSON.parse(text) as Post['body'] });
    if (answer.hang) return;
    response.writeHead(answer.status, answer.location === undefined ? {} : { location: answer.location }).end('ok');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    posts,
    port,
    url: `http://127.0.0.1:${port}${SECRET_PATH}`,
    answers: (next: Answer) => {
      answer = next;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

beforeEach(async () => {
  sandbox = await startSandbox();
  hook = await startHook();
});
afterEach(async () => {
  hook.close();
  await sandbox.close();
});

function run(argv: readonly string[], env: Record<string, string> = {}, policy = POLICY): Promise<Ran> {
  return withFiles({ 'p.yaml': policy }, async (cwd) => {
    const flags = argv[0] === 'apply' ? ['-y', '--allow-lossy'] : [];
    const given = { ...sandbox.env, PASSCODE: 'policy-canary', ...env };
    const ran = await lockstep([...argv, ...flags, 'p.yaml', '--rate-plan', 'none'], { cwd, env: given });
    expect(`${ran.stdout}${ran.stderr}`).not.toContain('webhook-canary');
    expect(JSON.stringify(hook.posts)).not.toContain('policy-canary');
    return ran;
  });
}

/** Nothing left that differs, for a policy without a secret, of which a new folder could not know. */
const PLAIN = 'version: 1\naccount: { settings: { in_meeting: { file_transfer: false } } }\n';

async function converge(): Promise<void> {
  expect(await run(['apply'], {}, PLAIN)).toMatchObject({ code: 0 });
}

describe('what is posted', () => {
  it('is text for people and the same for programs, once', async () => {
    expect(await run(['drift', '--notify', hook.url])).toMatchObject({ code: 2, stderr: '' });
    expect(hook.posts).toHaveLength(1);
    const [post] = hook.posts;
    expect(post).toMatchObject({ method: 'POST', path: SECRET_PATH, type: 'application/json' });
    expect(post?.body).toMatchObject({
      kind: 'drift',
      formatVersion: 2,
      account: { id: 'sandbox-account', host: expect.stringMatching(/^127\.0\.0\.1:\d+$/) },
      exitCode: 2,
      summary: { lock: 1 },
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}@127\.0\.0\.1:\d+\/sandbox-account$/),
      more: 0,
    });
    const changes = post?.body['changes'] as { target: string; path: string }[];
    expect(changes).toContainEqual(
      expect.objectContaining({
        state: 'differs',
        target: 'account',
        kind: 'set',
        path: 'in_meeting.file_transfer',
        says: expect.stringContaining('is true in Zoom, and the policy wants false'),
        direction: 'tightens',
        at: 'p.yaml:4:19',
      }),
    );
    const text = String(post?.body['text']);
    expect(text).toMatch(
      /^lockstep, Example University \(sandbox-account\) at 127\.0\.0\.1:\d+\. Drift: \d+ to set, 1 to lock, 0 to unlock/,
    );
    expect(text).toContain('\n• account in_meeting.file_transfer is true in Zoom');
  });

  it('is ten differences at most, the looser ones first, and the number of the others', async () => {
    const names = ['alert_guest_join', 'annotation', 'chat', 'co_host', 'polling', 'whiteboard', 'breakout_room'];
    const more = [
      'closed_caption',
      'feedback',
      'file_transfer',
      'non_verbal_feedback',
      'private_chat',
      'remote_control',
    ];
    const rows = [...names, ...more].map((name) => `      ${name}: !locked false`);
    const policy = `version: 1\naccount:\n  settings:\n    in_meeting:\n${rows.join('\n')}\n`;
    const { code, stderr } = await run(['drift', '--notify', hook.url], {}, policy);
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    const body = hook.posts[0]?.body as { text: string; changes: { direction?: string }[]; more: number };
    expect(body.changes).toHaveLength(10);
    expect(body.more).toBeGreaterThan(0);
    expect(body.text.split('\n')).toHaveLength(12);
    expect(body.text).toMatch(new RegExp(`\\nand ${body.more} more$`));
    const ways = body.changes.map(({ direction }) => direction === 'tightens');
    expect(ways).toEqual([...ways].sort().reverse());
  });

  it('calls nobody and hides no link, whatever names say', async () => {
    const state = sandbox.state();
    const groups = state.groups.map((group, index) => (index === 0 ? { ...group, name: '<!channel> & co' } : group));
    sandbox.reset({ ...state, groups });
    const policy = 'version: 1\ngroups: { "<!channel> & co": { settings: { in_meeting: { annotation: false } } } }\n';
    await run(['drift', '--notify', hook.url], {}, policy);
    const text = String(hook.posts[0]?.body['text']);
    expect(text).toContain('group:&lt;!channel&gt; &amp; co');
    expect(text).not.toMatch(/[<>]/);
  });
});

describe('when', () => {
  it('a clean run is told with --heartbeat only', async () => {
    await converge();
    expect(await run(['drift', '--notify', hook.url], {}, PLAIN)).toMatchObject({ code: 0, stderr: '' });
    expect(hook.posts).toEqual([]);
    await run(['drift', '--notify', hook.url, '--heartbeat'], {}, PLAIN);
    expect(hook.posts).toMatchObject([{ body: { exitCode: 0, changes: [], more: 0 } }]);
    expect(String(hook.posts[0]?.body['text'])).toContain('No drift.');
  });

  it('a report that cannot be written keeps nobody from being told', async () => {
    const ran = await run(['drift', '--notify', hook.url, '--report', 'json=/dev/full']);
    expect(ran.code).toBe(1);
    expect(hook.posts).toHaveLength(1);
  });
});

describe('where to', () => {
  it('the URL can come from the environment', async () => {
    expect(await run(['drift', '--notify', 'env:HOOK'], { HOOK: ` ${hook.url}\n` })).toMatchObject({ code: 2 });
    expect(hook.posts).toHaveLength(1);
  });

  it.each<[what: string, argv: string[], says: string]>([
    ['no URL', ['--notify', 'webhook-canary'], '--notify: the value is not a URL'],
    ['plain http', ['--notify', 'http://hooks.example.com/webhook-canary'], 'does not begin with https:'],
    ['another scheme', ['--notify', 'file:///webhook-canary'], 'does not begin with https:'],
    [
      'a host that only looks like this machine',
      ['--notify', 'http://127.0.0.1.example.com/x'],
      'does not begin with https:',
    ],
    ['a password', ['--notify', 'https://me:webhook-canary@example.com/'], 'holds a user name or a password'],
    ['a variable that is not set', ['--notify', 'env:HOOK'], 'HOOK is not set'],
    ['a heartbeat to nowhere', ['--heartbeat'], '--heartbeat requires --notify'],
  ])('%s is refused before Zoom is asked', async (_, argv, says) => {
    const ran = await run(['drift', ...argv]);
    expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(says) });
    expect(sandbox.log()).toEqual([]);
  });
});

describe('a webhook that does not take it', () => {
  const warned = (port: number, why: string) => `warning: 127.0.0.1:${port} was not notified: ${why}\n`;

  it.each([400, 404, 500])('HTTP %i is a warning, and drift stays drift', async (status) => {
    hook.answers({ status });
    const ran = await run(['drift', '--notify', hook.url]);
    expect(ran).toMatchObject({ code: 2, stderr: warned(hook.port, `it answered with HTTP ${status}`) });
    expect(ran.stdout).toContain('Drift: ');
    expect(hook.posts).toHaveLength(1);
  });

  it('a redirect is not followed', async () => {
    const other = await startHook();
    try {
      hook.answers({ status: 307, location: other.url });
      const ran = await run(['drift', '--notify', hook.url]);
      expect(ran).toMatchObject({ code: 2, stderr: warned(hook.port, 'it answered with HTTP 307') });
      expect(other.posts).toEqual([]);
    } finally {
      other.close();
    }
  });

  it('nobody there is a warning', async () => {
    hook.close();
    const ran = await run(['drift', '--notify', hook.url]);
    expect(ran).toMatchObject({ code: 2, stderr: warned(hook.port, 'no answer (ECONNREFUSED)') });
  });

  it('one that never answers is left after a while', async () => {
    hook.answers({ status: 200, hang: true });
    const { timeout } = AbortSignal;
    const patience = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout.call(AbortSignal, 50));
    const ran = await run(['drift', '--notify', hook.url]);
    expect(patience).toHaveBeenCalledWith(10_000);
    expect(ran).toMatchObject({ code: 2, stderr: warned(hook.port, 'no answer in 10 seconds') });
  });
});
