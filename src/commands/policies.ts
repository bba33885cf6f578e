import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LockstepError } from '../errors.ts';
import { packNames } from '../policy/files.ts';
import { type LoadedPolicies, loadPolicies, unknownPack } from '../policy/load.ts';
import type { Host } from '../terminal.ts';
import { type Flags, isOn } from './flags.ts';

const DEFAULT_POLICIES = './policies';
const PACKS = fileURLToPath(new URL('../../policies/', import.meta.url));

export async function readPolicies(
  host: Host,
  env: Host['env'],
  paths: readonly string[],
  flags: Flags,
  secrets: 'required' | 'named',
): Promise<LoadedPolicies> {
  const allowUnknown = isOn(flags, 'allowUnknown');
  const files = await Promise.all((paths.length === 0 ? [DEFAULT_POLICIES] : paths).map(fileOf));
  return loadPolicies(files, { cwd: host.cwd, env, allowUnknown, secrets, packs: PACKS });
}

/** `pack:k12` on the command line, as under `extends`. */
async function fileOf(path: string): Promise<string> {
  if (!path.startsWith('pack:')) return path;
  const name = path.slice('pack:'.length);
  const names = await packNames(PACKS);
  if (names.includes(name)) return join(PACKS, `${name}.yaml`);
  throw new LockstepError(unknownPack(name, names));
}
