/** docs/threat-model.md promises what tests show, and those tests are there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const page = readFileSync(join(ROOT, 'docs/threat-model.md'), 'utf8');
const [, promises = ''] = /^## What is promised\n(.*?)^## /ms.exec(page) ?? [];
const rows = promises
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (?:Promise|---) \|/.test(line))
  .map((line) => line.split(' | '));

/** `test/file.test.ts`: "a title", "another"; `test/other.test.ts`: "a third" */
function testsIn(cell: string): { file: string; titles: string[] }[] {
  return cell.split('; `').map((part) => ({
    file: /(?:test|fuzz|soak)\/[\w/-]+\.test\.ts/.exec(part)?.[0] ?? part,
    titles: [...part.matchAll(/"([^"]+)"/g)].map(([, title = '']) => title),
  }));
}

describe('every promise of the threat model', () => {
  it('is found by this test', () => {
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter((cells) => cells.length !== 2)).toEqual([]);
  });

  it.each(rows)('%s', (_, shownBy = '') => {
    const tests = testsIn(shownBy);
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
