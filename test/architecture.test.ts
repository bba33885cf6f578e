import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '../src');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

/** Who may import whom, and why; a folder may always import itself. */
const LAYERS: Record<string, { may: readonly string[]; because: string }> = {
  model: { may: ['util', 'errors.ts'], because: 'the words of the domain depend on no layer that uses them' },
  'errors.ts': { may: [], because: 'exit codes and error types are words too' },
  util: { may: ['errors.ts'], because: 'these functions know nothing of Zoom or of settings' },
  catalog: { may: ['model', 'util'], because: 'facts about settings know nothing of what is done with them' },
  policy: { may: ['model', 'errors.ts', 'util', 'catalog'], because: 'reading a policy needs no Zoom' },
  reconcile: { may: ['model', 'errors.ts', 'util', 'catalog'], because: 'the core is pure: values in, values out' },
  zoom: { may: ['model', 'errors.ts', 'util'], because: 'the edge carries documents and knows no policy' },
  sandbox: {
    may: ['model', 'errors.ts', 'util', 'catalog'],
    because: 'if it shared code with the client, both could be wrong together',
  },
  report: {
    may: ['model', 'errors.ts', 'util', 'catalog'],
    because: 'a report is made from a plan or a result and nothing else',
  },
  journal: {
    may: ['model', 'errors.ts', 'util'],
    because: 'a record of what was done knows nothing of how it was decided',
  },
  'terminal.ts': { may: ['util'], because: 'what moves on a terminal knows no plan' },
  'problems.ts': { may: ['model', 'errors.ts', 'util'], because: 'words for errors, for run and commands alike' },
  library: {
    may: ['model', 'errors.ts', 'util', 'catalog', 'policy', 'reconcile', 'zoom', 'report', 'journal'],
    because: 'it composes the others, and knows neither flags on a terminal nor who reads what it returns',
  },
  'library.ts': {
    may: ['model', 'errors.ts', 'library', 'catalog', 'report'],
    because: 'it is the face of the library: checks options and hands over',
  },
  commands: {
    may: ['model', 'errors.ts', 'util', 'library', 'sandbox', 'report', 'terminal.ts', 'problems.ts'],
    because:
      'a command turns flags into options, calls the library and shows what it returns: it decides nothing itself',
  },
  'run.ts': {
    may: ['model', 'errors.ts', 'library', 'commands', 'terminal.ts', 'problems.ts'],
    because: 'it only chooses a command',
  },
  'main.ts': { may: ['run.ts'], because: 'it only hands over the process' },
  'cli.ts': { may: ['main.ts', 'model'], because: 'what it loads is loaded before the version is printed' },
};

function layerOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : file;
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  return [...text.matchAll(/(?:from|import\()\s*'([^']+)'/g)].map((match) => match[1] ?? '');
}

/** The files of `src` that a file imports, by their names below `src`. */
function ownImportsOf(file: string): string[] {
  return importsOf(file)
    .filter((name) => name.startsWith('.'))
    .map((name) => relative(SRC, join(SRC, file, '..', name)));
}

/** Every way along imports that comes back to where it began, each once. */
function circles(): string[] {
  const found = new Set<string>();
  const done = new Set<string>();
  const follow = (file: string, way: readonly string[]): void => {
    const start = way.indexOf(file);
    if (start >= 0) found.add([...way.slice(start), file].join(' -> '));
    if (start >= 0 || done.has(file)) return;
    for (const next of ownImportsOf(file)) follow(next, [...way, file]);
    done.add(file);
  };
  for (const file of files) follow(file, []);
  return [...found];
}

describe('layers', () => {
  it.each(files)('%s imports only what its layer may', (file) => {
    const layer = LAYERS[layerOf(file)];
    expect(layer, `${file} is in no layer`).not.toBeUndefined();
    const targets = ownImportsOf(file)
      .map(layerOf)
      .filter((target) => target !== layerOf(file) && !layer?.may.includes(target));
    expect(targets, layer?.because).toEqual([]);
  });

  it('no file imports itself in the end', () => {
    expect(circles()).toEqual([]);
  });

  it.each(Object.entries(LAYERS))('%s may import nothing that it does not', (layer, { may }) => {
    const used = new Set(
      files
        .filter((file) => layerOf(file) === layer)
        .flatMap(ownImportsOf)
        .map(layerOf),
    );
    expect(may.filter((name) => !used.has(name))).toEqual([]);
  });

  it('the folders of the repository depend on each other in one direction', () => {
    const root = join(SRC, '..');
    const programs = ['action', 'bench', 'fuzz', 'soak', 'scripts'];
    const into = (folder: string, others: readonly string[]) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(ts|mjs)$/.test(name))
        .flatMap((name) =>
          [...readFileSync(join(root, folder, name), 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)]
            .map(([, path = '']) => relative(root, join(root, folder, name, '..', path)))
            .filter((path) => others.some((other) => path.startsWith(`${other}/`)))
            .map((path) => `${folder}/${name} -> ${path}`),
        );
    expect(into('src', ['test', ...programs])).toEqual([]);
    // Random stories and their oracle are shared with fuzz/ and soak/, whose tests are next to them.
    expect(into('test', ['action', 'bench', 'fuzz', 'soak'])).toEqual([]);
    expect(into('scripts', ['test', 'bench', 'fuzz', 'soak'])).toEqual([]);
  });

  it('the core touches no file, process, clock or console', () => {
    const pure = files.filter((file) => ['model', 'catalog', 'reconcile', 'report'].includes(layerOf(file)));
    const impure = pure.filter((file) => {
      const text = readFileSync(join(SRC, file), 'utf8');
      const imports = importsOf(file).filter((name) => name.startsWith('node:') && name !== 'node:crypto');
      return imports.length > 0 || /\bprocess\.|\bconsole\.|Date\.now|new Date\(|setTimeout|Math\.random/.test(text);
    });
    expect(impure).toEqual([]);
  });
});

it('only these files ask where they are: the build moves the others to another depth', () => {
  const asking = files.filter((file) => readFileSync(join(SRC, file), 'utf8').includes('import.meta'));
  expect(asking).toEqual(['cli.ts', 'library/package-path.ts']);
});

/** One door per library: it can be replaced, and its traps are known in one place. */
const DOORS: Record<string, readonly string[]> = {
  got: ['zoom/client.ts'],
  'p-queue': ['zoom/limiter.ts'],
  hpagent: ['zoom/client.ts'],
  'deep-diff': ['reconcile/plan/diff.ts'],
  'fast-json-patch': ['reconcile/plan/patch.ts'],
  ora: ['terminal.ts'],
  '@inquirer/confirm': ['terminal.ts'],
  picocolors: ['report/text/paint.ts'],
  'fast-xml-builder': ['report/junit.ts'],
  'fastest-levenshtein': ['util/nearest.ts'],
  // The reader and the writer of policies.
  yaml: ['policy/read/parse.ts', 'policy/read/build-tree.ts', 'policy/export.ts'],
  commander: ['run.ts'],
};

describe('libraries', () => {
  it.each(Object.entries(DOORS))('%s is imported by %s only', (library, doors) => {
    const importers = files.filter((file) => importsOf(file).includes(library));
    expect(importers.filter((file) => !doors.includes(file))).toEqual([]);
    expect(doors.filter((file) => !importers.includes(file))).toEqual([]);
  });

  it.each(['deep-diff', 'fast-json-patch'])(
    '%s is imported by default: its named imports fail in plain Node',
    (library) => {
      const texts = files.map((file) => readFileSync(join(SRC, file), 'utf8'));
      expect(texts.filter((text) => new RegExp(`import \\{[^}]*\\} from '${library}'`).test(text))).toEqual([]);
    },
  );
});
