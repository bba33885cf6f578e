/**
 * dist/: the command line and the library, bundled with the packages that they use, each command in a file of its own that
 * is loaded when it runs. Loading some hundred modules one by one is what start-up time went into: docs/performance.md.
 * Nothing is minified, so that a stack trace names functions. The types come from tsc.
 */
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const at = (...path: string[]) => join(ROOT, ...path);

rmSync(at('dist'), { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: ROOT,
  entryPoints: ['src/cli.ts', 'src/library.ts'],
  outdir: 'dist',
  // One level down, as commands/ is in src/: `import.meta.url` leads to the same places from there.
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // Some packages are CommonJS inside and ask for Node's modules that way.
  banner: { js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
  metafile: true,
  logLevel: 'warning',
});
chmodSync(at('dist/cli.js'), 0o755);
writeFileSync(at('dist/THIRD-PARTY-LICENSES.txt'), licences(packagesIn(Object.keys(metafile.inputs))));

/** The folders of the packages that these files are of. */
function packagesIn(files: readonly string[]): readonly string[] {
  const folders = files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  return [...new Set(folders)].sort();
}

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
