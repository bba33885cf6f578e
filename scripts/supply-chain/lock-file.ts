/** What package-lock.json says of every package that `npm ci` installs, by the folder that it goes to. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from '../build/bundle.ts';

const lockedSchema = z.object({
  /** Only where the folder has another name than the package. */
  name: z.string().optional(),
  version: z.string(),
  license: z.string(),
  integrity: z.string().regex(/^sha512-[A-Za-z0-9+/]{86}==$/, 'is no SHA-512'),
  /** Absent where npm is told to leave out which registry it was: then it is the one that npm is set to. */
  resolved: z.string().startsWith('https://').optional(),
  hasInstallScript: z.literal(true).optional(),
});
const fileSchema = z.object({ packages: z.record(z.string(), z.unknown()) });

export type Locked = Omit<z.infer<typeof lockedSchema>, 'name'> & { readonly name: string };

/** Reading them throws for a package that is linked, has no hash, or comes from anywhere else than a registry. */
export const LOCKED: ReadonlyMap<string, Locked> = read();

export function lockedAt(folder: string): Locked {
  const found = LOCKED.get(folder);
  if (found === undefined) throw new Error(`${folder} is not in package-lock.json: run npm ci`);
  return found;
}

function read(): ReadonlyMap<string, Locked> {
  const { packages } = fileSchema.parse(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')));
  const folders = Object.entries(packages).filter(([folder]) => folder !== '');
  return new Map(folders.map(([folder, entry]) => [folder, lockedIn(folder, entry)]));
}

function lockedIn(folder: string, entry: unknown): Locked {
  const { data, error } = lockedSchema.safeParse(entry);
  if (data === undefined) throw new Error(`package-lock.json: ${folder}\n${z.prettifyError(error)}`);
  return { ...data, name: data.name ?? folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length) };
}
