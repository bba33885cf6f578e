/**
 * Keyed digests of the secrets that lockstep wrote and that Zoom does not return, so that the next run can tell a changed
 * value from the same one. The key belongs to this folder: it stays in `.lockstep`, and no journal holds it.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { LockstepError } from '../errors.ts';
import { type AccountIdentity, type AccountKey, accountKey } from '../model/account.ts';
import { errnoMessage, errnoOf } from '../util/errno.ts';
import { type Json, stableText } from '../util/json.ts';
import { ownFolder, readOwn, replaceOwn } from '../util/safe-files.ts';
import { readRuns } from './read.ts';

const KEY = join('.lockstep', 'key');
const KEY_BYTES = 32;

/** Which secret of which target: `targetLabel` and setting path. */
export interface SecretPlace {
  readonly account: AccountIdentity;
  readonly target: string;
  readonly path: string;
}

/** Without the key a digest reveals nothing about the value. */
export type Digest = (place: SecretPlace, value: Json) => string;

/** @returns `undefined` when this folder has no key yet: no digest was ever kept */
export async function readDigest(cwd: string): Promise<Digest | undefined> {
  try {
    const key = Buffer.from((await readOwn(join(cwd, KEY))).trim(), 'base64');
    return key.length === KEY_BYTES ? digestWith(key) : undefined;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw unusable(error);
  }
}

/** As `readDigest`, but makes a key when there is none. */
export async function openDigest(cwd: string): Promise<Digest> {
  const existing = await readDigest(cwd);
  if (existing !== undefined) return existing;
  const key = randomBytes(KEY_BYTES);
  try {
    await ownFolder(cwd, '.lockstep');
    await replaceOwn(join(cwd, KEY), `${key.toString('base64')}\n`);
  } catch (error) {
    throw unusable(error);
  }
  return digestWith(key);
}

function digestWith(key: Buffer): Digest {
  return ({ account, target, path }, value) =>
    createHmac('sha256', key)
      .update(stableText([accountKey(account), target, path, value]))
      .digest('base64url');
}

function unusable(error: unknown): LockstepError {
  if (error instanceof LockstepError) return error;
  return new LockstepError(`${KEY} cannot be used: ${errnoMessage(error)}`);
}

/** The digests in the journals of this folder: the newest one for each secret. Those that are of no known account count for nothing. */
export async function keptDigests(cwd: string): Promise<(place: SecretPlace) => string | undefined> {
  const kept = new Map<string, string>();
  const keyOf = (account: AccountKey, { target, path }: Omit<SecretPlace, 'account'>) =>
    stableText([account, target, path]);
  for (const { account, events } of [...(await readRuns(cwd)).runs].reverse()) {
    if (account === undefined) continue;
    const key = accountKey(account);
    for (const event of events) {
      if (event.event === 'secret') kept.set(keyOf(key, event), event.digest);
    }
  }
  return (place) => kept.get(keyOf(accountKey(place.account), place));
}
