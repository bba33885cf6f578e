/** What fuzzed text is made of: pieces that mean something to a parser, a shell, a terminal or a prototype. */
import fc from 'fast-check';
import type { Json, JsonObject } from '../src/util/json.ts';

export const HOSTILE: readonly string[] = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '$secret',
  'env:ZOOM_CLIENT_SECRET',
  '../../../etc/passwd',
  '..',
  '.',
  '/',
  '\u0000',
  '\u0007\u0008',
  '\r',
  '\u001b[31mred\u001b[0m',
  '\u001b]8;;https://evil.example/\u001b\\link\u001b]8;;\u001b\\',
  '\u009b31m',
  '\u202egnp.exe',
  '\u2066\u2069',
  '\u2028',
  '\ufeff',
  '\ud800',
  '\uffff',
  '💥',
  '<script>alert(1)</script>',
  ']]>',
  '-->',
  '::error::x',
  '##vso[task.complete]',
  '$\u007b{ github.token }}',
  '%0a',
  '|',
  '`',
  '```',
  '@everyone',
  '*',
  'a'.repeat(5000),
];

export const hostileText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }) },
);

const NUMBERS = [0, -0, 1, -1, 0.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, 5e-324, 300, 999_999_999_999];

const leaf: fc.Arbitrary<Json> = fc.oneof(
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom(...NUMBERS),
  hostileText,
  fc.constantFrom<Json>({ $secret: 'env:ZOOM_CLIENT_SECRET' }, { $secret: 'live:account:x.y' }, { $secret: 1 }),
);

/** Any value that JSON can hold, small, with names that reach into prototypes among its keys. */
export const anyJson: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(hostileText, tie('value')), { maxLength: 4 }).map(objectFrom),
  ),
})).value;

/** With own keys only, `__proto__` among them. */
function objectFrom(entries: readonly (readonly [string, Json])[]): JsonObject {
  return Object.fromEntries(entries);
}
