import { RE2JS } from 're2js';

/**
 * `*` and `?` over names that are no file paths: all else means itself, and `\` before one of the two takes its meaning
 * away. Case matters, as in Zoom's group names.
 *
 * Names come from Zoom. The glob libraries make regular expressions of Node's, which try every way to share out a name among
 * the stars: one of 200 letters kept picomatch busy for a minute and a half with six of them. RE2 takes time in
 * proportion to the name.
 */
export function globMatcher(pattern: string): (name: string) => boolean {
  const parts = pattern.split(/(\\[*?\\]|[*?])/);
  const compiled = RE2JS.compile(parts.map(expressionOf).join(''), RE2JS.DOTALL);
  return (name) => compiled.testExact(name);
}

function expressionOf(part: string): string {
  if (part === '*') return '.*';
  if (part === '?') return '.';
  return RE2JS.quote(/^\\[*?\\]$/.test(part) ? part.slice(1) : part);
}

export function isGlob(pattern: string): boolean {
  return /[*?]/.test(pattern);
}
