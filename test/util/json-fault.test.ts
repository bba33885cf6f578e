import { expect, it } from 'vitest';
import { jsonFaultAt } from '../../src/util/json-fault.ts';

it.each<[string, number]>([
  ['', 0],
  ['  ', 2],
  ['x', 0],
  ['<html>', 0],
  ['{"a":', 5],
  ['{"a":1', 6],
  ['{"a":"b', 7],
  ['{"a":"b\\', 8],
  ['{"a":"b\\u12', 11],
  ['{"a":tr', 7],
  ['{"a":1,', 7],
  ['{"a":-', 6],
  ['[1,[2', 5],
  ['{"a":1}}', 7],
  ['{"a":1},', 7],
  ['{"a":1]', 6],
  ['[1 2]', 3],
  ['[1,]', 3],
  ['[,1]', 1],
  ['{"a":1,}', 7],
  ['{a:1}', 1],
  ['{"a" 1}', 5],
  ['{"a":tru }', 8],
  ['{"a":"b\nc"}', 7],
  ['{"a":"\\x"}', 7],
  ['{"a":"\\u12g4"}', 10],
  ["{'a':1}", 1],
  ['while(1);{"a":1}', 0],
  ['\ufeff{"a":1}', 0],
  ['{"a":[true,false,null,-1.5e+3,"\\u00e9\\n",{}],"b":{}} x', 53],
])('%j is no JSON from %i on', (text, at) => {
  expect(() => JSON.parse(text)).toThrow();
  expect(jsonFaultAt(text)).toBe(at);
});

it('finds no fault before the end of what is cut off', () => {
  const text = JSON.stringify({ a: ['b\\"é', 1.5e-7, true, null, { c: {} }], d: '\u0001' });
  for (let length = 1; length < text.length; length += 1) expect(jsonFaultAt(text.slice(0, length))).toBe(length);
});

it('takes any depth and length', () => {
  expect(jsonFaultAt('['.repeat(1e6))).toBe(1e6);
  expect(jsonFaultAt(`"${'a\\n'.repeat(1e6)}`)).toBe(3e6 + 1);
});
