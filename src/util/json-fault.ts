/** What may come next in a JSON text. */
type Next = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'nothing';

/** Text that is a whole token or the beginning of one, from the last index on. */
const SPACES = /[ \t\n\r]*/y;
const NUMBER = /-?(?:(?:0|[1-9]\d*)(?:\.\d*)?(?:[eE][+-]?\d*)?)?/y;
const PLAIN_TEXT = /[ !#-[\]-\uffff]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{0,4})?/y;
const WORDS = ['true', 'false', 'null'];

/** Where a text stops to be JSON: the index of the first character that cannot be there, its length if it ends too early. */
export function jsonFaultAt(text: string): number {
  const open: string[] = [];
  let next: Next = 'value';
  let at = 0;
  for (;;) {
    at = after(SPACES, text, at);
    const character = text[at];
    if (character === undefined) return at;
    const [opened] = open.slice(-1);
    if (next.endsWith('or end') && character === (opened === '[' ? ']' : '}')) {
      open.pop();
      at += 1;
      next = afterValue(open);
    } else if (next === 'colon' || next === 'comma or end') {
      if (character !== (next === 'colon' ? ':' : ',')) return at;
      at += 1;
      next = next === 'comma or end' && opened === '{' ? 'key' : 'value';
    } else if (next === 'nothing' || (next.startsWith('key') && character !== '"')) {
      return at;
    } else if (character === '{' || character === '[') {
      open.push(character);
      at += 1;
      next = character === '{' ? 'key or end' : 'value or end';
    } else {
      const { end, isWhole } = scalarFrom(text, at);
      if (!isWhole) return end;
      at = end;
      next = next.startsWith('key') ? 'colon' : afterValue(open);
    }
  }
}

function afterValue(open: readonly string[]): Next {
  return open.length === 0 ? 'nothing' : 'comma or end';
}

function scalarFrom(text: string, at: number): { readonly end: number; readonly isWhole: boolean } {
  if (text[at] === '"') return stringFrom(text, at);
  const word = WORDS.find(([first]) => first === text[at]);
  if (word === undefined) {
    const end = after(NUMBER, text, at);
    return { end, isWhole: end > at };
  }
  let length = 1;
  while (length < word.length && text[at + length] === word[length]) length += 1;
  return { end: at + length, isWhole: length === word.length };
}

function stringFrom(text: string, start: number): { readonly end: number; readonly isWhole: boolean } {
  let at = after(PLAIN_TEXT, text, start + 1);
  while (text[at] === '\\') {
    const end = after(ESCAPE, text, at);
    if (end === at + 1 || (text[at + 1] === 'u' && end < at + 6)) return { end, isWhole: false };
    at = after(PLAIN_TEXT, text, end);
  }
  return text[at] === '"' ? { end: at + 1, isWhole: true } : { end: at, isWhole: false };
}

function after(token: RegExp, text: string, at: number): number {
  token.lastIndex = at;
  token.test(text);
  return Math.max(at, token.lastIndex);
}
