/** A report to stdout and to files. Files are written first: a broken pipe must not lose them. */
import { randomBytes } from 'node:crypto';
import { access, constants, rm, stat, writeFile } from 'node:fs/promises';
import { LockstepError } from '../errors.ts';
import { type Report, render } from '../report/index.ts';
import { type Host, hasColour } from '../terminal.ts';
import { OWNER_ONLY, replaceOwn, typedPath, whyNot } from '../util/safe-files.ts';
import { type Flags, formatOf, reportsOf, textOf } from './flags.ts';

export async function writeReport(host: Host, flags: Flags, report: Report): Promise<void> {
  let failure: unknown;
  for (const { format, file } of reportsOf(flags)) {
    const text = await render(format, report, false);
    await writeOwn(host, file, text, 0o644).catch((error: unknown) => {
      failure ??= error;
    });
  }
  const format = formatOf(flags);
  if (host.onReport !== undefined) host.onReport(report);
  else await print(host, await render(format, report, format === 'text' && hasColour(host, host.stdout)));
  // Told last: a report that cannot be written must not keep the result from its reader.
  if (failure !== undefined) throw failure;
}

/** Finds out before anything is asked of Zoom that a report or a plan could not be written. */
export async function checkReports(host: Host, flags: Flags): Promise<void> {
  const out = textOf(flags, 'out');
  const places = [
    ...reportsOf(flags).map(({ file }) => ({ flag: '--report', file })),
    ...(out === undefined ? [] : [{ flag: '--out', file: out }]),
  ];
  for (const { flag, file } of places) {
    const path = await typedPath(host.cwd, file);
    await tryToWrite(path).catch((error: unknown) => {
      throw new LockstepError(`${flag} ${file} cannot be written: ${whyNot(error)}`);
    });
  }
}

/** As much as a small report, so that a disk is not taken for usable that a few bytes would fit on. */
const PROBE = ' '.repeat(64 * 1024);

/** Tries it, because asking is not enough: a superuser may do everything, and permissions say nothing of a full disk. */
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

/** Resolves when the text is handed over, so that a large report is whole before the process ends. */
export function print(host: Host, text: string): Promise<void> {
  return new Promise((done) => {
    host.stdout.write(text, () => done());
  });
}

/** A device or a pipe is written to as it is; a file is replaced whole. */
export async function writeOwn(host: Host, file: string, text: string, mode: number): Promise<void> {
  const path = await typedPath(host.cwd, file);
  try {
    const existing = await stat(path).catch(() => undefined);
    if (existing !== undefined && !existing.isFile()) await writeFile(path, text);
    else await replaceOwn(path, text, mode);
  } catch (error) {
    throw new LockstepError(`${file} cannot be written: ${whyNot(error)}`);
  }
}
