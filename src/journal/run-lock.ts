/**
 * One apply at a time on one account from one folder. (Two folders are not kept apart: Zoom has no lock to take, so
 * the reading back after each request is what tells of the other.)
 */
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import lockfile from 'proper-lockfile';
import { EXIT, LockstepError } from '../errors.ts';
import { ownFolder, readOwn, replaceOwn, whyNot } from '../util/safe-files.ts';

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
}

/** @returns how to let go; @throws LockstepError exit 3 when another run holds it, naming that run's process */
export async function holdRunLock(cwd: string, account: string, since: string): Promise<() => Promise<void>> {
  const file = join(cwd, '.lockstep', `apply-${account.replaceAll(/[^\w-]/g, '_')}.json`);
  const options = { realpath: false, stale: 30_000, onCompromised: () => undefined };
  try {
    await ownFolder(cwd, '.lockstep');
    const release = await lockfile.lock(file, options).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ELOCKED') throw error;
      await clearIfDead(file);
      return lockfile.lock(file, options);
    });
    const holder: Holder = { pid: process.pid, host: hostname(), since };
    await replaceOwn(file, JSON.stringify(holder)).catch(async (error: unknown) => {
      await release();
      throw error;
    });
    return async () => {
      await rm(file, { force: true });
      await release();
    };
  } catch (error) {
    if (error instanceof LockstepError) throw error;
    throw new LockstepError(`.lockstep cannot be written: ${whyNot(error)}`, {
      hint: 'nothing was sent: lockstep sends nothing that it cannot keep a record of',
    });
  }
}

/** A process of this machine that is gone holds nothing; of another machine nothing is known until its lock is old. */
async function clearIfDead(file: string): Promise<void> {
  const holder = await readHolder(file);
  if (holder === undefined || (holder.host === hostname() && !isAlive(holder.pid))) {
    await rm(`${file}.lock`, { recursive: true, force: true });
    return;
  }
  throw new LockstepError(
    `refused: another apply runs on this account: process ${holder.pid} on ${holder.host}, since ${holder.since}`,
    { exitCode: EXIT.refused, hint: 'wait for it to end; nothing was sent' },
  );
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    const { pid, host, since } = JSON.parse(await readOwn(file)) as Partial<Holder>;
    const isWhole = typeof pid === 'number' && typeof host === 'string' && typeof since === 'string';
    return isWhole ? { pid, host, since } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a process of this machine runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
