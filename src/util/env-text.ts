/**
 * Variables as a file has them, one a line: `NAME=value`. What other readers of such files understand differently is
 * refused, so that no secret is sent that is not the one that was written.
 */

/** A line that is refused. The message repeats nothing of it: it may hold a secret. */
export interface EnvProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface EnvText {
  readonly variables: ReadonlyMap<string, string>;
  readonly problems: readonly EnvProblem[];
}

type Value = { readonly text: string } | { readonly message: string; readonly at: number };

const ASSIGNMENT = /^([ \t]*(?:export[ \t]+)?)([A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*/;
const COMMENT_OR_BLANK = /^[ \t]*(?:#|$)/;
/** A tab is text. */
const CONTROL = /[\p{Cc}\u2028\u2029]/u;

export function parseEnvText(text: string): EnvText {
  const variables = new Map<string, string>();
  const lines = new Map<string, number>();
  const problems: EnvProblem[] = [];
  // A byte-order mark is no part of the first name.
  for (const [index, written] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    if (COMMENT_OR_BLANK.test(written)) continue;
    const line = index + 1;
    const refuse = (at: number, message: string) => problems.push({ line, column: at + 1, message });
    const [start, before = '', name = ''] = ASSIGNMENT.exec(written) ?? [];
    if (start === undefined) {
      refuse(0, written.includes('=') ? NO_NAME : NO_EQUALS);
      continue;
    }
    const value = valueIn(written.slice(start.length));
    const first = lines.get(name);
    if ('message' in value) refuse(start.length + value.at, value.message);
    else if (first !== undefined) refuse(before.length, `${name} is set in line ${first} already`);
    else variables.set(name, value.text);
    lines.set(name, first ?? line);
  }
  return { variables, problems };
}

const NO_EQUALS = 'there is no `=` in this line: write NAME=value, or begin a comment with `#`';
const NO_NAME = 'what precedes `=` is not the name of a variable: letters, digits and `_`, not a digit first';
const TRAILING_HASH =
  'a `#` after a blank is a comment to some programs and a part of the value to others: put the value in quotes, or the comment on a line of its own';
const BACKTICK = 'a value cannot begin with a backtick: put it in quotes';
const OPEN_QUOTE = 'the quote is not closed in this line; in double quotes `\\n` is a line break';
const AFTER_QUOTE =
  'only a comment can follow the closing quote; a quote in the value needs the other quotes around it';
const UNKNOWN_ESCAPE =
  'in double quotes a backslash is followed by n, r, t, `"`, `$` or another one: use single quotes';
const NO_TEXT = 'the value holds a control character';

function valueIn(written: string): Value {
  const control = written.replaceAll('\t', ' ').search(CONTROL);
  if (control >= 0) return { message: NO_TEXT, at: control };
  const [quote = ''] = written;
  if (quote === '"' || quote === "'") return quotedValue(written, quote);
  if (quote === '`') return { message: BACKTICK, at: 0 };
  const hash = written.search(/(?:^|[ \t])#/);
  if (hash >= 0) return { message: TRAILING_HASH, at: hash + (written[hash] === '#' ? 0 : 1) };
  return { text: written.replace(/(?<![ \t])[ \t]+$/, '') };
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', $: '$', '\\': '\\' };

function quotedValue(written: string, quote: string): Value {
  let text = '';
  for (let at = 1; at < written.length; at += 1) {
    const character = written.charAt(at);
    if (character === quote) {
      const isAll = /^[ \t]*(?:[ \t]#.*)?$/.test(written.slice(at + 1));
      return isAll ? { text } : { message: AFTER_QUOTE, at: at + 1 };
    }
    if (character !== '\\' || quote === "'") {
      text += character;
      continue;
    }
    at += 1;
    const escaped = ESCAPED[written.charAt(at)];
    if (escaped === undefined) return { message: UNKNOWN_ESCAPE, at: at - 1 };
    text += escaped;
  }
  return { message: OPEN_QUOTE, at: 0 };
}
