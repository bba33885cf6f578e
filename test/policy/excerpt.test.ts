import { describe, expect, it } from 'vitest';
import { excerptAt } from '../../src/policy/read/excerpt.ts';
import { sourceOf, spotAt } from '../../src/policy/read/lines.ts';

const NOTHING_CUT: ReadonlyMap<number, number> = new Map();

describe('positions', () => {
  it('count lines and columns from one', () => {
    const source = sourceOf('ab\r\ncd\n\ne');
    expect([0, 1, 4, 7, 8, 9].map((offset) => spotAt(source, offset))).toEqual([
      { line: 1, column: 1 },
      { line: 1, column: 2 },
      { line: 2, column: 1 },
      { line: 3, column: 1 },
      { line: 4, column: 1 },
      { line: 4, column: 2 },
    ]);
  });
});

describe('excerpts', () => {
  it.each([
    ['a line', 'first\nsecond: x\n', { line: 2, column: 9 }, 'second: x\n        ^'],
    ['the end of a line', 'a:\r\nb', { line: 1, column: 3 }, 'a:\n  ^'],
    ['behind the last line', 'a:\n', { line: 2, column: 1 }, '\n^'],
    ['tabs', '\ta: x', { line: 1, column: 5 }, '    a: x\n       ^'],
    ['control characters', 'a\u001b[31m: x', { line: 1, column: 9 }, 'a\\u001b[31m: x\n             ^'],
    ['characters of two units', '💥: x', { line: 1, column: 5 }, '💥: x\n   ^'],
  ])('show %s', (_name, text, spot, excerpt) => {
    expect(excerptAt(sourceOf(text), spot, NOTHING_CUT)).toBe(excerpt);
  });

  it('show the part of a long line that matters', () => {
    const source = sourceOf(`${'a'.repeat(300)}X${'b'.repeat(300)}`);
    const start = excerptAt(source, { line: 1, column: 3 }, NOTHING_CUT).split('\n');
    expect(start).toEqual([`${'a'.repeat(100)}…`, '  ^']);
    const middle = excerptAt(source, { line: 1, column: 301 }, NOTHING_CUT).split('\n');
    expect(middle[0]).toBe(`…${'a'.repeat(50)}X${'b'.repeat(49)}…`);
    expect(middle[1]).toBe(`${' '.repeat(51)}^`);
    const end = excerptAt(source, { line: 1, column: 602 }, NOTHING_CUT).split('\n');
    expect(end).toEqual([`…${'b'.repeat(100)}`, `${' '.repeat(101)}^`]);
  });

  it('leave out what must not be shown', () => {
    const source = sourceOf('passcode: x');
    expect(excerptAt(source, { line: 1, column: 11 }, new Map([[1, 9]]))).toBe('passcode:…\n         ^');
  });
});
