import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundle } from '../../scripts/build/bundle.ts';
import { reachedIn } from '../../scripts/build/declarations.ts';
import { CLI, withFiles } from '../helpers/built.ts';
import { ROOT } from '../helpers/scripts.ts';

const DIST = dirname(CLI);
const { files, modules } = await bundle({ write: false });

/** The modules that a built file was made from; of those of the bundler's own, none has a path. */
function sourcesIn(name: string): readonly string[] {
  const file = files.find(({ fileName }) => fileName === name);
  return Object.entries(file?.modules ?? {}).flatMap(([id, { renderedLength }]) =>
    renderedLength > 0 && isAbsolute(id) ? [relative(ROOT, id)] : [],
  );
}

/** What Node loads before it runs the first line of `name`. */
function loadedWith(name: string, loaded: Set<string> = new Set()): ReadonlySet<string> {
  if (loaded.has(name)) return loaded;
  loaded.add(name);
  const built = new Set(files.map(({ fileName }) => fileName));
  for (const imported of files.find(({ fileName }) => fileName === name)?.imports ?? []) {
    if (built.has(imported)) loadedWith(imported, loaded);
  }
  return loaded;
}

function builtFrom(source: string): readonly string[] {
  return files.flatMap(({ fileName, facadeModuleId }) => (facadeModuleId === join(ROOT, source) ? [fileName] : []));
}

describe('what is built', () => {
  it('is what is there', () => {
    const built = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
    expect(built.sort()).toEqual(files.map(({ fileName }) => fileName).sort());
  });

  it('needs nothing that is not in it', () => {
    const built = new Set(files.map(({ fileName }) => fileName));
    const imported = files.flatMap(({ imports, dynamicImports }) => [...imports, ...dynamicImports]);
    expect(imported.length).toBeGreaterThan(100);
    expect(imported.filter((path) => !built.has(path) && !isBuiltin(path))).toEqual([]);
  });

  it('loads next to nothing for its version', () => {
    const sources = [...loadedWith('cli.js')].flatMap(sourcesIn);
    expect(sources.sort()).toEqual(['src/cli.ts', 'src/model/version.ts']);
  });

  it('loads little before it knows the command', () => {
    const sources = builtFrom('src/main.ts')
      .flatMap((name) => [...loadedWith(name)])
      .flatMap(sourcesIn);
    expect(sources).toContain('src/run.ts');
    const heavy = /^(?:src\/(?:zoom|policy|journal|sandbox|catalog)\/|node_modules\/(?!commander\/))/;
    expect(sources.filter((source) => heavy.test(source))).toEqual([]);
  });

  it.each([
    ['src/commands/validate.ts', 7],
    ['src/commands/plan.ts', 8],
  ])('loads %s with few files', (command, most) => {
    const start = ['src/main.ts', 'src/library/check-options.ts', command].flatMap(builtFrom);
    expect(start).toHaveLength(3);
    const loaded = new Set(start.flatMap((name) => [...loadedWith(name)]));
    expect(loaded.size).toBeLessThanOrEqual(most);
  });

  it('holds no package in whose place it has a file of ours', () => {
    const packages = [...modules.keys()].flatMap(
      (module) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(module)?.[1] ?? [],
    );
    expect(packages).toContain('got');
    const absent = ['http2-wrapper', 'cacheable-request', 'cacheable-lookup', 'keyv'];
    expect(packages.filter((name) => absent.includes(name))).toEqual([]);
  });

  it('comes with the licence of everything in it', () => {
    const packages = files
      .flatMap(({ fileName }) => sourcesIn(fileName))
      .flatMap((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? []);
    expect(new Set(packages).size).toBeGreaterThan(20);
    const told = readFileSync(join(DIST, 'THIRD-PARTY-LICENSES.txt'), 'utf8');
    expect([...new Set(packages)].filter((name) => !told.includes(`\n${name} `))).toEqual([]);
  });
});

describe('what is published', () => {
  const declarations = readdirSync(DIST, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.d.ts'))
    .sort();

  it('declares the library and what it needs, and nothing else', () => {
    expect(declarations).toEqual(reachedIn(DIST));
    expect(declarations).toContain('library.d.ts');
    expect(declarations.filter((name) => /^(?:commands|zoom|sandbox|policy|journal|cli|run)\b/.test(name))).toEqual([]);
  });

  it('is the built files, the packs, and documents', () => {
    const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    const [{ files }] = JSON.parse(packed) as [{ files: { path: string }[] }];
    const paths = files.map(({ path }) => path);
    const kinds = [
      /^dist\/(?:cli|library|chunks\/[\w-]+)\.js$/,
      /^dist\/[\w/-]+\.d\.ts$/,
      /^dist\/THIRD-PARTY-LICENSES\.txt$/,
      /^policies\/[\w-]+\.yaml$/,
      /^(?:docs|examples)\//,
      /^(?:README\.md|CHANGELOG\.md|LICENSE|package\.json)$/,
    ];
    expect(paths.filter((path) => !kinds.some((kind) => kind.test(path)))).toEqual([]);
    expect(kinds.filter((kind) => !paths.some((path) => kind.test(path)))).toEqual([]);
    expect(paths.filter((path) => path.endsWith('.d.ts'))).toEqual(declarations.map((name) => `dist/${name}`).sort());
  });

  it('types a program that uses it, and refuses what the library refuses', async () => {
    const program = `import { apply, type ApplyVerdict, plan, type PlanVerdict } from 'lockstep';
const planned: PlanVerdict = await plan({ policies: ['p'], failOn: ['weakening'] });
const applied: ApplyVerdict = await apply({ plan: planned.plan, approve: async ({ plan }) => plan.blocked.length === 0 });
export const failed = applied.kind === 'result' ? applied.result.results.filter(({ status }) => status === 'failed') : [];
// @ts-expect-error a word that is none
await plan({ failOn: ['weakning'] });
// @ts-expect-error an option that is none
await plan({ polices: ['p'] });
// @ts-expect-error a text for a number
await plan({ concurrency: '3' });
`;
    const config = {
      compilerOptions: {
        strict: true,
        noEmit: true,
        target: 'es2023',
        module: 'nodenext',
        types: ['node'],
        typeRoots: [join(ROOT, 'node_modules/@types')],
        paths: { lockstep: [join(DIST, 'library.d.ts')] },
      },
      files: ['program.mts'],
    };
    await withFiles({ 'program.mts': program, 'tsconfig.json': JSON.stringify(config) }, async (cwd) => {
      const tsc = spawnSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', cwd], { encoding: 'utf8' });
      expect(tsc.stdout).toBe('');
      expect(tsc.status).toBe(0);
    });
  });
});
