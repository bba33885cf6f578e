/** The GitHub Action's script as a runner starts it: inputs in the environment, a stand-in for gh, the sandbox for Zoom. */
import { execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import '../helpers/built.ts';
import { BOT, type Issue, type StandIn, standInForGh } from '../helpers/gh.ts';

const ROOT = join(import.meta.dirname, '../..');
const MAIN = join(ROOT, 'action/main.mjs');
const HEAD = 'a'.repeat(40);
const MERGED = 'b'.repeat(40);
/** As a plan of the sandbox has it. */
const FINGERPRINT = /^[0-9a-f]{64}@127\.0\.0\.1:\d+\/sandbox-account$/;

interface Step {
  readonly code: number | null;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

interface Stage {
  readonly sandbox: Sandbox;
  readonly github: StandIn;
  /** The workspace. */
  readonly cwd: string;
  readonly act: (
    inputs: Readonly<Record<string, string>>,
    env?: Readonly<Record<string, string>>,
    onStart?: (kill: (signal: NodeJS.Signals) => void) => void,
  ) => Promise<Step>;
}

const POLICY = `version: 1
account:
  settings:
    in_meeting:
      # SEC-4: files go through the drive
      file_transfer: !locked false
`;

async function onStage(play: (stage: Stage) => Promise<void>, policy = POLICY, latencyMs = 0): Promise<void> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'lockstep-action-')));
  const sandbox = await startSandbox({ latencyMs });
  try {
    const [cwd, temp] = [join(folder, 'work'), join(folder, 'temp')];
    await mkdir(join(cwd, 'policies'), { recursive: true });
    await mkdir(temp);
    await writeFile(join(cwd, 'policies/zoom.yaml'), policy);
    const github = await standInForGh(folder);
    let steps = 0;
    const act: Stage['act'] = async (inputs, env = {}, onStart = () => undefined) => {
      steps += 1;
      const [output, summary] = [join(folder, `output-${steps}`), join(folder, `summary-${steps}`)];
      const event = join(folder, 'event.json');
      await writeFile(event, JSON.stringify({ pull_request: { number: 7, head: { sha: HEAD } } }));
      const given = Object.entries({ comment: 'true', 'rate-plan': 'none', ...inputs }).map(([name, value]) => [
        `INPUT_${name.toUpperCase().replaceAll('-', '_')}`,
        value,
      ]);
      return ended(onStart, output, summary, {
        ...sandbox.env,
        ...Object.fromEntries(given),
        PATH: [github.folder, process.env['PATH']].join(delimiter),
        GH_TOKEN: 'gh-canary',
        GITHUB_EVENT_PATH: event,
        GITHUB_OUTPUT: output,
        GITHUB_REF_NAME: 'main',
        GITHUB_REPOSITORY: 'example/zoom',
        GITHUB_RUN_ID: '42',
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_SHA: MERGED,
        GITHUB_STEP_SUMMARY: summary,
        GITHUB_WORKSPACE: cwd,
        RUNNER_TEMP: temp,
        ...env,
      });
    };
    await play({ sandbox, github, cwd, act });
  } finally {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function ended(
  onStart: (kill: (signal: NodeJS.Signals) => void) => void,
  output: string,
  summary: string,
  env: Record<string, string | undefined>,
): Promise<Step> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN], { cwd: env['GITHUB_WORKSPACE'], env });
    child.stdin.end();
    onStart((signal) => child.kill(signal));
    let log = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        log += chunk;
      });
    }
    child.once('error', reject).once('close', async (code) => {
      const text = (file: string) => readFile(file, 'utf8').catch(() => '');
      resolve({ code, log, outputs: outputsIn(await text(output)), summary: await text(summary) });
    });
  });
}

/** As the runner reads them: `name<<END`, lines, `END`. */
function outputsIn(text: string): Record<string, string> {
  const found = [...text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm)];
  return Object.fromEntries(found.map(([, name = '', , value = '']) => [name, value]));
}

const merged = (sha = HEAD) => ({
  pulls: {
    [MERGED]: [
      { number: 7, merged_at: '2026-11-21', merge_commit_sha: MERGED, base: { ref: 'main' }, head: { sha } },
      { number: 8, merged_at: null, merge_commit_sha: null, base: { ref: 'main' }, head: { sha: HEAD } },
    ],
  },
});

const patches = (sandbox: Sandbox) => sandbox.log().filter(({ method }) => method === 'PATCH').length;

describe.concurrent('plan', () => {
  it('passes, tells its outputs, and keeps one comment up to date', async () => {
    await onStage(async ({ sandbox, github, cwd, act }) => {
      const first = await act({ mode: 'plan' });
      expect(first, first.log).toMatchObject({ code: 0, outputs: { 'exit-code': '2' } });
      const { fingerprint = '', counts = '', plan = '' } = first.outputs;
      expect(fingerprint).toMatch(FINGERPRINT);
      expect(JSON.parse(counts)).toMatchObject({ set: 1, lock: 1 });
      const [head = ''] = (await readFile(plan, 'utf8')).split('\n');
      expect(JSON.parse(head)).toMatchObject({ fingerprint });
      const report = (format: string) => readFile(first.outputs[`report-${format}`] ?? '', 'utf8');
      expect(await report('html')).toMatch(/^<!doctype html>/i);
      expect(JSON.parse(await report('sarif'))).toMatchObject({ version: '2.1.0' });
      expect(await report('junit')).toMatch(/^<\?xml/);
      expect(first.summary).toMatch(/^## lockstep plan: /);
      expect(first.summary).toContain('https://github.com/example/zoom/actions/runs/42');

      const { comments } = await github.state();
      expect(comments['7']).toHaveLength(1);
      expect(comments['7']?.[0]?.body).toMatch(
        /^<!-- lockstep:plan -->\n<!-- \{"name":"","fingerprint":"[0-9a-f]{64}@127\.0\.0\.1:\d+\/sandbox-account","commit":"a{40}"\} -->\n## lockstep plan/,
      );
      await writeFile(join(cwd, 'policies/zoom.yaml'), POLICY.replace('!locked false', 'false'));
      await act({ mode: 'plan' });
      const again = (await github.state()).comments['7'];
      expect(again).toHaveLength(1);
      expect(again?.[0]?.body).not.toBe(comments['7']?.[0]?.body);
      expect(patches(sandbox)).toBe(0);
    });
  });

  it('a comment that fails to parse, of somebody else or of another name is left alone', async () => {
    await onStage(async ({ github, act }) => {
      const mark = '<!-- lockstep:plan -->\n';
      const entry = (id: number, login: string, body: string) => ({ id, user: { login }, body });
      const others = [
        ...Array.from({ length: 120 }, (_, index) => entry(index + 1, 'somebody', 'so be it')),
        entry(201, 'mallory', `${mark}<!-- {"name":""} -->\nall is well`),
        entry(202, BOT, `${mark}<!-- {"name": -->`),
        entry(203, BOT, `${mark}<!-- {"name":"press"} -->`),
        entry(204, BOT, `quoted: ${mark}<!-- {"name":""} -->`),
      ];
      const mine = entry(205, BOT, `${mark}<!-- {"name":""} -->\nold`);
      await github.set({ comments: { '7': [...others, mine] } });
      await act({ mode: 'plan' });
      const { comments } = await github.state();
      expect(comments['7']?.slice(0, -1)).toEqual(others);
      expect(comments['7']?.at(-1)).toMatchObject({ id: 205, body: expect.stringContaining('## lockstep plan') });
    });
  });

  it('one that fails says why in the comment, which then approves nothing', async () => {
    await onStage(async ({ github, cwd, act }) => {
      await act({ mode: 'plan' });
      await writeFile(
        join(cwd, 'policies/zoom.yaml'),
        'version: 1\naccount: { settings: { in_meeting: { "``` @all": 1 } } }\n',
      );
      const failed = await act({ mode: 'plan' });
      expect(failed).toMatchObject({ code: 1, outputs: { 'exit-code': '1', fingerprint: '', 'report-html': '' } });
      expect(failed.log).toMatch(/^::error title=lockstep::policies\/zoom\.yaml:2:/m);
      const [comment] = (await github.state()).comments['7'] ?? [];
      expect(comment?.body).toMatch(
        /^<!-- lockstep:plan -->\n<!-- \{"name":""\} -->\n## lockstep plan: failed\n\n````text\n/,
      );
      expect(failed.summary).toContain('policies/zoom.yaml:2:');
    });
  });

  it('that may not comment warns, and is a plan all the same', async () => {
    await onStage(async ({ github, act }) => {
      await github.set({ forbidden: true });
      const step = await act({ mode: 'plan' });
      expect(step).toMatchObject({ code: 0, outputs: { 'exit-code': '2' } });
      expect(step.log).toMatch(/^::warning title=lockstep::GitHub could not be told: .*HTTP 403/m);
    });
  });

  it('asks gh nothing where there is no comment to write, and no pull request to write to', async () => {
    await onStage(async ({ github, cwd, act }) => {
      expect(await act({ mode: 'plan', comment: 'false' })).toMatchObject({ code: 0 });
      await writeFile(join(cwd, '../event.json'), '{}');
      const push = join(cwd, 'push.json');
      await writeFile(push, '{}');
      expect(await act({ mode: 'plan' }, { GITHUB_EVENT_PATH: push })).toMatchObject({ code: 0 });
      expect(await github.asked()).toEqual([]);
    });
  });

  it('keeps credentials apart: gh sees none of Zoom, and policies none of GitHub', async () => {
    const text = `version: 1
account: { settings: { chat: { send_data_to_third_party_archiving_service: { passcode: !env GH_TOKEN } } } }
`;
    await onStage(async ({ github, act }) => {
      const step = await act({ mode: 'plan' });
      expect(step).toMatchObject({ code: 1 });
      expect(step.log).toContain('GH_TOKEN');
      expect(`${step.log}${step.summary}`).not.toContain('gh-canary');
      const asked = await github.asked();
      expect(asked.length).toBeGreaterThan(0);
      expect(asked.filter(({ leaked, token }) => leaked.length > 0 || token !== 'gh-canary')).toEqual([]);
    }, text);
  });

  it('takes no command to the runner from what lockstep prints', async () => {
    await onStage(async ({ act }) => {
      const { log } = await act({ mode: 'plan' });
      const [, token = ''] = /^::stop-commands::(\S+)$/m.exec(log) ?? [];
      expect(token).not.toBe('');
      expect(log.indexOf('Fingerprint')).toBeGreaterThan(log.indexOf('::stop-commands::'));
      expect(log.indexOf('Fingerprint')).toBeLessThan(log.indexOf(`\n::${token}::`));
    });
  });

  it('--fail-on fails the step, and the comment approves nothing', async () => {
    const text = 'version: 1\naccount: { settings: { in_meeting: { alert_guest_join: !locked false } } }\n';
    await onStage(async ({ sandbox, github, act }) => {
      sandbox.act({ target: 'account', document: 'settings', body: { in_meeting: { alert_guest_join: true } } });
      const step = await act({ mode: 'plan', 'fail-on': 'weakening, lossy' });
      expect(step, step.log).toMatchObject({ code: 3, outputs: { 'exit-code': '3' } });
      const [comment] = (await github.state()).comments['7'] ?? [];
      expect(comment?.body).toContain('<!-- {"name":""} -->\n## lockstep plan: refused');
      expect(comment?.body).toContain('## lockstep plan: 2 changes');
    }, text);
  });
});

describe.concurrent('apply', () => {
  it('applies the plan of the pull request that was merged, and no other', async () => {
    await onStage(async ({ sandbox, github, act }) => {
      const { fingerprint } = (await act({ mode: 'plan' })).outputs;
      await github.set({ ...(await github.state()), ...merged() });
      const before = sandbox.state();

      sandbox.act({ target: 'account', document: 'settings', body: { in_meeting: { file_transfer: false } } });
      const moved = await act({ mode: 'apply' });
      expect(moved).toMatchObject({ code: 3, outputs: { 'exit-code': '3' } });
      expect(moved.outputs['fingerprint']).not.toBe(fingerprint);
      expect(moved.summary).toContain(`not the expected ${fingerprint}`);
      expect(moved.summary).toContain('## lockstep plan: ');
      expect(patches(sandbox)).toBe(0);

      sandbox.reset(before);
      const applied = await act({ mode: 'apply', expect: 'reviewed' });
      expect(applied, applied.log).toMatchObject({ code: 0, outputs: { 'exit-code': '0', fingerprint } });
      expect(patches(sandbox)).toBe(2);
      const comments = (await github.state()).comments['7'] ?? [];
      expect(comments.map(({ body }) => body.split('\n')[0])).toEqual([
        '<!-- lockstep:plan -->',
        '<!-- lockstep:result -->',
      ]);
      expect(comments[1]?.body).toContain('## lockstep apply: 2 of 2 applied');
    });
  });

  it.each<[what: string, github: object, because: string]>([
    ['a commit without a pull request', {}, 'this commit came by no pull request'],
    ['a pull request without a plan', merged(), 'pull request #7 shows no plan'],
    [
      'a plan of another commit than was merged',
      { ...merged('c'.repeat(40)), planned: true },
      `and ${'c'.repeat(40)} was merged`,
    ],
    ['a plan that somebody else wrote', { ...merged(), planned: 'mallory' }, 'pull request #7 shows no plan'],
  ])(
    '%s: nothing is applied, and the plan is shown',
    async (_, { planned, ...state }: { planned?: true | string }, because) => {
      await onStage(async ({ sandbox, github, act }) => {
        if (planned !== undefined) await act({ mode: 'plan' });
        const comments = Object.values((await github.state()).comments).flat();
        const login = typeof planned === 'string' ? planned : BOT;
        await github.set({ comments: { '7': comments.map((comment) => ({ ...comment, user: { login } })) }, ...state });
        const step = await act({ mode: 'apply' });
        expect(step).toMatchObject({ code: 3, outputs: { 'exit-code': '3' } });
        expect(step.log).toContain(because);
        expect(step.outputs['fingerprint']).toMatch(FINGERPRINT);
        expect(step.summary).toContain(step.outputs['fingerprint']);
        expect(patches(sandbox)).toBe(0);

        const given = await act({ mode: 'apply', expect: step.outputs['fingerprint'] ?? '' });
        expect(given, given.log).toMatchObject({ code: 0 });
        expect(patches(sandbox)).toBe(2);
      });
    },
  );

  it('what cannot be asked of GitHub is not taken for reviewed', async () => {
    await onStage(async ({ sandbox, github, act }) => {
      await github.set({ forbidden: true });
      const step = await act({ mode: 'apply' });
      expect(step).toMatchObject({ code: 3, outputs: { 'exit-code': '3' } });
      expect(step.log).toContain('what was reviewed cannot be read: gh api GET commits/');
      expect(patches(sandbox)).toBe(0);
      expect(await act({ mode: 'apply', expect: 'any' })).toMatchObject({ code: 0 });
    });
  });

  it('a job that is cancelled: what is under way finishes, and how far it came is told', async () => {
    const play = async ({ sandbox, act }: Stage) => {
      let kill: (signal: NodeJS.Signals) => void = () => undefined;
      const running = act({ mode: 'apply', expect: 'any' }, {}, (by) => {
        kill = by;
      });
      await vi.waitFor(() => expect(patches(sandbox)).toBeGreaterThan(0), { timeout: 20_000, interval: 5 });
      kill('SIGINT');
      const step = await running;
      expect(step, step.log).toMatchObject({ code: 130, outputs: { 'exit-code': '130' } });
      expect(step.summary).toMatch(/^## lockstep apply: stopped/);
      expect(JSON.parse(step.outputs['counts'] ?? '')).toMatchObject({ applied: 1, notAttempted: 1, failed: 0 });
      expect(sandbox.log().filter(({ status }) => status === 0)).toEqual([]);
    };
    await onStage(play, POLICY, 200);
  });
});

describe.concurrent('drift', () => {
  it('opens one issue, writes on in it, and closes it', async () => {
    await onStage(async ({ sandbox, github, act }) => {
      const look = () => act({ mode: 'drift', issue: 'true', 'on-differences': 'pass' });
      const pull: Issue = {
        id: 900,
        number: 900,
        title: 'x',
        state: 'open',
        user: { login: BOT },
        body: '<!-- lockstep:drift -->\n<!-- {"name":""} -->',
        pull_request: {},
      };
      await github.set({ issues: [pull] });
      expect(await look()).toMatchObject({ code: 0, outputs: { 'exit-code': '2' } });
      const [, issue] = (await github.state()).issues;
      expect(issue).toMatchObject({ state: 'open', title: 'Zoom has drifted from the policies' });
      expect(issue?.body).toMatch(
        /^<!-- lockstep:drift -->\n<!-- \{"name":"","fingerprint":"[0-9a-f]{64}@127\.0\.0\.1:\d+\/sandbox-account"\} -->\n## lockstep drift/,
      );

      await look();
      expect((await github.state()).issues).toHaveLength(2);
      expect((await github.state()).comments).toEqual({});
      sandbox.act({ target: 'account', document: 'settings', body: { in_meeting: { file_transfer: false } } });
      await look();
      const number = String(issue?.number);
      expect((await github.state()).comments[number]?.map(({ body }) => body)).toEqual([
        expect.stringMatching(/^The drift has changed/),
      ]);
      await act({ mode: 'apply', expect: 'any', comment: 'false' });
      expect(await look()).toMatchObject({ code: 0, outputs: { 'exit-code': '0' } });
      const { issues, comments } = await github.state();
      expect(issues).toMatchObject([
        { number: 900, state: 'open' },
        { state: 'closed', state_reason: 'completed' },
      ]);
      expect(comments[number]?.at(-1)?.body).toMatch(/^Zoom matches the policies again/);
      await look();
      expect((await github.state()).issues).toEqual(issues);
    });
  });

  it('fails for differences unless told otherwise, and an error is no drift', async () => {
    await onStage(async ({ github, act }) => {
      expect(await act({ mode: 'drift' })).toMatchObject({ code: 2, outputs: { 'exit-code': '2' } });
      const broken = await act({ mode: 'drift', issue: 'true' }, { ZOOM_CLIENT_SECRET: 'wrong' });
      expect(broken).toMatchObject({ code: 5, outputs: { 'exit-code': '5' } });
      expect(broken.summary).toMatch(/^## lockstep drift: not let in/);
      expect((await github.state()).issues).toEqual([]);
    });
  });
});

describe.concurrent('what could not be seen', () => {
  it('fails a plan that would let differences pass', async () => {
    await onStage(async ({ cwd, act }) => {
      const group = 'groups: { "Nobody *": { settings: { in_meeting: { chat: true } } } }';
      await writeFile(join(cwd, 'policies/missing.yaml'), `version: 1\n${group}\n`);
      const step = await act({ mode: 'plan', 'on-differences': 'pass' });
      expect(step, step.log).toMatchObject({ code: 2, outputs: { 'exit-code': '2' } });
      expect(JSON.parse(step.outputs['counts'] ?? '')).toMatchObject({ unmatched: 1, unseen: 1 });
      expect(step.log).toContain('Not all that the policies manage is in Zoom');
      expect(step.summary).toContain('Not seen: 1 unmatched (group:Nobody *).');
      const listed = await act({ mode: 'plan', 'fail-on': 'unknown,unmatched' });
      expect(listed, listed.log).toMatchObject({ code: 3 });
    });
  });
});

describe.concurrent('check', () => {
  it('fails at the severity that is asked for, with paths from the root of the repository', async () => {
    await onStage(async ({ cwd, act }) => {
      const inner = join(cwd, 'it/zoom settings');
      await cp(join(cwd, 'policies'), join(inner, 'policies'), { recursive: true });
      const step = await act({
        mode: 'check',
        policies: 'pack:k12\npolicies',
        'working-directory': 'it/zoom settings',
      });
      expect(step, step.log).toMatchObject({ code: 2, outputs: { 'exit-code': '2', fingerprint: '' } });
      expect(JSON.parse(step.outputs['counts'] ?? '')).toMatchObject({ fail: expect.any(Number) });
      const sarif = await readFile(step.outputs['report-sarif'] ?? '', 'utf8');
      expect(sarif).toContain('"uri": "it/zoom%20settings/policies/zoom.yaml"');
      expect(
        await act({ mode: 'check', policies: 'policies', severity: 'critical', 'rate-share': '80%' }),
      ).toMatchObject({ code: 0 });
    });
  });
});

describe('inputs', () => {
  it.each<[inputs: Record<string, string>, says: string]>([
    [{}, 'mode: "" is none of plan, apply, drift, check'],
    [{ mode: 'destroy' }, 'mode: "destroy" is none of'],
    [{ mode: 'plan', 'rate-plan': 'gratis' }, 'rate-plan: "gratis"'],
    [{ mode: 'plan', 'rate-share': '150' }, 'rate-share: "150" is not a percentage'],
    [{ mode: 'plan', 'fail-on': 'weakening;id' }, 'fail-on'],
    [{ mode: 'drift', 'fail-on': 'lossy' }, 'fail-on: goes with plan, apply only'],
    [{ mode: 'plan', expect: 'any' }, 'expect: goes with apply only'],
    [{ mode: 'check', severity: 'grave' }, 'severity'],
    [{ mode: 'plan', severity: 'high' }, 'severity: goes with check only'],
    [{ mode: 'apply', expect: 'DEADBEEF' }, 'expect'],
    [{ mode: 'apply', 'allow-blocked': 'yes' }, 'allow-blocked: "yes" is none of true, false'],
    [{ mode: 'drift', 'allow-lossy': 'true' }, 'allow-lossy: goes with apply only'],
    [{ mode: 'apply', 'max-targets': '1e9' }, 'max-targets'],
    [{ mode: 'plan', name: 'a b' }, 'name'],
    [{ mode: 'plan', version: '99.0.0' }, 'the input version asks for 99.0.0'],
    [{ mode: 'plan', version: 'latest' }, 'version'],
    [{ mode: 'plan', 'working-directory': '../..' }, 'is not in the repository'],
    [{ mode: 'plan', 'working-directory': '/etc' }, 'is not in the repository'],
    [{ mode: 'plan', 'working-directory': 'nowhere' }, 'there is no folder'],
  ])('%j is refused', async (inputs, says) => {
    await onStage(async ({ sandbox, act }) => {
      const step = await act({ mode: '', ...inputs });
      expect(step).toMatchObject({ code: 1, outputs: { 'exit-code': '1' } });
      expect(step.log).toMatch(/^::error title=lockstep::/);
      expect(step.log).toContain(says);
      expect(sandbox.log()).toEqual([]);
    });
  });

  it('all that is wrong is told at once', async () => {
    await onStage(async ({ act }) => {
      const { log } = await act({ mode: 'apply', expect: 'x', 'max-targets': 'y', author: 'a b' });
      for (const name of ['expect', 'max-targets', 'author']) expect(log).toContain(`${name}: `);
    });
  });

  it('nothing of them is taken for a flag or by a shell', async () => {
    await onStage(async ({ cwd, act }) => {
      const evil = '$(touch pwned)`touch pwned`;touch pwned';
      const step = await act({ mode: 'plan', policies: `--allow-unknown\n${evil}`, target: `--version\n${evil}` });
      expect(step).toMatchObject({ code: 1 });
      expect(step.log).toContain('--allow-unknown:1:1: error: there is no such file or folder');
      expect(await readFile(join(cwd, 'pwned'), 'utf8').catch(() => 'absent')).toBe('absent');
    });
  });
});

describe('prepare.sh', () => {
  it('builds what is not built, without a credential in sight and without scripts of dependencies', async () => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'lockstep-action-')));
    try {
      await mkdir(join(folder, 'action'), { recursive: true });
      await cp(join(ROOT, 'action/prepare.sh'), join(folder, 'action/prepare.sh'));
      const npm = `#!/bin/sh\necho "npm $*" >> ${folder}/asked\nenv >> ${folder}/asked\n`;
      await writeFile(join(folder, 'npm'), npm, { mode: 0o755 });
      const prepare = () =>
        promisify(execFile)('bash', [join(folder, 'action/prepare.sh')], {
          env: {
            PATH: [folder, dirname(process.execPath), process.env['PATH']].join(delimiter),
            ZOOM_CLIENT_SECRET: 'canary',
            GH_TOKEN: 'canary',
            HTTPS_PROXY: 'http://proxy.example.edu:8080',
          },
        });
      await prepare();
      const asked = await readFile(join(folder, 'asked'), 'utf8');
      expect(asked.match(/^npm .*$/gm)).toEqual([
        'npm ci --ignore-scripts --no-audit --no-fund --loglevel=error',
        'npm run --silent build',
      ]);
      expect(asked).toContain('HTTPS_PROXY=http://proxy.example.edu:8080');
      expect(asked).not.toContain('canary');
      await mkdir(join(folder, 'dist'));
      await writeFile(join(folder, 'dist/cli.js'), '');
      await prepare();
      expect(await readFile(join(folder, 'asked'), 'utf8')).toBe(asked);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('action.yml', () => {
  interface Action {
    readonly inputs: Record<string, { description: string; default?: string; required?: boolean }>;
    readonly outputs: Record<string, { value: string }>;
    readonly runs: {
      using: string;
      steps: { id?: string; run?: string; env?: Record<string, string>; uses?: string }[];
    };
  }
  const action = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as Action;
  const scripts = ['inputs', 'main'].map((name) => readFileSync(join(ROOT, `action/${name}.mjs`), 'utf8')).join('');

  it('hands every input to the script, and none to a shell', () => {
    const { steps } = action.runs;
    expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([]);
    const handed = steps.flatMap(({ env }) => Object.entries(env ?? {}));
    const expected = Object.keys(action.inputs)
      .filter((name) => name !== 'github-token')
      .map((name) => [`INPUT_${name.toUpperCase().replaceAll('-', '_')}`, `\${{ inputs.${name} }}`]);
    const token = 'inputs.github-token';
    expect(handed).toEqual([['GH_TOKEN', `\${{ ${token} }}`], ...expected]);
  });

  it('declares what the script reads and writes', () => {
    const read = new Set(
      [...scripts.matchAll(/(?:text|oneOf|shaped|isOn|lines)\(\s*'([a-z-]+)'/g)].map(([, name]) => name),
    );
    expect([...read].sort()).toEqual(
      Object.keys(action.inputs)
        .filter((name) => name !== 'github-token')
        .sort(),
    );
    for (const [name, { value }] of Object.entries(action.outputs)) {
      expect(value).toBe(`\${{ steps.run.outputs.${name} }}`);
      expect(scripts).toContain(name.startsWith('report-') ? name.slice('report-'.length) : name);
    }
  });

  it('its defaults are inputs that it takes', async () => {
    const defaults = Object.entries(action.inputs).flatMap(([name, input]) =>
      input.default === undefined || name === 'github-token' ? [] : [[name, input.default]],
    );
    await onStage(async ({ act }) => {
      const given = { ...Object.fromEntries(defaults), 'rate-plan': 'none' };
      for (const mode of ['plan', 'drift', 'check']) {
        expect((await act({ ...given, mode })).outputs['exit-code'], mode).toBe('2');
      }
    });
  });
});
