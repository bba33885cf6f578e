import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { globMatcher } from '../../src/util/glob.ts';

const MEANT: Readonly<Record<string, string>> = { '*': '.*', '?': '.', '.': '\\.' };

describe('a glob', () => {
  it.each<[pattern: string, name: string, does: boolean]>([
    ['Staff *', 'Staff ', true],
    ['Staff *', 'Staff of the library', true],
    ['Staff *', 'Staff', false],
    ['Staff *', 'staff of the library', false],
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['?', '', false],
    ['?', '/', true],
    ['?', '🎉', true],
    ['Room ?', 'Room 12', false],
    ['*/*', 'a/../b', true],
    ['.*', '.hidden', true],
    ['**', 'a', true],
    ['*a*b*', 'ba', false],
    ['*aab', 'aaab', true],
    ['Staff [old] (UK)', 'Staff [old] (UK)', true],
    ['{a,b}', 'a', false],
    ['@(a|b)+!c', '@(a|b)+!c', true],
    ['[a-z]', 'b', false],
    ['a\\*', 'a*', true],
    ['a\\*', 'ab', false],
    ['a\\\\*', 'a\\b', true],
    ['a\\b', 'a\\b', true],
    ['a.c', 'abc', false],
    ['*@example.edu', 'dean@example.edu', true],
  ])('%j and %j: %s', (pattern, name, does) => {
    expect(globMatcher(pattern)(name)).toBe(does);
  });

  it('means what a regular expression would, where that comes to an end', () => {
    const letters = fc.constantFrom('a', 'b', '/', '.', 'é', '🎉');
    const pattern = fc.array(fc.oneof(letters, fc.constantFrom('*', '?')), { maxLength: 7 });
    fc.assert(
      fc.property(pattern, fc.string({ unit: letters, maxLength: 9 }), (parts, name) => {
        const meant = parts.map((part) => MEANT[part] ?? part).join('');
        expect(globMatcher(parts.join(''))(name)).toBe(new RegExp(`^${meant}$`, 'su').test(name));
      }),
      { numRuns: 3000 },
    );
  });
});
