/** stdout, and files that somebody named. */
import type { Host } from '../terminal.ts';
import { writeTyped } from '../util/safe-files.ts';

/** Resolves when the text is handed over, so that a large report is whole before the process ends. */
export function print(host: Host, text: string): Promise<void> {
  return new Promise((done) => {
    host.stdout.write(text, () => done());
  });
}

export function writeOwn(host: Host, file: string, text: string, mode: number): Promise<void> {
  return writeTyped(host.cwd, file, text, mode);
}
