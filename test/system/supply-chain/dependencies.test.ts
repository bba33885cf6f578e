/** docs/dependencies.md names every package with what is true of it, and nothing gets in by another way. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dependencyPage } from '../../../scripts/docs/dependency-table.ts';
import { CLI } from '../../helpers/built.ts';
import { program, ROOT } from '../../helpers/scripts.ts';

interface Locked {
  readonly version: string;
  readonly license: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly bin?: Readonly<Record<string, string>>;
}

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const { scripts, devDependencies, ...manifest } = JSON.parse(read('package.json')) as {
  readonly scripts: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};
const { packages } = JSON.parse(read('package-lock.json')) as { readonly packages: Readonly<Record<string, Locked>> };
const installed = Object.entries(packages).filter(([folder]) => folder !== '');
const PAGE = read('docs/dependencies.md');

/** The cells of the table under a heading, without its head. */
function tableUnder(heading: string): readonly string[][] {
  const [, section = ''] = PAGE.split(`\n## ${heading}\n`);
  const lines = section.split('\n## ')[0]?.match(/^ *\|.*\|$/gm) ?? [];
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const codeIn = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
const SHIPPED = tableUnder('In the bundle');
const DEVELOPMENT = tableUnder('For development only');
const BROUGHT = tableUnder('What they bring into the bundle');
const namesIn = (rows: readonly string[][]) => rows.flatMap(([name]) => codeIn(name));

/** Which packages our own files import, by file. */
const imports = ['src', 'test', 'scripts', 'action', 'bench', 'fuzz', 'soak', 'vitest.config.ts'].flatMap((root) =>
  sourcesIn(root).map((file) => [file, importedBy(read(file))] as const),
);

function sourcesIn(root: string): readonly string[] {
  if (root.endsWith('.ts')) return [root];
  const names = readdirSync(join(ROOT, root), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /\.(ts|mjs)$/.test(name)).map((name) => `${root}/${name}`);
}

function importedBy(text: string): readonly string[] {
  const specifiers = [...text.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*'([^'.][^']*)'/g)];
  return specifiers.flatMap(([, name = '']) => /^(?:@[^/]+\/)?[^/:]+(?=\/|$)/.exec(name)?.[0] ?? []);
}

function importersOf(name: string, root: RegExp): readonly string[] {
  return imports.flatMap(([file, names]) => (root.test(file) && names.includes(name) ? [file] : []));
}

const isIn = (file: string, place: string) => file === place || file.startsWith(`${place}/`);

describe('docs/dependencies.md', () => {
  it('names every package of package.json once, and no other', () => {
    expect([...namesIn(SHIPPED), ...namesIn(DEVELOPMENT)].sort()).toEqual(Object.keys(devDependencies).sort());
  });

  it('lists what is in the bundle', () => {
    const licences = readFileSync(join(dirname(CLI), 'THIRD-PARTY-LICENSES.txt'), 'utf8');
    const [, ...packages] = licences.split(`\n\n${'-'.repeat(80)}\n\n`);
    const built = packages.map((text) => /^(\S+) /.exec(text)?.[1]);
    expect([...namesIn(SHIPPED), ...namesIn(BROUGHT)].sort()).toEqual([...new Set(built)].sort());
  });

  it('its last table is what `npm run docs` writes', async () => {
    expect(await dependencyPage()).toBe(PAGE);
  });

  it.each([...SHIPPED, ...DEVELOPMENT])(
    '%s: the licence is right, and there is a reason',
    (cell, use, _, licence, why) => {
      expect(licence).toBe(packages[`node_modules/${namesIn([[cell]])[0]}`]?.license);
      for (const text of [use, why]) expect(text).toMatch(/\w{3}/);
    },
  );

  it.each(SHIPPED)('%s is imported where it says', (cell, _, where) => {
    const [name = ''] = codeIn(cell);
    expectPlaces(codeIn(where), importersOf(name, /^src\//));
  });

  it.each(DEVELOPMENT)('%s is used where it says', (cell, _, where) => {
    const [name = ''] = codeIn(cell);
    const commands = codeIn(where).flatMap((code) => /^npm run (\w+)$/.exec(code)?.[1] ?? []);
    const places = codeIn(where).filter((code) => !code.startsWith('npm '));
    expectPlaces(places, importersOf(name, /./));
    const programs = name.startsWith('@types/') ? ['tsc'] : Object.keys(packages[`node_modules/${name}`]?.bin ?? {});
    const idle = commands.filter((command) => !scripts[command]?.split(' ').some((word) => programs.includes(word)));
    expect(idle).toEqual([]);
    expect(commands.length + places.length).toBeGreaterThan(0);
  });

  /** Every importer is in one of the places, and there is one in each. */
  function expectPlaces(places: readonly string[], importers: readonly string[]): void {
    expect(importers.filter((file) => !places.some((place) => isIn(file, place)))).toEqual([]);
    expect(places.filter((place) => !importers.some((file) => isIn(file, place)))).toEqual([]);
  }

  it('names the packages with a script at installation, with what it does', () => {
    const withScript = installed.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    const rows = tableUnder('Where they come from');
    expect(namesIn(rows)).toEqual(withScript.map(([folder]) => folder.replace(/^node_modules\//, '')));
    for (const [, does] of rows) expect(does).toMatch(/\w{3}/);
  });
});

it.each(['dependencies', 'publishing'])('every relative link of docs/%s.md leads to a file', (name) => {
  const links = [...read(`docs/${name}.md`).matchAll(/\]\(([^)#:]+)\)/g)].map(([, link = '']) => link);
  expect(links.length).toBeGreaterThan(0);
  expect(links.filter((link) => !existsSync(join(ROOT, 'docs', link)))).toEqual([]);
});

describe('what is installed', () => {
  it('is held to a SHA-512, and comes from a registry', () => {
    expect(installed.length).toBeGreaterThan(100);
    const loose = installed.filter(
      ([, { integrity = '', resolved = 'https://', link }]) =>
        !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity) || !resolved.startsWith('https://') || link === true,
    );
    expect(loose).toEqual([]);
    expect(Object.values(devDependencies).filter((range) => !/^[~^]?\d+\.\d+\.\d+$/.test(range))).toEqual([]);
  });

  it('in the bundle has a licence that goes with ours', () => {
    const licences = [...SHIPPED.map((row) => row[3]), ...BROUGHT.map((row) => row[1])];
    const known = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD', 'BlueOak-1.0.0'];
    expect(licences.filter((licence) => licence === undefined || !known.includes(licence))).toEqual([]);
  });
});

describe('what is published', () => {
  it('depends on nothing, and runs nothing when it is installed', () => {
    const kinds = [
      'dependencies',
      'optionalDependencies',
      'peerDependencies',
      'bundleDependencies',
      'bundledDependencies',
    ];
    expect(kinds.filter((kind) => Object.hasOwn(manifest, kind))).toEqual([]);
    const atInstallation = [
      'preinstall',
      'install',
      'postinstall',
      'prepublish',
      'preprepare',
      'prepare',
      'postprepare',
    ];
    expect(atInstallation.filter((name) => Object.hasOwn(scripts, name))).toEqual([]);
  });

  it('is the built files, the policies and the documents, and nothing that was left lying there', async () => {
    // Without our prepack, which would build dist/ anew under the other tests.
    const { stdout, stderr } = await program('npm', ['pack', '--dry-run', '--json', '--ignore-scripts']);
    const [pack] = JSON.parse(stdout) as [{ files: readonly { path: string }[] }];
    const paths = pack.files.map(({ path }) => path);
    expect(paths, stderr).toEqual(
      expect.arrayContaining([
        'dist/cli.js',
        'dist/library.js',
        'dist/library.d.ts',
        'dist/THIRD-PARTY-LICENSES.txt',
        'docs/dependencies.md',
        'LICENSE',
        'policies/k12.yaml',
      ]),
    );
    const roots = /^(?:dist|policies|docs|examples)\/|^(?:README|CHANGELOG)\.md$|^LICENSE$|^package\.json$/;
    expect(paths.filter((path) => !roots.test(path))).toEqual([]);
    expect(paths.filter((path) => /\.lockstep\/|node_modules|\.test\.|\.env$|\.log$|\.tgz$/.test(path))).toEqual([]);
  });
});
