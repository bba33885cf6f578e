/** Whether files can be written, found out before anything is asked of Zoom. */
import { randomBytes } from 'node:crypto';
import { access, constants, rm, stat, writeFile } from 'node:fs/promises';
import { LockstepError } from '../errors.ts';
import type { Host } from '../terminal.ts';
import { errnoMessage } from '../util/errno.ts';
import { OWNER_ONLY, typedPath } from '../util/safe-files.ts';
import { type OutputSettings, reportsOf } from './write-report.ts';

/** @throws LockstepError for a report or a plan that could not be written */
export async function assertCanWrite(host: Host, settings: OutputSettings & { readonly out?: string | undefined }) {
  const { out } = settings;
  const places = [
    ...reportsOf(settings).map(({ file }) => ({ flag: '--report', file })),
    ...(out === undefined ? [] : [{ flag: '--out', file: out }]),
  ];
  for (const { flag, file } of places) {
    const path = await typedPath(host.cwd, file);
    await tryToWrite(path).catch((error: unknown) => {
      throw new LockstepError(`${flag} ${file} cannot be written: ${errnoMessage(error)}`);
    });
  }
}

/** As large as a small report: a disk with room for only a few bytes is not usable. */
const PROBE = ' '.repeat(64 * 1024);

/** Tries it: a superuser passes every check of permissions, and permissions know nothing of a full disk. */
async function tryToWrite(path: string): Promise<void> {
  const existing = await stat(path).catch(() => undefined);
  if (existing?.isDirectory()) throw Object.assign(new Error(`${path} is a folder`), { code: 'EISDIR' });
  if (existing !== undefined && !existing.isFile()) return access(path, constants.W_OK);
  const probe = `${path}.${randomBytes(4).toString('hex')}.new`;
  try {
    await writeFile(probe, PROBE, { mode: OWNER_ONLY, flag: 'wx' });
  } finally {
    await rm(probe, { force: true });
  }
}
