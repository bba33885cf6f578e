/** Resolves the items of `extends` to files and packs. */
import { dirname, join, resolve } from 'node:path';
import { nearestName } from '../util/nearest.ts';
import { isWithin } from '../util/paths.ts';
import { joinWords, quoted } from './phrases.ts';
import { type PathProblem, packNames, statPath } from './read/files.ts';
import { referenceFrom } from './references.ts';

export interface BaseFile {
  /** As it was named; what `extends` in it is relative to. */
  readonly path: string;
  /** All links followed. */
  readonly real: string;
}

export interface Bounds {
  readonly packs: string;
  /** A base must be in one of these folders. */
  readonly roots: readonly string[];
}

/**
 * @param text an item of `extends`
 * @param from the file that it is written in
 */
export async function baseOf(text: string, from: string, { packs, roots }: Bounds): Promise<BaseFile | PathProblem> {
  const reference = referenceFrom(text);
  if (reference.kind === 'problem') return reference;
  if (reference.kind === 'pack') {
    const names = await packNames(packs);
    const path = join(packs, `${reference.name}.yaml`);
    return names.includes(reference.name) ? { path, real: path } : { message: unknownPack(reference.name, names) };
  }
  const path = resolve(dirname(from), reference.path);
  const status = statPath(path);
  const real = 'real' in status ? status.real : path;
  if (!roots.some((root) => isWithin(root, real))) {
    return { message: `${quoted(text)} is outside of the folder of the policies; only files in it can be extended` };
  }
  if ('message' in status) return { message: `${quoted(text)}: ${status.message}` };
  return status.stats.isFile() ? { path, real } : { message: `${quoted(text)} is not a file` };
}

/**
 * The message for an unknown pack name.
 * @param names the packs that ship
 */
export function unknownPack(name: string, names: readonly string[]): string {
  const near = nearestName(name, names);
  if (near !== undefined) return `there is no pack ${quoted(name)}: did you mean \`pack:${near}\`?`;
  const have =
    names.length === 0 ? 'none ships with this lockstep' : `there are ${joinWords(names.map(quoted), 'and')}`;
  return `there is no pack ${quoted(name)}: ${have}`;
}
