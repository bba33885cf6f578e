/** A report to stdout and to files. Files are written first: a broken pipe must not lose them. */
import { rename, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { LockstepError } from '../errors.ts';
import { type Report, render } from '../report/index.ts';
import { type Host, hasColour } from '../terminal.ts';
import { type Flags, formatOf, reportsOf } from './flags.ts';

export async function writeReport(host: Host, flags: Flags, report: Report): Promise<void> {
  for (const { format, file } of reportsOf(flags)) await writeOwn(host, file, render(format, report, false), 0o644);
  const format = formatOf(flags);
  await print(host, render(format, report, format === 'text' && hasColour(host, host.stdout)));
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
