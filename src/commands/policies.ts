import { fileURLToPath } from 'node:url';
import { type LoadedPolicies, loadPolicies } from '../policy/load.ts';
import type { Host } from '../terminal.ts';
import { type Flags, isOn } from './flags.ts';

const DEFAULT_POLICIES = './policies';
const PACKS = fileURLToPath(new URL('../../policies/', import.meta.url));

export function readPolicies(
  host: Host,
  env: Host['env'],
  paths: readonly string[],
  flags: Flags,
  secrets: 'required' | 'named',
): Promise<LoadedPolicies> {
  const allowUnknown = isOn(flags, 'allowUnknown');
  return loadPolicies(paths.length === 0 ? [DEFAULT_POLICIES] : paths, {
    cwd: host.cwd,
    env,
    allowUnknown,
    secrets,
    packs: PACKS,
  });
}
