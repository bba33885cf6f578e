/**
 * A run that loses its lock or its records while it sends: it sends nothing more, reports what it did, and its exit code
 * comes through.
 */
import { readdirSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { readRun } from '../../src/journal/read.ts';
import { sentChanges } from '../../src/journal/summary.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { lockFileOf } from '../helpers/account.ts';
import { type Ended, start, withFiles } from '../helpers/built.ts';
import { stateOf } from '../helpers/organisation.ts';

const GROUPS = Array.from({ length: 6 }, (_, index) => `Class ${index + 1}`);
const POLICY = `version: 1
groups:
  "*": { settings: { in_meeting: { chat: false } } }
`;
const STATE = stateOf({
  account: { settings: { in_meeting: { chat: true } }, lock_settings: { in_meeting: { chat: false } } },
  groups: Object.fromEntries(GROUPS.map((name) => [name, { settings: { in_meeting: { chat: true } } }])),
});
const APPLY = ['apply', 'policy.yaml', '-y', '--rate-plan', 'none', '--concurrency', '1'];

interface Scene {
  readonly cwd: string;
  readonly apply: () => ReturnType<typeof start>;
  /** The groups whose settings were sent, in order. */
  readonly sent: () => readonly string[];
  readonly sandbox: Sandbox;
}

/** Each answer takes so long that a run always waits for one, between its requests. */
async function onScene(play: (scene: Scene) => Promise<void>): Promise<void> {
  await withFiles({ 'policy.yaml': POLICY }, async (cwd) => {
    const sandbox = await startSandbox({ state: STATE, latencyMs: 300 });
    const names = new Map(sandbox.state().groups.map(({ id, name }) => [id, name]));
    const sent = () =>
      sandbox.log().flatMap(({ method, path }) => {
        const id = /^\/v2\/groups\/([^/]+)\/settings/.exec(path)?.[1];
        return method === 'PATCH' && id !== undefined ? [names.get(id) ?? id] : [];
      });
    try {
      await play({ cwd, apply: () => start(APPLY, { cwd, env: sandbox.env }), sent, sandbox });
    } finally {
      await sandbox.close();
    }
  });
}

const until = (holds: () => void) => vi.waitFor(holds, { timeout: 20_000, interval: 5 });

/** What holds of every run that had to leave something out. */
function expectReported({ code, stdout, stderr }: Ended, applied: number): void {
  expect({ code, stderr }).toEqual({ code: 4, stderr: expect.not.stringMatching(/bug|undefined/) });
  const left = GROUPS.length - applied;
  expect(stdout).toContain(`Applied ${applied} of ${GROUPS.length}: 0 ineffective, 0 failed, ${left} not attempted`);
  for (const name of GROUPS) expect(stdout).toContain(`group:${name}`);
}

describe('an apply that was suspended', () => {
  it('for so long that another one took over: it sends nothing more, and the other one is not disturbed', async () => {
    await onScene(async ({ cwd, apply, sent, sandbox }) => {
      const first = apply();
      await until(() => expect(sent()).toHaveLength(2));
      first.child.kill('SIGSTOP');
      // What the file looks like after a minute in which nobody refreshed it.
      const minuteAgo = new Date(Date.now() - 60_000);
      utimesSync(join(cwd, lockFileOf(sandbox)), minuteAgo, minuteAgo);

      const second = apply();
      await until(() => expect(sent()).toHaveLength(4));
      first.child.kill('SIGCONT');
      expectReported(await first.ended, 2);
      const { stdout } = await first.ended;
      expect(stdout).toContain(
        `this run has lost its lock on the account: another apply has taken it over: process ${second.child.pid} on `,
      );

      expect(await second.ended).toMatchObject({ code: 0, stderr: expect.stringContaining(' did not finish: ') });
      // The first one's two, and the rest by the second one.
      expect(sent()).toEqual(GROUPS);
      expect(sandbox.log().filter(({ status }) => status >= 400)).toEqual([]);
      expect(readdirSync(join(cwd, '.lockstep'))).toEqual(['runs']);
      const [journal = ''] = readdirSync(join(cwd, '.lockstep/runs')).sort();
      const run = await readRun(cwd, journal.replace('.jsonl', ''));
      expect(run.exitCode).toBe(4);
      expect(sentChanges(run)).toHaveLength(2);
    });
  });

  it('and that nobody took over goes on where it was', async () => {
    await onScene(async ({ cwd, apply, sent, sandbox }) => {
      const { child, ended } = apply();
      await until(() => expect(sent()).toHaveLength(2));
      child.kill('SIGSTOP');
      const minuteAgo = new Date(Date.now() - 60_000);
      utimesSync(join(cwd, lockFileOf(sandbox)), minuteAgo, minuteAgo);
      child.kill('SIGCONT');
      expect(await ended).toMatchObject({ code: 0, stderr: '' });
      expect(sent()).toEqual(GROUPS);
    });
  });
});

describe('nothing is sent that cannot be recorded', () => {
  it.each<[what: string, where: string | undefined, why: RegExp]>([
    ['.lockstep', '.lockstep', /The run ended early: this run has lost its lock|The run ended early: the journal/],
    ['the lock', undefined, /The run ended early: .* lost its lock .*apply-[\w-]+\.json was deleted$/m],
    ['the journal', '.lockstep/runs', /The run ended early: the journal \S+ cannot be written: .* \(ENOENT\)$/m],
  ])('%s deleted in the middle', async (_, where, why) => {
    await onScene(async ({ cwd, apply, sent, sandbox }) => {
      const { ended } = apply();
      await until(() => expect(sent()).toHaveLength(2));
      rmSync(join(cwd, where ?? lockFileOf(sandbox)), { recursive: true });
      expectReported(await ended, 2);
      expect((await ended).stdout).toMatch(why);
      expect(sent()).toHaveLength(2);
    });
  });

  it('deleted after the last request: the report says that all is applied', async () => {
    await onScene(async ({ cwd, apply, sent }) => {
      const { ended } = apply();
      await until(() => expect(sent()).toHaveLength(GROUPS.length));
      rmSync(join(cwd, '.lockstep'), { recursive: true });
      const { code, stdout, stderr } = await ended;
      expect({ code, stderr }).toEqual({
        code: 0,
        stderr: expect.stringMatching(/^warning: the end of the run is not in its journal: the journal \S+ cannot/),
      });
      expect(stdout).toContain(`Applied ${GROUPS.length} of ${GROUPS.length}`);
    });
  });
});
