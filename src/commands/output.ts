/** A report to stdout and to files. Files are written first: a broken pipe must not lose them. */
import { access, constants, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LockstepError } from '../errors.ts';
import { type Report, render } from '../report/index.ts';
import { type Host, hasColour } from '../terminal.ts';
import { type Flags, formatOf, reportsOf } from './flags.ts';

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

/** Finds out before anything is asked of Zoom that a report could not be written. */
export async function checkReports(host: Host, flags: Flags): Promise<void> {
  for (const { file } of reportsOf(flags)) {
    const path = resolve(host.cwd, file);
    const existing = await stat(path).catch(() => undefined);
    const problem = existing?.isDirectory()
      ? 'it is a folder'
      : await access(existing === undefined || existing.isFile() ? dirname(path) : path, constants.W_OK).then(
          () => undefined,
          (error: NodeJS.ErrnoException) => error.code ?? 'unknown',
        );
    if (problem !== undefined) throw new LockstepError(`--report ${file} cannot be written: ${problem}`);
  }
}

/** Resolves when the text is handed over, so that a large report is whole before the process ends. */
export function print(host: Host, text: string): Promise<void> {
  return new Promise((done) => {
    host.stdout.write(text, () => done());
  });
}

export async function writeOwn(host: Host, file: string, text: string, mode: number): Promise<void> {
  const path = resolve(host.cwd, file);
  try {
    // A device or a pipe is written to as it is; a file is replaced whole, and has its own mode from the first byte.
    const existing = await stat(path).catch(() => undefined);
    if (existing !== undefined && !existing.isFile()) return await writeFile(path, text);
    const fresh = `${path}.${process.pid}.new`;
    await writeFile(fresh, text, { mode, flag: 'wx' });
    await rename(fresh, path);
  } catch (error) {
    throw new LockstepError(`${file} cannot be written: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`);
  }
}
