/**
 * dist/: the command line and the library, bundled with the packages that they use (bundle.ts), with the licences of these.
 * Loading some hundred modules one by one is what start-up time went into: docs/performance.md. The
 * declarations come from tsc (declarations.ts).
 */
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, packagesIn, ROOT } from './bundle.ts';
import { writeDeclarations } from './declarations.ts';

const at = (...path: string[]) => join(ROOT, ...path);

rmSync(at('dist'), { recursive: true, force: true });
const bundled = await bundle({ write: true });
chmodSync(at('dist/cli.js'), 0o755);
writeFileSync(at('dist/THIRD-PARTY-LICENSES.txt'), licences(packagesIn(bundled)));
writeDeclarations(at('dist'));

function licences(folders: readonly string[]): string {
  const entries = folders.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(at(folder, 'package.json'), 'utf8'));
    const file = readdirSync(at(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined && license === undefined) throw new Error(`${folder} has no licence`);
    const text = file === undefined ? '' : `\n\n${readFileSync(at(folder, file), 'utf8').trim()}`;
    return `${name} ${version} (${license ?? 'see below'})${text}`;
  });
  const head = 'The packages below are part of the files in this folder, under their own licences.';
  return `${[head, ...entries].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

if (!existsSync(at('dist/library.js'))) throw new Error('dist/library.js was not built');
