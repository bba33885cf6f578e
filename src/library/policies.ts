/** Policies, and the packs that ship. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LockstepError } from '../errors.ts';
import { unknownPack } from '../policy/bases.ts';
import { type LoadedPolicies, loadPolicies } from '../policy/load.ts';
import { packNames } from '../policy/read/files.ts';
import { linkedOut } from '../util/safe-files.ts';
import type { Call } from './call.ts';
import { shipped } from './package-path.ts';

const DEFAULT_POLICIES = './policies';
const PACKS = shipped('policies/');

export interface ReadSettings {
  readonly policies: readonly string[];
  readonly allowUnknown?: boolean;
}

/** @param secrets whether variables that `!env` names must be set, or only be named */
export async function readPolicies(
  { cwd, env }: Pick<Call, 'cwd' | 'env'>,
  { policies, allowUnknown = false }: ReadSettings,
  secrets: 'required' | 'named',
): Promise<LoadedPolicies> {
  if (policies.length === 0) await assertHere(cwd);
  const files = await Promise.all((policies.length === 0 ? [DEFAULT_POLICIES] : policies).map(fileOf));
  return loadPolicies(files, { cwd, env, allowUnknown, secrets, packs: PACKS });
}

/** A folder that nobody named is the one of that name, and not wherever a link of that name leads. */
async function assertHere(cwd: string): Promise<void> {
  const elsewhere = await linkedOut(cwd, DEFAULT_POLICIES);
  if (elsewhere === undefined) return;
  throw new LockstepError(`${DEFAULT_POLICIES} leads out of this folder, by a link to ${elsewhere}`, {
    hint: 'name the policies, if these are meant',
  });
}

/** The names of the packs that ship. */
export function shippedPacks(): Promise<readonly string[]> {
  return packNames(PACKS);
}

/** What a pack is, from the first line of its header. */
export async function packTitle(name: string): Promise<string> {
  const text = await readFile(join(PACKS, `${name}.yaml`), 'utf8');
  return /^# (.+?)(?:[.:](?= |$)|$)/m.exec(text)?.[1] ?? name;
}

/** @throws LockstepError for a name that no pack has */
export async function assertPack(name: string): Promise<void> {
  const names = await packNames(PACKS);
  if (!names.includes(name)) throw new LockstepError(unknownPack(name, names));
}

/** `pack:k12` on the command line, as under `extends`. */
async function fileOf(path: string): Promise<string> {
  if (!path.startsWith('pack:')) return path;
  const name = path.slice('pack:'.length);
  await assertPack(name);
  return join(PACKS, `${name}.yaml`);
}
