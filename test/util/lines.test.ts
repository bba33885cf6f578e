import { describe, expect, it } from 'vitest';
import { LineTooLong, linesIn } from '../../src/util/lines.ts';

async function* inPieces(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function linesOf(text: string, size: number, longest = 100): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of linesIn(inPieces(text, size), longest)) lines.push(line);
  return lines;
}

describe.each([1, 2, 3, 7, 1000])('lines of a text in pieces of %i bytes', (size) => {
  it.each<[string, string, string[]]>([
    ['nothing', '', []],
    ['one without its end', 'a', ['a']],
    ['one with its end', 'a\n', ['a']],
    ['empty ones', '\n\na\n\n', ['', '', 'a', '']],
    ['several', 'first\nsecond\nthird', ['first', 'second', 'third']],
    ['characters of several bytes', 'ä€\n😀\u2028x\n', ['ä€', '😀\u2028x']],
  ])('%s', async (_, text, expected) => {
    expect(await linesOf(text, size)).toEqual(expected);
  });

  it('no longer than allowed', async () => {
    expect(await linesOf('1234\n5678', size, 4)).toEqual(['1234', '5678']);
    await expect(linesOf('1234\n56789', size, 4)).rejects.toThrow(new LineTooLong(2, 4));
  });

  it('that never end are not held', async () => {
    async function* endless(): AsyncGenerator<Buffer> {
      for (;;) yield Buffer.alloc(size);
    }
    await expect(linesIn(endless(), 1000).next()).rejects.toThrow('line 1 is longer than 1000 bytes');
  });
});
