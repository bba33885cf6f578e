import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundle } from '../../scripts/build/bundle.ts';
import { reachedIn } from '../../scripts/build/declarations.ts';
import { CLI, withFiles } from '../helpers/built.ts';
import { ROOT } from '../helpers/scripts.ts';

const DIST = dirname(CLI);
const { outputs } = await bundle({ write: false });
const names = Object.keys(outputs);

/** The files that a built one was made from. */
function sourcesIn(name: string): readonly string[] {
  return Object.entries(outputs[name]?.inputs ?? {}).flatMap(([file, { bytesInOutput }]) =>
    bytesInOutput > 0 ? [file] : [],
  );
}

/** What Node loads before it runs the first line of `name`. */
function loadedWith(name: string, loaded: Set<string> = new Set()): ReadonlySet<string> {
  if (loaded.has(name)) return loaded;
  loaded.add(name);
  for (const { kind, path, external } of outputs[name]?.imports ?? []) {
    if (kind === 'import-statement' && external !== true) loadedWith(path, loaded);
  }
  return loaded;
}

describe('what is built', () => {
  it('is what is there', () => {
    const built = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
    expect(built.map((name) => `dist/${name}`).sort()).toEqual([...names].sort());
  });

  it('needs nothing that is not in it', () => {
    const imported = names.flatMap((name) => outputs[name]?.imports ?? []);
    expect(imported.length).toBeGreaterThan(100);
    expect(imported.filter(({ path, external }) => external === true && !isBuiltin(path))).toEqual([]);
  });

  it('loads next to nothing for its version', () => {
    const sources = [...loadedWith('dist/cli.js')].flatMap(sourcesIn);
    expect(sources.sort()).toEqual(['src/cli.ts', 'src/model/version.ts']);
  });

  it('loads little before it knows the command', () => {
    const main = names.filter((name) => outputs[name]?.entryPoint === 'src/main.ts');
    const sources = main.flatMap((name) => [...loadedWith(name)]).flatMap(sourcesIn);
    expect(sources).toContain('src/run.ts');
    const heavy = /^(?:src\/(?:zoom|policy|journal|sandbox|catalog)\/|node_modules\/(?!commander\/))/;
    expect(sources.filter((source) => heavy.test(source))).toEqual([]);
  });

  it('comes with the licence of everything in it', () => {
    const packages = names
      .flatMap(sourcesIn)
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
