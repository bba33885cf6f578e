import { describe, expect, it } from 'vitest';
import { excerpt } from '../../src/zoom/excerpt.ts';
import { retryAfter, retryDelay } from '../../src/zoom/retry.ts';

describe('retryDelay', () => {
  it.each([
    // attempt, kind, Retry-After, random -> delay
    [1, 'limited', undefined, 0, 1000],
    [1, 'limited', 3000, 0, 3000],
    [2, 'limited', 3000, 0.5, 3250],
    [7, 'limited', undefined, 0, 1000],
    [8, 'limited', undefined, 0, undefined],
    [7, 'busy', undefined, 0, 1000],
    [8, 'busy', undefined, 0, undefined],
    [1, 'daily', 1000, 0, undefined],
    [1, 'unavailable', undefined, 0, 0],
    [1, 'unavailable', undefined, 1, 500],
    [4, 'unavailable', undefined, 1, 4000],
    [4, 'unavailable', 9000, 0, 9000],
    [1, 'unavailable', 3_600_000, 0, undefined],
    [5, 'unavailable', undefined, 0, undefined],
    [1, 'hopeless', undefined, 0, undefined],
  ] as const)('trouble %i, %s, asked for %s, chance %d -> %s', (attempt, kind, asked, chance, delay) => {
    const trouble = { kind, ...(asked === undefined ? {} : { retryAfter: asked }) };
    expect(retryDelay(attempt, trouble, () => chance)).toBe(delay);
  });
});

describe('retryAfter', () => {
  const now = Date.parse('2026-05-31T00:00:00Z');
  it.each([
    ['5', 5000],
    [' 0.5 ', 500],
    ['2026-05-31T00:00:07Z', 7000],
    ['Sun, 31 May 2026 00:00:09 GMT', 9000],
    ['2026-05-30T00:00:00Z', 0],
    ['9'.repeat(400), 365 * 24 * 3600 * 1000],
    ['', undefined],
    [undefined, undefined],
    ['-1', undefined],
    ['soon 5', undefined],
    ['2026-99-99T00:00:00Z', undefined],
  ])('%s -> %s', (header, expected) => {
    expect(retryAfter(header, now)).toBe(expected);
  });
});

describe('excerpt', () => {
  it.each([
    ['plain ünïcode 🎉', 'plain ünïcode 🎉'],
    ['a\u001b[31mb\r\n\t', 'a\\u001b[31mb\\u000d\\u000a\\u0009'],
    ['a\u202eb\u200bc\u009b', 'a\\u202eb\\u200bc\\u009b'],
    ['\ud800x', '\\ud800x'],
  ])('%j -> %s', (text, shown) => {
    expect(excerpt(text)).toBe(shown);
  });

  it('cuts, and not through the middle of a character', () => {
    expect(excerpt('x'.repeat(1e6))).toBe(`${'x'.repeat(299)}…`);
    expect(excerpt('🎉🎉🎉', 4)).toBe('🎉…');
    expect(excerpt('🎉🎉', 4)).toBe('🎉🎉');
  });
});
