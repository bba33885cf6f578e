/** The declarations that are published: those of the library, and what they import. Nobody imports the rest. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { ROOT } from './bundle.ts';

const LIBRARY = 'library.d.ts';

/** Writes them into a folder. */
export function writeDeclarations(folder: string): void {
  const all = mkdtempSync(join(tmpdir(), 'lockstep-declarations-'));
  try {
    execFileSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', join(ROOT, 'src'), '--outDir', all], { stdio: 'inherit' });
    for (const file of reachedIn(all)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      copyFileSync(join(all, file), join(folder, file));
    }
  } finally {
    rmSync(all, { recursive: true, force: true });
  }
}

/** The declarations in a folder that those of the library need, themselves included; by their paths in it. */
export function reachedIn(folder: string): readonly string[] {
  const reached = new Set<string>();
  const reach = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    const text = readFileSync(file, 'utf8');
    for (const [, name = ''] of text.matchAll(/(?:\bfrom|\bimport\()\s*["'](\.[^"']+)\.[jt]s["']/g)) {
      reach(`${join(dirname(file), name)}.d.ts`);
    }
  };
  reach(join(folder, LIBRARY));
  return [...reached].map((file) => relative(folder, file)).sort();
}
