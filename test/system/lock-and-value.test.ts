/**
 * A lock is never left over a value that the policy did not lock: whatever an administrator changes between the plan and the
 * lock, or just after it. Through the built command line, judged by what the sandbox holds in the end.
 */
import { describe, expect, it, vi } from 'vitest';
import { type Sandbox, type SandboxState, startSandbox } from '../../src/sandbox/index.ts';
import { type Ended, lockstep, start, withFiles } from '../helpers/built.ts';
import { stateOf } from '../helpers/organisation.ts';

/** The value is right and not locked: an apply sends the lock alone. */
const RIGHT = { settings: { in_meeting: { chat: false } }, lock_settings: { in_meeting: { chat: false } } };
const WRONG = { ...RIGHT, settings: { in_meeting: { chat: true } } };
const STATE = stateOf({ account: WRONG, groups: { Students: RIGHT } });
const POLICY = 'version: 1\ngroups: { Students: { settings: { in_meeting: { chat: !locked false } } } }\n';
const QUICK = ['--rate-plan', 'none'];

interface Scene {
  readonly sandbox: Sandbox;
  readonly run: (...argv: string[]) => Promise<Ended>;
  readonly begin: (...argv: string[]) => ReturnType<typeof start>;
}

interface Setting {
  readonly state?: SandboxState;
  readonly policy?: string;
  readonly onLock?: (sandbox: Sandbox) => void;
}

async function onScene({ state = STATE, policy = POLICY, onLock }: Setting, play: (scene: Scene) => Promise<void>) {
  await withFiles({ 'policy.yaml': policy }, async (cwd) => {
    let acted = false;
    const sandbox: Sandbox = await startSandbox({
      state,
      onChange: (changed) => {
        if (onLock === undefined || acted || !isLocked(changed)) return;
        acted = true;
        onLock(sandbox);
      },
    });
    const surroundings = { cwd, env: sandbox.env };
    try {
      await play({
        sandbox,
        run: (...argv) => lockstep([...argv, ...QUICK], surroundings),
        begin: (...argv) => start([...argv, ...QUICK], surroundings),
      });
    } finally {
      await sandbox.close();
    }
  });
}

const documentOf = ({ groups }: SandboxState, name: string) => groups[0]?.documents[name] as Record<string, object>;
const isLocked = (state: SandboxState) => chatOf(state).locked;
const chatOf = (state: SandboxState) => ({
  value: (documentOf(state, 'settings')['in_meeting'] as { chat: boolean }).chat,
  locked: (documentOf(state, 'lock_settings')['in_meeting'] as { chat: boolean }).chat,
});
const open = (sandbox: Sandbox) =>
  sandbox.act({ target: 'group:Students', document: 'settings', body: { in_meeting: { chat: true } } });
const patches = (sandbox: Sandbox) => sandbox.log().filter(({ method }) => method === 'PATCH');

describe('a value that moves before its lock is sent', () => {
  it('between a saved plan and its apply: the lock is not sent', async () => {
    await onScene({}, async ({ sandbox, run }) => {
      expect(await run('plan', 'policy.yaml', '--out', 'plan')).toMatchObject({ code: 0 });
      open(sandbox);
      const { code, stdout } = await run('apply', '--plan', 'plan', '-y');
      expect(chatOf(sandbox.state())).toEqual({ value: true, locked: false });
      expect(patches(sandbox)).toEqual([]);
      expect(code).toBe(4);
      expect(stdout).toContain('it would freeze in_meeting.chat, which is true and should be false');
    });
  });

  it('while the answers of the plan are under way', async () => {
    await onScene({}, async ({ sandbox, begin }) => {
      sandbox.setFaults([{ do: 'slow', ms: 1500, match: { path: 'lock_settings', method: 'GET' } }]);
      const { ended } = begin('apply', 'policy.yaml', '-y');
      const readsOf = () => sandbox.log().filter(({ path }) => path.endsWith('/settings'));
      await vi.waitFor(() => expect(readsOf()).not.toEqual([]), { timeout: 20_000, interval: 5 });
      await vi.waitFor(() => expect(readsOf()[0]?.status).toBe(200), { timeout: 20_000, interval: 5 });
      open(sandbox);
      expect(await ended).toMatchObject({ code: 4 });
      expect(chatOf(sandbox.state())).toEqual({ value: true, locked: false });
    });
  });

  it('left out by --partial, its lock is left out too', async () => {
    const state = stateOf({ account: WRONG, groups: { Students: WRONG } });
    await onScene({ state }, async ({ sandbox, run }) => {
      expect(await run('plan', 'policy.yaml', '--out', 'plan')).toMatchObject({ code: 0 });
      sandbox.setFaults([{ do: 'refuse', status: 403, code: 4711, message: 'no', match: { path: '/settings' } }]);
      const { code, stdout } = await run('apply', '--plan', 'plan', '--partial', '-y');
      expect(chatOf(sandbox.state())).toEqual({ value: true, locked: false });
      expect(code).toBe(4);
      expect(stdout).toContain('it would freeze in_meeting.chat, which cannot be read');
    });
  });
});

describe('a value that moves just after its lock was sent', () => {
  it('is found by one more look, and the lock is removed again', async () => {
    await onScene({ onLock: open }, async ({ sandbox, run }) => {
      const { code, stdout } = await run('apply', 'policy.yaml', '-y');
      expect(chatOf(sandbox.state())).toEqual({ value: true, locked: false });
      expect(code).toBe(4);
      expect(stdout).toMatch(/ineffective .*group:Students/);
      expect(stdout).toContain('it was locked over another value: in_meeting.chat, which is true and should be false');
      expect(stdout).toContain('the lock was removed again');
      expect(patches(sandbox)).toHaveLength(2);
    });
  });

  it('is reported where the lock cannot be removed', async () => {
    const act = (sandbox: Sandbox) => {
      open(sandbox);
      sandbox.setFaults([{ do: 'refuse', status: 400, code: 300, message: 'no', match: { method: 'PATCH' } }]);
    };
    await onScene({ onLock: act }, async ({ sandbox, run }) => {
      const { code, stdout } = await run('apply', 'policy.yaml', '-y');
      expect(chatOf(sandbox.state())).toEqual({ value: true, locked: true });
      expect(code).toBe(4);
      expect(stdout).toContain('the lock could not be removed');
    });
  });

  it('and a run without trouble locks, and finds nothing to do afterwards', async () => {
    await onScene({}, async ({ sandbox, run }) => {
      expect(await run('apply', 'policy.yaml', '-y')).toMatchObject({ code: 0 });
      expect(chatOf(sandbox.state())).toEqual({ value: false, locked: true });
      expect(await run('drift', 'policy.yaml')).toMatchObject({ code: 0 });
      expect(await run('plan', 'policy.yaml', '--detailed-exitcode')).toMatchObject({ code: 0 });
    });
  });
});

describe('a value that cannot be set', () => {
  it('under a lock of the account: with --allow-blocked its own lock is not sent either', async () => {
    const locked = { ...WRONG, lock_settings: { in_meeting: { chat: true } } };
    const state = stateOf({ account: locked, groups: { Students: WRONG } });
    await onScene({ state }, async ({ sandbox, run }) => {
      await run('apply', 'policy.yaml', '-y', '--allow-blocked');
      expect(documentOf(sandbox.state(), 'lock_settings')['in_meeting']).toEqual({ chat: false });
      expect(patches(sandbox)).toEqual([]);
    });
  });
});
