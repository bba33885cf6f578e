import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CLI } from '../helpers/built.ts';

const DIST = dirname(CLI);
const names = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
const texts = new Map(names.map((name) => [name, readFileSync(join(DIST, name), 'utf8')]));

const STATIC = /^(?:import|export)\b[^;(]*?["']([^"']+)["'];/gm;
const LAZY = /\bimport\("([^"]+)"\)/g;

function matches(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, found = '']) => found);
}

/** The files that a bundle was made from, as the bundler notes them. */
function sourcesIn(name: string): readonly string[] {
  return matches(texts.get(name) ?? '', /^\/\/ ((?:src|node_modules)\/\S+)$/gm);
}

/** What Node loads before it runs the first line of `name`. */
function loadedWith(name: string, loaded: Set<string> = new Set()): ReadonlySet<string> {
  if (loaded.has(name)) return loaded;
  loaded.add(name);
  const near = matches(texts.get(name) ?? '', STATIC).filter((found) => found.startsWith('.'));
  for (const found of near) loadedWith(join(dirname(name), found), loaded);
  return loaded;
}

describe('what is built', () => {
  it('needs nothing that is not in it', () => {
    const imported = [...texts.values()].flatMap((text) => [...matches(text, STATIC), ...matches(text, LAZY)]);
    expect(imported.length).toBeGreaterThan(100);
    expect(imported.filter((name) => !name.startsWith('.') && !isBuiltin(name))).toEqual([]);
  });

  it('loads little before it knows the command', () => {
    const sources = [...loadedWith('cli.js')].flatMap(sourcesIn);
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
