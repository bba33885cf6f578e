/** How src/ becomes one bundle, and which packages become part of it: for the build, the SBOM and the audit alike. */
import { isBuiltin } from 'node:module';
import { isAbsolute, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CodeSplittingNameFunction, type OutputChunk, type Plugin, rolldown } from 'rolldown';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const inRoot = (path: string) => join(ROOT, path);

/** Modules of packages that lockstep never uses, and what is bundled in their place. */
const REPLACED: readonly { readonly module: RegExp; readonly of: string; readonly by: string }[] = [
  { module: /^node:child_process$/, of: '/commander/', by: 'scripts/build/no-child-process.ts' },
  { module: /^(?:http2-wrapper|cacheable-request|cacheable-lookup)$/, of: '/got/', by: 'scripts/build/absent.ts' },
];

const REPLACE: Plugin = {
  name: 'modules that are not used',
  resolveId(module, importer = '') {
    const replaced = REPLACED.find((entry) => entry.module.test(module) && importer.includes(entry.of));
    return replaced === undefined ? undefined : inRoot(replaced.by);
  },
};

/**
 * What a run loads is one file for each of its stages: reading a hundred small ones is what a start would go into. A stage holds
 * what its modules import, without what an earlier one holds. The other commands and formats stay in files of their own.
 */
const STAGES: readonly { readonly name: string; readonly modules: readonly string[] }[] = [
  { name: 'version', modules: ['src/model/version.ts'] },
  { name: 'start', modules: ['src/main.ts'] },
  { name: 'policies', modules: ['src/commands/validate.ts', 'src/library/check-options.ts'] },
  { name: 'plan', modules: ['src/commands/plan.ts', 'src/report/text/index.ts'] },
  { name: 'apply', modules: ['src/commands/apply.ts', 'src/commands/rollback.ts'] },
];

/** The modules that go into the bundle and what they import, and the files that come out. Paths are relative to the root. */
export interface Bundle {
  readonly modules: ReadonlyMap<string, readonly string[]>;
  readonly files: readonly OutputChunk[];
}

/**
 * Bundles the command line and the library with the packages that they use. What is not read is not there to be parsed: blanks
 * and comments are removed. Names stay, for stack traces.
 */
export async function bundle({ write }: { readonly write: boolean }): Promise<Bundle> {
  const modules = new Map<string, readonly string[]>();
  const build = await rolldown({
    cwd: ROOT,
    input: { cli: 'src/cli.ts', library: 'src/library.ts' },
    platform: 'node',
    // Its modules for browsers are the same source: unlike those for Node they are ES modules, read in half the time.
    resolve: { alias: { yaml: inRoot('node_modules/yaml/browser/dist/index.js') } },
    plugins: [REPLACE, graphOf(modules)],
    checks: { ineffectiveDynamicImport: false },
  });
  const { output } = await build[write ? 'write' : 'generate']({
    dir: inRoot('dist'),
    format: 'esm',
    // One level down, as commands/ is in src/: `import.meta.url` leads to the same places from there.
    chunkFileNames: 'chunks/[name]-[hash].js',
    // A single other character would make two bytes of each of the file.
    charset: 'ascii',
    minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
    codeSplitting: {
      groups: STAGES.map(({ name, modules: from }) => ({ debugName: name, name: inStage(name, from.map(inRoot)) })),
    },
  });
  await build.close();
  return { modules, files: output.filter((file) => file.type === 'chunk') };
}

/** Fills in what each module imports, as soon as all are known. */
function graphOf(modules: Map<string, readonly string[]>): Plugin {
  return {
    name: 'graph',
    buildEnd() {
      for (const id of this.getModuleIds()) {
        const { importedIds = [], dynamicallyImportedIds = [] } = this.getModuleInfo(id) ?? {};
        modules.set(inside(id), [...importedIds, ...dynamicallyImportedIds].map(inside));
      }
    },
  };
}

/** A module of Node's or of the bundler's own has no path. */
function inside(id: string): string {
  return isAbsolute(id) ? relative(ROOT, id) : id;
}

/** The name of the stage for the modules that are reached from its first ones without a dynamic import. */
function inStage(name: string, first: readonly string[]): CodeSplittingNameFunction {
  let reached: Set<string> | undefined;
  return (id, graph) => {
    if (reached === undefined) {
      reached = new Set(first);
      // A set hands out what is added while it is walked.
      for (const module of reached)
        for (const next of graph.getModuleInfo(module)?.importedIds ?? []) reached.add(next);
    }
    return reached.has(id) ? name : undefined;
  };
}

/** What the bundle's own files are of, where packages are named by their folder. */
export const OWN = '';

/**
 * Which package imports which: folder (`node_modules/got`, or `OWN`) -> folders. Every package that becomes part of the bundle
 * is a key, sorted. A folder is also a package's key in the lock file.
 */
export function importsIn({ modules }: Bundle): ReadonlyMap<string, readonly string[]> {
  const imports = new Map<string, Set<string>>();
  for (const [file, imported] of modules) {
    if (!isBundled(file)) continue;
    const from = folderOf(file);
    const to = imports.get(from) ?? new Set();
    imports.set(from, to);
    for (const path of imported.filter(isBundled)) {
      const target = folderOf(path);
      // A file of ours that replaces a module is no dependency of the package that imports it.
      if (target !== from && target !== OWN) to.add(target);
    }
  }
  return new Map([...imports].sort(([a], [b]) => (a < b ? -1 : 1)).map(([from, to]) => [from, [...to].sort()]));
}

/** Not a module of Node's, and not one of the bundler's own, which begin with a NUL. */
function isBundled(module: string): boolean {
  return !isBuiltin(module) && !module.startsWith('\0');
}

/** The folders of the packages that are part of the bundle. */
export function packagesIn(bundled: Bundle): readonly string[] {
  return [...importsIn(bundled).keys()].filter((folder) => folder !== OWN);
}

/** A package may hold packages of its own: the innermost counts. */
function folderOf(file: string): string {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? OWN;
}
