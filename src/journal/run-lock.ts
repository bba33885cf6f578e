/**
 * One apply at a time on one account from one folder. (Two folders are not kept apart: Zoom has no lock to take, and only
 * the reading back after each request shows that somebody else writes.)
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { EXIT, LockstepError } from '../errors.ts';
import { type AccountIdentity, accountName } from '../model/account.ts';
import { errnoMessage } from '../util/errno.ts';
import { ownFolder } from '../util/safe-files.ts';
import {
  isAbandoned,
  type LockClock,
  type LockFile,
  type LockOptions,
  lookAtLock,
  type Owner,
  takeLockFile,
} from './lock-file.ts';
import { ownIdentity } from './process-identity.ts';

export interface RunLock {
  /**
   * To be asked directly before each request that writes. A process that was suspended for a while (Ctrl-Z, a sleeping
   * laptop) cannot know otherwise that a second run has taken over.
   * @throws LockstepError exit 4 when this run does not hold its lock any more: nothing more may be sent
   */
  confirm(): Promise<void>;
  /** Never rejects: what was done has to be reported, whatever has become of the lock. */
  release(): Promise<void>;
}

const DEFAULTS: LockOptions = {
  staleAfter: 30_000,
  clock: { wall: () => Date.now(), monotonic: () => performance.now() },
};

/** @throws LockstepError exit 3 when another run holds the account, naming its process; 1 when it cannot be written */
export async function holdRunLock(
  cwd: string,
  account: LockedAccount,
  since: string,
  options: LockOptions = DEFAULTS,
): Promise<RunLock> {
  const name = lockName(account);
  const outcome = await take(cwd, name, since, options).catch((error: unknown) => {
    if (error instanceof LockstepError) throw error;
    throw new LockstepError(`.lockstep cannot be written: ${errnoMessage(error)}`, {
      hint: 'nothing was sent: lockstep sends nothing that it cannot keep a record of',
    });
  });
  if ('taken' in outcome) return runLockOver(outcome.taken, () => whyLost(cwd, name), options);
  const whose = outcome.heldBy === undefined ? '' : `: ${describe(outcome.heldBy)}`;
  throw new LockstepError(`refused: another apply runs on ${accountName(account)}${whose}`, {
    exitCode: EXIT.refused,
    hint: 'wait for it to end; nothing was sent',
  });
}

/** Whether a run holds the account, as far as can be seen from here. */
export async function isAccountHeld(cwd: string, account: LockedAccount): Promise<boolean> {
  const found = await lookAtLock(join(cwd, lockName(account))).catch(() => undefined);
  return found !== undefined && !(await isAbandoned(found, DEFAULTS));
}

/** By whatever path it is reached. */
type LockedAccount = Pick<AccountIdentity, 'id' | 'name' | 'host'>;

function lockName({ host, id }: LockedAccount): string {
  return join('.lockstep', `apply-${`${host}-${id}`.replaceAll(/[^\w-]/g, '_')}.json`);
}

async function take(cwd: string, name: string, since: string, options: LockOptions) {
  await ownFolder(cwd, '.lockstep');
  const owner = { id: randomBytes(8).toString('hex'), ...(await ownIdentity()), since };
  return takeLockFile(join(cwd, name), owner, options);
}

function runLockOver(file: LockFile, whyLost: () => Promise<string>, { staleAfter, clock }: LockOptions): RunLock {
  let refreshed = readClock(clock);
  const refresh = async () => {
    // What fails here shows in `confirm`.
    await file.refresh().catch(() => undefined);
    refreshed = readClock(clock);
  };
  const isDue = () => {
    const { wall, monotonic } = readClock(clock);
    return Math.max(Math.abs(wall - refreshed.wall), monotonic - refreshed.monotonic) >= staleAfter / 2;
  };
  const timer = setInterval(refresh, staleAfter / 2).unref();
  return {
    async confirm() {
      // Before the look: nobody takes a lock that is fresh, so that what the look finds is still so when the request goes.
      if (isDue()) await refresh();
      if (await file.isOurs()) return;
      throw new LockstepError(`this run has lost its lock on the account: ${await whyLost()}`, {
        exitCode: EXIT.partial,
        hint: 'nothing more is sent; apply again when no other apply runs',
      });
    },
    async release() {
      clearInterval(timer);
      // A lock that cannot be removed is found abandoned, because its process has ended.
      await file.remove().catch(() => undefined);
    },
  };
}

function readClock(clock: LockClock): { readonly wall: number; readonly monotonic: number } {
  return { wall: clock.wall(), monotonic: clock.monotonic() };
}

async function whyLost(cwd: string, name: string): Promise<string> {
  try {
    const found = await lookAtLock(join(cwd, name));
    if (found === undefined) return `${name} was deleted`;
    return found.owner === undefined
      ? `${name} was replaced`
      : `another apply has taken it over: ${describe(found.owner)}`;
  } catch (error) {
    return `${name} cannot be read: ${errnoMessage(error)}`;
  }
}

function describe({ pid, host, since }: Owner): string {
  return `process ${pid} on ${host}, since ${since}`;
}
