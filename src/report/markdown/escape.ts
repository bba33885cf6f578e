/**
 * Text from elsewhere in a comment. All of it is in code: there GitHub, and every similar forge, sees no markup, and turns
 * no name into a mention, no number into an issue and no address into a link. Escaping is not enough: forges look for
 * mentions and addresses after they resolve escapes.
 */
import { printable } from '../../util/printable.ts';

const LONGEST = 200;

/** Text in a code span, with more backticks around it than are in it. */
export function span(text: string, longest = LONGEST): string {
  return fenced(shortened(printable(text), longest));
}

/**
 * The same for a cell of a table, where a pipe ends the cell even in code. Parsers disagree about a backslash before an
 * escaped pipe, so there the pipe is shown as its code.
 */
export function cell(text: string, longest = LONGEST): string {
  const whole = shortened(printable(text), longest);
  return fenced(whole.replace(/(\\?)\|/g, (_, before: string) => (before === '' ? '\\|' : '\\\\u007c')));
}

/** The same inside an HTML block, where Markdown is not parsed. */
export function htmlCode(text: string, longest = LONGEST): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return `<code>${shortened(printable(text), longest).replace(/[&<>"']/g, (character) => entities[character] ?? '')}</code>`;
}

/** Our own words, which may contain characters that Markdown treats as markup. */
export function plain(text: string): string {
  return text.replace(/[\\`*_[\]<>|~&#]/g, '\\$&');
}

function fenced(text: string): string {
  if (text === '') return '(empty)';
  const longestRun = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  // One space at each end belongs to the fence, so text can begin or end with a backtick or a space.
  const pad = /^[ `]|[ `]$/.test(text) && text.trim() !== '' ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}

function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const characters = [...text];
  return characters.length <= longest ? text : `${characters.slice(0, longest - 3).join('')}...`;
}
