/** docs/threat-model.md promises what tests show, and those tests are there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const page = readFileSync(join(ROOT, 'docs/threat-model.md'), 'utf8');
const [, promises = ''] = /^## What is promised\n(.*?)^## /ms.exec(page) ?? [];

interface Shown {
  readonly promise: string;
  readonly tests: readonly { readonly file: string; readonly titles: readonly string[] }[];
}

/** A promise is an item of a list, and what shows it the list below: "- `test/file.test.ts`: "a title", "another"". */
const shown: readonly Shown[] = promises
  .split(/^- /m)
  .slice(1)
  .map((item) => {
    const [promise = '', ...lines] = (item.split(/\n\n|\n#/)[0] ?? '').split(/^ {2}- /m);
    return { promise: oneLine(promise), tests: lines.map(oneLine).map(testsIn) };
  });

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function testsIn(line: string): Shown['tests'][number] {
  return {
    file: /^`((?:test|fuzz|soak)\/[\w/-]+\.test\.ts)`: /.exec(line)?.[1] ?? line,
    titles: [...line.matchAll(/"([^"]+)"/g)].map(([, title = '']) => title),
  };
}

describe('every promise of the threat model', () => {
  it('is found by this test', () => {
    expect(shown.length).toBeGreaterThan(20);
    expect(shown.flatMap(({ tests }) => tests).length).toBe(
      promises.match(/`(?:test|fuzz|soak)\/\S+\.test\.ts`: "/g)?.length,
    );
    expect(shown.filter(({ promise, tests }) => promise === '' || tests.length === 0)).toEqual([]);
  });

  it.each(shown)('$promise', ({ tests }) => {
    expect(tests.filter(({ titles }) => titles.length === 0)).toEqual([]);
    for (const { file, titles } of tests) {
      expect(existsSync(join(ROOT, file)), file).toBe(true);
      const text = readFileSync(join(ROOT, file), 'utf8');
      // As a title of a test, a group of tests, or one of a table of them.
      const missing = titles.filter((title) => !text.includes(`'${title}'`));
      expect(missing, file).toEqual([]);
    }
  });
});
