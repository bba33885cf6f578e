/** How src/ becomes one bundle, and which packages become part of it: for the build, the SBOM and the audit alike. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const WITHOUT_CHILD_PROCESSES: Plugin = {
  name: 'commander starts no programs',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes('/commander/') ? { path: join(ROOT, 'scripts/build/no-child-process.ts') } : undefined,
    );
  },
};

/**
 * Bundles the command line and the library with the packages that they use, each command in a file of its own that is loaded
 * when it runs. What is not read is not there to be parsed: blanks and comments go. Names stay, for stack traces.
 */
export async function bundle({ write }: { readonly write: boolean }): Promise<Metafile> {
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
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 160,
    // Its modules for browsers are the same source: unlike those for Node they are ES modules, read in half the time.
    alias: { yaml: join(ROOT, 'node_modules/yaml/browser/dist/index.js') },
    plugins: [WITHOUT_CHILD_PROCESSES],
    metafile: true,
    write,
    logLevel: 'warning',
  });
  return metafile;
}

/** What the bundle's own files are of, where packages are named by their folder. */
export const OWN = '';

/**
 * Which package imports which: folder (`node_modules/got`, or `OWN`) -> folders. Every package that becomes part of the bundle
 * is a key, sorted. A folder is also a package's key in the lock file.
 */
export function importsIn({ inputs }: Metafile): ReadonlyMap<string, readonly string[]> {
  const imports = new Map<string, Set<string>>();
  for (const [file, input] of Object.entries(inputs)) {
    const from = folderOf(file);
    const to = imports.get(from) ?? new Set();
    imports.set(from, to);
    for (const { path, external } of input.imports) {
      const target = folderOf(path);
      // A file of ours that replaces a module of Node's is no dependency of the package that imports it.
      if (external !== true && target !== from && target !== OWN) to.add(target);
    }
  }
  return new Map([...imports].sort(([a], [b]) => (a < b ? -1 : 1)).map(([from, to]) => [from, [...to].sort()]));
}

/** The folders of the packages that are part of the bundle. */
export function packagesIn(metafile: Metafile): readonly string[] {
  return [...importsIn(metafile).keys()].filter((folder) => folder !== OWN);
}

/** A package may hold packages of its own: the innermost counts. */
function folderOf(file: string): string {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? OWN;
}
