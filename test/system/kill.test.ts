/** The real process, ended in the middle: by kill -9 at each write, by SIGTERM, and by another that holds the account. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { type Sandbox, type SandboxState, startSandbox } from '../../src/sandbox/index.ts';
import { lockFileOf } from '../helpers/account.ts';
import { start, withFiles } from '../helpers/built.ts';
import { lockstep } from '../helpers/host.ts';
import { earlyLocks, isSame, type Moment, managedBy, shown } from '../helpers/oracle.ts';
import { STORIES, type Story } from '../helpers/stories.ts';

const APPLY = ['apply', 'policy.yaml', '--auto-approve', '--rate-plan', 'none'];

interface Scene {
  readonly cwd: string;
  readonly sandbox: Sandbox;
  readonly moments: Moment[];
  /** In this process. */
  readonly run: (...argv: string[]) => ReturnType<typeof lockstep>;
  /** In a process of its own. */
  readonly begin: (...argv: string[]) => ReturnType<typeof start>;
  readonly patches: () => ReturnType<Sandbox['log']>;
}

async function onScene(
  { policy, state, sandbox: options }: Story,
  latencyMs: number,
  play: (scene: Scene) => Promise<void>,
): Promise<void> {
  await withFiles({ 'policy.yaml': policy }, async (cwd) => {
    const moments: Moment[] = [{ logged: 0, state }];
    const sandbox: Sandbox = await startSandbox({
      ...options,
      state,
      latencyMs,
      onChange: (next) => moments.push({ logged: sandbox.log().length, state: next }),
    });
    const { env } = sandbox;
    try {
      await play({
        cwd,
        sandbox,
        moments,
        run: (...argv) => lockstep(argv, { cwd, env }),
        begin: (...argv) => start(argv, { cwd, env }),
        patches: () => sandbox.log().filter(({ method }) => method === 'PATCH'),
      });
    } finally {
      await sandbox.close();
    }
  });
}

const until = (holds: () => void) => vi.waitFor(holds, { timeout: 30_000, interval: 3 });

function storyNamed(name: string): Story {
  const story = STORIES.find((candidate) => candidate.name === name);
  if (story === undefined) throw new Error(`no story is named ${name}`);
  return story;
}

/** What a run that nobody disturbs comes to. */
async function undisturbed(story: Story): Promise<{ writes: number; after: SandboxState }> {
  let clean: { writes: number; after: SandboxState } | undefined;
  await onScene(story, 0, async ({ run, patches, sandbox }) => {
    expect(await run(...APPLY)).toMatchObject({ code: 0 });
    clean = { writes: patches().length, after: sandbox.state() };
  });
  if (clean === undefined) throw new Error('the story did not run');
  return clean;
}

const KILLED = await Promise.all(
  ['both levels and a user', 'two documents a target, with locks in both'].map(async (name) => {
    const story = storyNamed(name);
    return { name, story, ...(await undisturbed(story)) };
  }),
);

describe.each(KILLED)('kill -9: $name', ({ story, writes, after }) => {
  const cases = Array.from({ length: writes }, (_, index) => index + 1);

  it.concurrent.each(cases)('at write %i', { timeout: 90_000 }, async (k) => {
    await onScene(story, 60, async ({ cwd, sandbox, moments, run, begin, patches }) => {
      const { child, ended } = begin(...APPLY);
      await until(() => expect(patches().length).toBeGreaterThanOrEqual(k));
      child.kill('SIGKILL');
      expect((await ended).code).toBe(null);
      // What had come in is carried out, whoever asked for it.
      await until(() => expect(sandbox.log().filter(({ status }) => status === 0)).toEqual([]));
      expect(patches().length).toBeLessThan(k + 2);

      const runs = join(cwd, '.lockstep/runs');
      const [journal = ''] = readdirSync(runs);
      const id = journal.replace('.jsonl', '');
      expect(statSync(join(runs, journal)).mode & 0o777).toBe(0o600);
      // The dead process still holds the account.
      expect(JSON.parse(readFileSync(join(cwd, lockFileOf(sandbox)), 'utf8'))).toMatchObject({ pid: child.pid });
      const left = sandbox.state();

      const again = await run(...APPLY);
      expect(again.code, again.stdout + again.stderr).toBe(0);
      expect(again.stderr).toContain(`The last run, ${id}, did not finish: `);
      expect(sandbox.state()).toEqual(after);
      expect(await run('plan', 'policy.yaml', '--detailed-exitcode')).toMatchObject({ code: 0 });
      const goal = shown(after);
      const early = earlyLocks(sandbox.log(), moments, await managedBy(cwd, story.state), (state, { label, path }) =>
        isSame(shown(state), goal, label, { kind: 'set', path }),
      );
      expect(early).toEqual([]);
      const listed = (await run('runs')).stdout.trimEnd().split('\n');
      const nothingWasLeft = patches().length === writes && k === writes;
      expect(listed.at(-1)).toMatch(new RegExp(`^${id}  Example \\(sandbox-account\\) at \\S+  did not finish: `));
      if (!nothingWasLeft)
        expect(listed[0]).toMatch(/ended with exit code 0: \d+ applied, 0 sent and not read back, 0 not/);

      sandbox.reset(left);
      const back = await run('rollback', id, '--auto-approve');
      expect(back.code, back.stdout + back.stderr).toBe(0);
      expect(shown(sandbox.state())).toEqual(shown(story.state));
    });
  });
});

describe.concurrent('one at a time, to its end', () => {
  const story = storyNamed('both levels and a user');

  it('a second apply in one folder is told who holds the account, and sends nothing', async () => {
    const { writes } = await undisturbed(story);
    await onScene(story, 200, async ({ sandbox, begin, patches }) => {
      const first = begin(...APPLY);
      await until(() => expect(patches().length).toBeGreaterThan(0));
      const second = await begin(...APPLY).ended;
      expect(second).toMatchObject({
        code: 3,
        stderr: expect.stringContaining(`process ${first.child.pid} on ${hostname()}`),
      });
      expect(first.child.exitCode).toBe(null);
      expect(await first.ended).toMatchObject({ code: 0 });
      expect(patches().length).toBe(writes);
      expect(sandbox.log().filter(({ status }) => status === 429)).toEqual([]);
    });
  }, 90_000);

  it('SIGTERM: what is under way finishes, the results are printed, and a rerun goes on', async () => {
    await onScene(story, 150, async ({ sandbox, run, begin, patches }) => {
      const { child, ended } = begin(...APPLY);
      await until(() => expect(patches().length).toBeGreaterThan(1));
      child.kill('SIGTERM');
      const { code, stdout, stderr } = await ended;
      expect(code).toBe(130);
      expect(stderr).toContain('Stopping: requests in flight finish, and nothing more is sent.');
      expect(stdout).toMatch(/^(?:applied|left unlocked) .* in_meeting\.private_chat .*- lock/m);
      expect(stdout).toMatch(/^not attempted .*\n +the run was stopped$/m);
      expect(stdout).toMatch(/^Applied \d+ of \d+: 0 ineffective, 0 failed, \d+ not attempted/m);
      expect(stdout).toContain('The run was interrupted.');
      expect(sandbox.log().filter(({ status }) => status === 0)).toEqual([]);
      expect((await run('runs')).stdout).toContain('ended with exit code 130: ');
      expect(await run(...APPLY)).toMatchObject({ code: 0, stderr: expect.not.stringContaining('did not end') });
    });
  }, 90_000);
});
