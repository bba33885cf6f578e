/** One run at a time, and what a run finds out that lost its lock. The files are real, the clocks are not. */
import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LockOptions } from '../../src/journal/lock-file.ts';
import { ownIdentity } from '../../src/journal/process-identity.ts';
import { holdRunLock, isAccountHeld, type RunLock } from '../../src/journal/run-lock.ts';
import { OWN as ACCOUNT } from '../helpers/account.ts';

const SINCE = '2026-01-01T00:00:00.000Z';
const STALE_AFTER = 30_000;
const OWN = await ownIdentity();

let cwd: string;
let file: string;
let held: RunLock[];

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'lockstep-lock-'));
  file = join(cwd, '.lockstep/apply-api_zoom_us-abc123.json');
  held = [];
});
afterEach(async () => {
  for (const lock of held) await lock.release();
  rmSync(cwd, { recursive: true, force: true });
});

/** A clock that moves when it is moved: all of it, or the wall clock only, as when somebody sets it or the machine slept. */
function clockAt(start = Date.now()) {
  let [wall, monotonic] = [start, 0];
  return {
    wall: () => wall,
    monotonic: () => monotonic,
    pass(milliseconds: number) {
      wall += milliseconds;
      monotonic += milliseconds;
    },
    setBy(milliseconds: number) {
      wall += milliseconds;
    },
  };
}

async function hold(clock: LockOptions['clock'] = clockAt(), since = SINCE): Promise<RunLock> {
  const lock = await holdRunLock(cwd, ACCOUNT, since, { staleAfter: STALE_AFTER, clock });
  held.push(lock);
  return lock;
}

/** The lock of somebody else, refreshed so many milliseconds ago. */
function leave(owner: Readonly<Record<string, unknown>> | string): void {
  mkdirSync(join(cwd, '.lockstep'), { recursive: true });
  const text = typeof owner === 'string' ? owner : JSON.stringify({ id: 'other', since: SINCE, ...OWN, ...owner });
  writeFileSync(file, text);
}

/** The id of a process that has ended. */
function endedPid(): number {
  return Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }));
}

const refused = { exitCode: 3, hint: 'wait for it to end; nothing was sent' };
const lost = (message: RegExp) => expect.objectContaining({ exitCode: 4, message: expect.stringMatching(message) });

describe('taking it', () => {
  it('is for its owner only, names the process, and leaves nothing when it is released', async () => {
    const lock = await hold();
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid, host: OWN.host, since: SINCE });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await lock.confirm();
    await lock.release();
    expect(readdirSync(join(cwd, '.lockstep'))).toEqual([]);
    await (await hold()).confirm();
  });

  it('is refused while another run of this process has it', async () => {
    await hold();
    await expect(hold()).rejects.toMatchObject({
      ...refused,
      message: `refused: another apply runs on Example University (abc123): process ${process.pid} on ${OWN.host}, since ${SINCE}`,
    });
    expect(await isAccountHeld(cwd, ACCOUNT)).toBe(true);
    expect(await isAccountHeld(cwd, { ...ACCOUNT, id: 'other' })).toBe(false);
  });

  it.each<[what: string, owner: () => Parameters<typeof leave>[0], isTaken: boolean]>([
    ['a process that has ended', () => ({ pid: endedPid() }), true],
    ['a process that has ended, whose number is used again', () => ({ started: '1' }), true],
    ['a process that runs', () => ({ pid: process.ppid, started: undefined }), false],
    ['a process of another machine', () => ({ host: 'elsewhere', pid: endedPid() }), false],
    [
      'a container of the same name, where every number is alike',
      () => ({ namespace: 'b pid:[1]', started: '1' }),
      false,
    ],
    ['a lock that is just being written', () => '', false],
    ['what is no lock of lockstep', () => '{"pid":"1"}', false],
  ])('left by %s', async (_, owner, isTaken) => {
    leave(owner());
    expect(await isAccountHeld(cwd, ACCOUNT)).toBe(!isTaken);
    if (isTaken) await (await hold()).confirm();
    else await expect(hold()).rejects.toMatchObject(refused);
    // Whoever it was: too old.
    const later = clockAt(Date.now() + STALE_AFTER + 1000);
    if (!isTaken) await (await hold(later)).confirm();
  });

  it.each([-STALE_AFTER - 1000, STALE_AFTER + 1000])('from %i ms from now is abandoned', async (distance) => {
    const first = await hold(clockAt(Date.now() + distance));
    await (await hold()).confirm();
    await expect(first.confirm()).rejects.toEqual(lost(/another apply has taken it over/));
  });

  it('by many at once gives it to one of them, whether it was free or abandoned', async () => {
    for (const left of [undefined, { started: '1' }]) {
      for (let round = 0; round < 20; round += 1) {
        if (left !== undefined) leave(left);
        const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => hold()));
        const locks = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
        const confirmed = await Promise.allSettled(locks.map((lock) => lock.confirm()));
        expect(confirmed.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        for (const lock of locks) await lock.release();
        expect(readdirSync(join(cwd, '.lockstep'))).toEqual([]);
      }
    }
  });

  it.each<[what: string, make: () => void, why: string]>([
    ['a link', () => symlinkSync('/dev/zero', file), 'it is a link (ELOOP)'],
    ['a folder', () => mkdirSync(file), 'it is no regular file (ENOTFILE)'],
    ['a pipe', () => execFileSync('mkfifo', [file]), 'it is no regular file (ENOTFILE)'],
  ])('where %s is in its place is an error that says so', async (_, make, why) => {
    mkdirSync(join(cwd, '.lockstep'));
    make();
    await expect(hold()).rejects.toMatchObject({ exitCode: 1, message: expect.stringContaining(why) });
    expect(await isAccountHeld(cwd, ACCOUNT)).toBe(false);
  });

  it('in a folder that cannot be made is an error that says so', async () => {
    writeFileSync(join(cwd, '.lockstep'), '');
    await expect(hold()).rejects.toMatchObject({ exitCode: 1, message: expect.stringContaining('(ENOTDIR)') });
  });
});

describe('losing it', () => {
  it('to a run that found it too old: every later question is answered so, and the other keeps it', async () => {
    const clock = clockAt();
    const first = await hold(clock);
    clock.pass(STALE_AFTER + 1);
    const second = await hold(clock, '2026-01-01T01:00:00.000Z');
    for (let times = 0; times < 2; times += 1) {
      await expect(first.confirm()).rejects.toEqual(
        lost(
          new RegExp(
            `^this run has lost its lock on the account: another apply has taken it over: process ${process.pid} on .*T01:00`,
          ),
        ),
      );
    }
    await second.confirm();
    await first.release();
    await second.confirm();
    expect(existsSync(file)).toBe(true);
  });

  it.each<[what: string, lose: () => void, why: RegExp]>([
    ['the file is deleted', () => rmSync(file), /apply-api_zoom_us-abc123\.json was deleted$/],
    [
      'its folder is deleted',
      () => rmSync(join(cwd, '.lockstep'), { recursive: true }),
      /apply-api_zoom_us-abc123\.json was deleted$/,
    ],
    [
      'the file is replaced',
      () => {
        rmSync(file);
        writeFileSync(file, 'x');
      },
      /apply-api_zoom_us-abc123\.json was replaced$/,
    ],
    [
      'a link is put in its place',
      () => {
        rmSync(file);
        symlinkSync('/nowhere', file);
      },
      /apply-api_zoom_us-abc123\.json cannot be read: it is a link \(ELOOP\)$/,
    ],
  ])('when %s', async (_, lose, why) => {
    const lock = await hold();
    lose();
    await expect(lock.confirm()).rejects.toEqual(lost(why));
    await lock.release();
  });

  it('is not told from a file that is numbered anew', async () => {
    const lock = await hold();
    const text = readFileSync(file);
    rmSync(file);
    writeFileSync(file, text);
    await lock.confirm();
  });
});

describe('keeping it', () => {
  it.each<[what: string, move: (clock: ReturnType<typeof clockAt>) => void]>([
    ['time has passed', (clock) => clock.pass(10 * STALE_AFTER)],
    ['the machine has slept', (clock) => clock.setBy(10 * STALE_AFTER)],
    ['the clock was set back', (clock) => clock.setBy(-10 * STALE_AFTER)],
  ])('when %s, and nobody has taken it: it is fresh before it counts', async (_, move) => {
    const clock = clockAt();
    const lock = await hold(clock);
    move(clock);
    await lock.confirm();
    await expect(hold(clock)).rejects.toMatchObject(refused);
    await lock.confirm();
  });

  it('by itself, while nothing is asked', async () => {
    const lock = await holdRunLock(cwd, ACCOUNT, SINCE, {
      staleAfter: 40,
      clock: { wall: Date.now, monotonic: Date.now },
    });
    held.push(lock);
    const begun = statSync(file).mtimeMs;
    await expect.poll(() => statSync(file).mtimeMs, { timeout: 5000, interval: 5 }).toBeGreaterThan(begun + 40);
  });

  it('does not keep the process from ending', async () => {
    const code = `const { holdRunLock } = await import(${JSON.stringify(join(import.meta.dirname, '../../src/journal/run-lock.ts'))});
      await holdRunLock(${JSON.stringify(cwd)}, ${JSON.stringify(ACCOUNT)}, 'now');`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], { stdio: 'inherit' });
    expect(await new Promise((done) => child.once('close', done))).toBe(0);
    expect(existsSync(file)).toBe(true);
    await (await hold()).confirm();
  });
});
