/**
 * A file that only one process can hold. It names its owner, who keeps it open and keeps its time fresh; whoever finds it
 * abandoned moves it aside and makes another. So an owner that was suspended finds that the name leads to another file.
 */
import { randomBytes } from 'node:crypto';
import { type FileHandle, link, lstat, open, rename, rm } from 'node:fs/promises';
import * as z from 'zod';
import { errnoOf } from '../util/errno.ts';
import { OWNER_ONLY, readOwn } from '../util/safe-files.ts';
import { parseUntrusted } from '../util/untrusted-json.ts';
import { type ProcessIdentity, stateOf } from './process-identity.ts';

/** Milliseconds, of two kinds: a wall clock may be set, and a monotonic one stops while the machine sleeps. */
export interface LockClock {
  wall(): number;
  monotonic(): number;
}

export interface LockOptions {
  /** Milliseconds after which a lock that nobody has refreshed is treated as abandoned. */
  readonly staleAfter: number;
  readonly clock: LockClock;
}

export interface Owner extends ProcessIdentity {
  /** Tells two locks of one process apart. */
  readonly id: string;
  /** When the run began. */
  readonly since: string;
}

/** A lock as it was found. */
export interface FoundLock {
  /** Absent while it is being written, and for a file that is no lock of ours. */
  readonly owner: Owner | undefined;
  /** Milliseconds since 1970. */
  readonly refreshed: number;
}

/** A lock that this process has taken. */
export interface LockFile {
  refresh(): Promise<void>;
  /** Whether the name still leads to this file. */
  isOurs(): Promise<boolean>;
  /** Lets go of it, and removes the file if it is still ours. */
  remove(): Promise<void>;
}

/** How often a lock is tried for: each failure but the last means that somebody else was quicker, or is gone. */
const TRIES = 5;

/** @returns the lock, or the one that somebody else holds; @throws an error of the system */
export async function takeLockFile(
  path: string,
  owner: Owner,
  options: LockOptions,
): Promise<{ readonly taken: LockFile } | { readonly heldBy: Owner | undefined }> {
  let found: FoundLock | undefined;
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const taken = await create(path, owner, options.clock);
    if (taken !== undefined) return { taken };
    found = await lookAtLock(path);
    if (found === undefined) continue;
    if (!(await isAbandoned(found, options))) break;
    await moveAside(path, found, options);
  }
  return { heldBy: found?.owner };
}

/** @returns `undefined` where there is no lock; @throws an error of the system */
export async function lookAtLock(path: string): Promise<FoundLock | undefined> {
  try {
    const { mtimeMs } = await lstat(path);
    return { owner: ownerIn(await readOwn(path)), refreshed: mtimeMs };
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** A time in the future says as little as an old one: a clock was wrong then, or is wrong now. */
export async function isAbandoned(
  { owner, refreshed }: FoundLock,
  { staleAfter, clock }: LockOptions,
): Promise<boolean> {
  if (Math.abs(clock.wall() - refreshed) > staleAfter) return true;
  return owner !== undefined && (await stateOf(owner)) === 'ended';
}

/** @returns `undefined` where there is a lock already */
async function create(path: string, owner: Owner, clock: LockClock): Promise<LockFile | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'wx', OWNER_ONLY);
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return undefined;
    throw error;
  }
  try {
    await handle.writeFile(JSON.stringify(owner));
    await touch(handle, clock);
    return lockFileOver(path, owner, handle, await handle.stat({ bigint: true }), clock);
  } catch (error) {
    await handle.close();
    await rm(path, { force: true });
    throw error;
  }
}

function lockFileOver(
  path: string,
  owner: Owner,
  handle: FileHandle,
  own: { readonly ino: bigint; readonly dev: bigint },
  clock: LockClock,
): LockFile {
  const isOurs = async () => {
    try {
      const { ino, dev } = await lstat(path, { bigint: true });
      // While it is open no other file can have its number. Some network file systems number their files anew.
      return (ino === own.ino && dev === own.dev) || (await lookAtLock(path))?.owner?.id === owner.id;
    } catch {
      return false;
    }
  };
  return {
    refresh: () => touch(handle, clock),
    isOurs,
    async remove() {
      const removes = await isOurs();
      await handle.close();
      if (removes) await rm(path, { force: true });
    },
  };
}

async function touch(handle: FileHandle, clock: LockClock): Promise<void> {
  const now = new Date(clock.wall());
  await handle.utimes(now, now);
}

/**
 * Only one process gets to rename a file. One that comes late may move the lock of the process before it, which is not
 * abandoned, and puts it back. (Where that fails, its owner finds out before its next request.)
 */
async function moveAside(path: string, abandoned: FoundLock, options: LockOptions): Promise<void> {
  const aside = `${path}.${randomBytes(4).toString('hex')}.old`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return;
    throw error;
  }
  const moved = await lookAtLock(aside);
  const isAnother = moved !== undefined && moved.owner?.id !== abandoned.owner?.id;
  if (isAnother && !(await isAbandoned(moved, options))) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

const ownerSchema: z.ZodType<Owner> = z.object({
  id: z.string(),
  pid: z.number().int().positive(),
  host: z.string(),
  namespace: z.string().exactOptional(),
  started: z.string().exactOptional(),
  since: z.string(),
});

function ownerIn(text: string): Owner | undefined {
  const parsed = parseUntrusted(text);
  return ownerSchema.safeParse(parsed.ok ? parsed.value : undefined).data;
}
