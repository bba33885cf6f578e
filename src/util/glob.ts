/**
 * Matches `*` and `?` in names, which are not file paths. `\` escapes the two; everything else matches itself. Case
 * matters, as it does in Zoom's group names.
 *
 * Names come from outside, and glob libraries use regular expressions that backtrack: with six stars, picomatch took a minute
 * and a half for a name of 200 letters. Here each part between two stars takes the first place where it fits, and a part has no
 * quantifier, so that nothing backtracks.
 */
export function globMatcher(pattern: string): (name: string) => boolean {
  const [first = '', ...others] = partsOf(pattern);
  const last = others.pop();
  if (last === undefined) return matcher(`^${first}$`);
  const start = new RegExp(`^${first}`, FLAGS);
  const middle = others.map((part) => new RegExp(part, FLAGS));
  const end = matcher(`${last}$`);
  return (name) => {
    let rest = after(start, name);
    for (const part of middle) rest = rest === undefined ? undefined : after(part, rest);
    return rest !== undefined && end(rest);
  };
}

/** `?` is one character, whatever it is. */
const FLAGS = 'su';

/** What is between the stars, as sources of regular expressions. */
function partsOf(pattern: string): string[] {
  const parts = [''];
  for (const token of pattern.match(/\\[*?\\]|./gsu) ?? []) {
    if (token === '*') parts.push('');
    else parts[parts.length - 1] += token === '?' ? '.' : literal(token.replace(/^\\(?=.)/, ''));
  }
  return parts;
}

function literal(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
}

function matcher(expression: string): (name: string) => boolean {
  const compiled = new RegExp(expression, FLAGS);
  return (name) => compiled.test(name);
}

/** What follows the first match. */
function after(part: RegExp, name: string): string | undefined {
  const match = part.exec(name);
  return match === null ? undefined : name.slice(match.index + match[0].length);
}

export function isGlob(pattern: string): boolean {
  return /[*?]/.test(pattern);
}
