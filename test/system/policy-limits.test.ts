import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LockstepError } from '../../src/errors.ts';
import { account, load, user } from '../policy/folder.ts';

const DEEP = 'this is nested deeper than 100 levels';
const MANY = 'this file holds more than 100,000 values, aliases written out: split it';

describe('limits', () => {
  it.each([
    ['brackets', '['.repeat(100_000), DEEP],
    ['five megabytes of brackets', '['.repeat(5_000_000), DEEP],
    ['braces', '{a: '.repeat(100_000), DEEP],
    ['list items', '- '.repeat(100_000), DEEP],
    ['explicit keys', '? '.repeat(100_000), DEEP],
    ['keys on one line', 'a: '.repeat(100_000), DEEP],
    ['indentation', Array.from({ length: 2_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), DEEP],
    ['keys in braces without a comma', `a: { b: ${'~? <<: '.repeat(4_000)}\n`, DEEP],
    ['list items after a bracket that is left open', `a: [\n${'- '.repeat(4_000)}\n`, DEEP],
    ['keys after braces that are left open', `a: [{ b: c,\n${'d: '.repeat(4_000)}\n`, DEEP],
    ['many values', `version: 1\nx: [${'1,'.repeat(100_001)}]`, MANY],
    ['many tokens', '[]'.repeat(400_000), MANY],
    ['many tags', '!a '.repeat(1_000_000), MANY],
  ])('%s', async (_name, text, message) => {
    const { said } = await load({ 'p.yaml': text });
    expect(said.join()).toContain(message);
  });

  it('allow 100 levels and no more', async () => {
    const nested = (levels: number) => `version: 1\nx: ${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}`;
    expect((await load({ 'p.yaml': nested(100) })).said.join()).not.toContain(DEEP);
    expect((await load({ 'p.yaml': nested(101) })).said.join()).toContain(DEEP);
  });

  it('count braces, and not the pairs in them', async () => {
    const wide = `version: 1\nx: {${'k: { ? a : b, c: d }, '.repeat(500)}}`;
    expect((await load({ 'p.yaml': wide })).said.join()).not.toContain(DEEP);
    const nested = `version: 1\nx: ${'{ ? a : '.repeat(80)}1${'}'.repeat(80)}`;
    expect((await load({ 'p.yaml': nested })).said.join()).not.toContain(DEEP);
  });

  it('count the levels of what an alias stands for', async () => {
    const half = `${'['.repeat(60)}${']'.repeat(60)}`;
    const text = `version: 1\na: &a ${half}\nb: ${'['.repeat(60)}*a${']'.repeat(60)}`;
    expect((await load({ 'p.yaml': text })).said.join()).toContain(DEEP);
  });

  it('stop an alias bomb', async () => {
    const names = 'abcdefghij'.split('');
    const bomb = names
      .slice(1)
      .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${names[index]}`).join()}]`)
      .join('\n');
    const { said } = await load({ 'p.yaml': `version: 1\na: &a [x, x, x, x, x, x, x, x, x]\n${bomb}` });
    expect(said.filter((line) => line.endsWith(MANY))).toEqual([`p.yaml:7:8: ${MANY}`]);
  });

  it('take 1,000 aliases', async () => {
    const text = (count: number) =>
      `version: 1\nx: &x 1\naccount: { settings: { in_meeting: { chat: true } } }\ny: [${'*x,'.repeat(count)}]`;
    const message = 'this file has more than 1000 aliases';
    expect((await load({ 'p.yaml': text(1000) })).said.join()).not.toContain(message);
    expect((await load({ 'p.yaml': text(1002) })).said.filter((line) => line.includes(message))).toHaveLength(1);
  });

  it('take five megabytes', async () => {
    const padded = (bytes: number) => account('in_meeting: { chat: true }').padEnd(bytes, ' ');
    expect((await load({ 'p.yaml': padded(5 * 1024 * 1024) })).said).toEqual([]);
    expect((await load({ 'p.yaml': padded(5 * 1024 * 1024 + 1) })).said).toEqual([
      'p.yaml:1:1: this file is larger than 5 MB; split it',
    ]);
  });
});

describe('no input crashes it', () => {
  const pieces = [
    'version: 1\n',
    'account:',
    'groups:',
    'users:',
    'extends:',
    'settings:',
    'lock_settings:',
    'registration:',
    'in_meeting:',
    'chat',
    'passcode',
    ': ',
    ':',
    '- ',
    '? ',
    '\n',
    '\n  ',
    '\n    ',
    '\n      ',
    '\t',
    ' ',
    '{',
    '}',
    '[',
    ']',
    ', ',
    '!locked ',
    '!env ',
    '!x ',
    '!!int ',
    '!<',
    '&a ',
    '*a',
    '<<: ',
    '"',
    "'",
    '|\n',
    '>-\n',
    '# c',
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    'true',
    'null',
    '~',
    '1',
    '-0',
    '.nan',
    '0x1f',
    '1e999',
    '__proto__',
    'constructor',
    '$secret',
    '\u0000',
    '\u001b[31m',
    '\ufeff',
    '\u2028',
    '\ud800',
    '💥',
    'a@b.c',
    '*',
    'pack:x',
    './p.yaml',
  ];
  const mixed = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(''));
  const seeds = [
    account('in_meeting:\n  chat: !locked true\n  webinar_chat: &x { enable: true }'),
    user('schedule_meeting: { pmi_password: !env X }'),
  ];
  const cut = fc
    .tuple(fc.constantFrom(...seeds), fc.nat(200), fc.nat(6), fc.constantFrom(...pieces))
    .map(([text, at, length, piece]) => text.slice(0, at) + piece + text.slice(at + length));
  const bytes = fc.uint8Array({ maxLength: 200 });

  it.each([
    ['text made of YAML', mixed],
    ['policies with something else in them', cut],
    ['bytes', bytes],
  ] as const)('%s', async (_name, texts: fc.Arbitrary<string | Uint8Array>) => {
    await fc.assert(
      fc.asyncProperty(texts, fc.boolean(), async (text, allowUnknown) => {
        const { problems } = await load({ 'p.yaml': text }, { allowUnknown }).catch((error: unknown) => {
          if (error instanceof LockstepError) return { problems: [] };
          throw error;
        });
        for (const { line, column, message, excerpt } of problems) {
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
          // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
          expect(message).not.toMatch(/[\u0000-\u001f]/);
          if (excerpt !== undefined) expect(excerpt).toMatch(/^[^\n]{0,102}\n *\^$/);
        }
      }),
      { numRuns: 300 },
    );
  });
});
