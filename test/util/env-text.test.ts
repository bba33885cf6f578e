import { describe, expect, it } from 'vitest';
import { parseEnvText } from '../../src/util/env-text.ts';

describe('a value is read as it is written', () => {
  it.each<[string, string]>([
    ['A=Blue#Sky9', 'Blue#Sky9'],
    ['A=x#', 'x#'],
    ['A=', ''],
    ['A=   ', ''],
    ['  A = b c\t ', 'b c'],
    ['export A=b', 'b'],
    ['export\tA=b', 'b'],
    ['A=b=c==', 'b=c=='],
    ['A=$B$(C)', '$B$(C)'],
    ['A=C:\\new', 'C:\\new'],
    ["A=it's", "it's"],
    ['A=say "hi"', 'say "hi"'],
    ["A='Blue #Sky9'", 'Blue #Sky9'],
    ['A=\'a\\n"b"\'', 'a\\n"b"'],
    ["A=''", ''],
    ['A="Blue #Sky9"', 'Blue #Sky9'],
    ['A="a\\nb\\t\\"c\\" \\$d \\\\e\\r"', 'a\nb\t"c" $d \\e\r'],
    ['A="b" # c', 'b'],
    ["A='b'\t#c", 'b'],
    ['A="  b  "', '  b  '],
    ['A=é😀', 'é😀'],
    ['\ufeffA=b', 'b'],
    ['# c\r\n\r\nA=b\r\n', 'b'],
    ['#A=c\n   # A=d\nA=b', 'b'],
  ])('%j', (text, value) => {
    expect(parseEnvText(text)).toEqual({ variables: new Map([['A', value]]), problems: [] });
  });

  it('each in its line, in any order', () => {
    const { variables, problems } = parseEnvText('B=1\nexport=2\n_c9=3\n__proto__=4\nA=5');
    expect(problems).toEqual([]);
    expect([...variables]).toEqual([
      ['B', '1'],
      ['export', '2'],
      ['_c9', '3'],
      ['__proto__', '4'],
      ['A', '5'],
    ]);
  });
});

describe('a line that others read in another way is refused', () => {
  it.each<[text: string, line: number, column: number, message: RegExp]>([
    ['B=1\nSECRET\nA=2', 2, 1, /no `=`/],
    ['\ufeffSECRET', 1, 1, /no `=`/],
    ['export SECRET', 1, 1, /no `=`/],
    ['9A=SECRET', 1, 1, /not the name of a variable/],
    ['A-B=SECRET', 1, 1, /not the name of a variable/],
    ['A: SECRET=', 1, 1, /not the name of a variable/],
    ['=SECRET', 1, 1, /not the name of a variable/],
    ['A=SECRET #9', 1, 10, /`#` after a blank/],
    ['A=#SECRET', 1, 3, /`#` after a blank/],
    ['A=  #SECRET', 1, 5, /`#` after a blank/],
    ['A="SECRET\nB=2"', 1, 3, /not closed/],
    ["A='SECRET", 1, 3, /not closed/],
    ['A="SECRET\\"', 1, 3, /not closed/],
    ['A="a"SECRET', 1, 6, /closing quote/],
    ['A="a"#SECRET', 1, 6, /closing quote/],
    ['A="\\SECRET"', 1, 4, /backslash/],
    ['A=`SECRET`', 1, 3, /backtick/],
    ['A=a\u0000SECRET', 1, 4, /control character/],
    ['A=a\rB=SECRET', 1, 4, /control character/],
    ['A=1\n\nA=SECRET', 3, 1, /A is set in line 1 already/],
    ['A=1\nexport A=1', 2, 8, /A is set in line 1 already/],
  ])('%j', (text, line, column, message) => {
    const { variables, problems } = parseEnvText(text);
    expect(problems[0]).toEqual({ line, column, message: expect.stringMatching(message) });
    expect(JSON.stringify([...problems, ...variables])).not.toContain('SECRET');
  });

  it('with all the others', () => {
    expect(parseEnvText('x\nA=1\ny\nA=2').problems.map(({ line }) => line)).toEqual([1, 3, 4]);
  });

  it('in time proportional to its length', () => {
    expect(parseEnvText(`A=${' '.repeat(5e5)}x${' '.repeat(5e5)}`).variables.get('A')).toBe('x');
  });
});
