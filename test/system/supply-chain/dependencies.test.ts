/** docs/maintainers/dependencies.md names every package with what is true of it, and nothing gets in by another way. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundledTable } from '../../../scripts/docs/dependency-table.ts';
import { withBlocks } from '../../../scripts/docs/markdown.ts';
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

/** A package as the page names it. */
interface Entry {
  readonly name: string;
  readonly licence: string;
  readonly use: string;
  /** Files, folders and commands that use it. */
  readonly places: readonly string[];
  readonly why: string;
}

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const { scripts, devDependencies, ...manifest } = JSON.parse(read('package.json')) as {
  readonly scripts: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};
const { packages } = JSON.parse(read('package-lock.json')) as { readonly packages: Readonly<Record<string, Locked>> };
const installed = Object.entries(packages).filter(([folder]) => folder !== '');
const PAGE = read('docs/maintainers/dependencies.md');

function sectionOf(heading: string): string {
  return PAGE.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
}

/** The entries of the list under a heading: "- `name` (LICENCE): use. Used by `place`, `place`. Reason." */
function entriesUnder(heading: string): readonly Entry[] {
  const [, ...items] = sectionOf(heading).split(/^- /m);
  return items.map((item) => {
    const line = item.split('\n\n')[0]?.replaceAll(/\s+/g, ' ').trim() ?? '';
    const parts = /^`([^`]+)` \(([^)]+)\): (.+?)\. Used by ((?:`[^`]+`(?:, )?)+)\. (.+)$/.exec(line);
    if (parts === null) throw new Error(`no entry of a package: ${line}`);
    const [, name = '', licence = '', use = '', places = '', why = ''] = parts;
    return { name, licence, use, places: codeIn(places), why };
  });
}

const codeIn = (text = '') => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
const SHIPPED = entriesUnder('In the bundle');
const DEVELOPMENT = entriesUnder('For development only');
/** Name and licence of each row. */
const BROUGHT = [...sectionOf('What they bring into the bundle').matchAll(/^\| `([^`]+)` +\| ([^|]+?) +\|/gm)].map(
  ([, name = '', licence = '']) => ({ name, licence }),
);
const namesIn = (entries: readonly { readonly name: string }[]) => entries.map(({ name }) => name);

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

describe('docs/maintainers/dependencies.md', () => {
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
    expect(withBlocks(PAGE, { 'bundled packages': await bundledTable() })).toBe(PAGE);
  });

  it.each([...SHIPPED, ...DEVELOPMENT])('$name: the licence is right, and there is a reason', (entry) => {
    expect(entry.licence).toBe(packages[`node_modules/${entry.name}`]?.license);
    for (const text of [entry.use, entry.why]) expect(text).toMatch(/\w{3}/);
  });

  it.each(SHIPPED)('$name is imported where it says', ({ name, places }) => {
    expectPlaces(places, importersOf(name, /^src\//));
  });

  it.each(DEVELOPMENT)('$name is used where it says', ({ name, places }) => {
    const commands = places.flatMap((place) => /^npm run (\w+)$/.exec(place)?.[1] ?? []);
    const files = places.filter((place) => !place.startsWith('npm '));
    expectPlaces(files, importersOf(name, /./));
    const programs = name.startsWith('@types/') ? ['tsc'] : Object.keys(packages[`node_modules/${name}`]?.bin ?? {});
    const idle = commands.filter((command) => !scripts[command]?.split(' ').some((word) => programs.includes(word)));
    expect(idle).toEqual([]);
    expect(places.length).toBeGreaterThan(0);
  });

  /** Every importer is in one of the places, and there is one in each. */
  function expectPlaces(places: readonly string[], importers: readonly string[]): void {
    expect(importers.filter((file) => !places.some((place) => isIn(file, place)))).toEqual([]);
    expect(places.filter((place) => !importers.some((file) => isIn(file, place)))).toEqual([]);
  }

  it('names the packages with a script at installation, with what it does', () => {
    const withScript = installed.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    const named = [...sectionOf('Where they come from').matchAll(/^- `([^`]+)`: its script (.+)$/gm)];
    expect(named.map(([, name]) => name)).toEqual(withScript.map(([folder]) => folder.replace(/^node_modules\//, '')));
    for (const [, , does] of named) expect(does).toMatch(/\w{3}/);
  });
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
    const licences = [...SHIPPED, ...BROUGHT].map(({ licence }) => licence);
    const known = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD', 'BlueOak-1.0.0'];
    expect(licences.filter((licence) => !known.includes(licence))).toEqual([]);
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
        'docs/maintainers/dependencies.md',
        'LICENSE',
        'policies/k12.yaml',
      ]),
    );
    const roots = /^(?:dist|policies|docs|examples)\/|^(?:README|CHANGELOG)\.md$|^LICENSE$|^package\.json$/;
    expect(paths.filter((path) => !roots.test(path))).toEqual([]);
    expect(paths.filter((path) => /\.lockstep\/|node_modules|\.test\.|\.env$|\.log$|\.tgz$/.test(path))).toEqual([]);
  });
});
