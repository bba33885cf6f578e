import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stableText } from '../../src/util/json.ts';

/** The same value with its keys the other way round, at every depth. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, child]) => [key, turned(child)]),
  );
}

describe('stable text', () => {
  it('is JSON of the same value, whatever the order of its keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(stableText(value))).toEqual(JSON.parse(JSON.stringify(value)));
        expect(stableText(turned(value))).toBe(stableText(value));
      }),
    );
  });

  it.each([
    [{ b: 1, a: [{ d: null, c: 'x' }] }, '{"a":[{"c":"x","d":null}],"b":1}'],
    [{ a: undefined, b: [undefined] }, '{"b":[null]}'],
    [JSON.parse('{"__proto__": 1, "a": "\\u2028"}'), '{"__proto__":1,"a":"\u2028"}'],
    ['"', '"\\""'],
  ])('of %j is %s', (value, text) => {
    expect(stableText(value)).toBe(text);
  });
});
