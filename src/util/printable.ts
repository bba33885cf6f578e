/**
 * Makes text from outside safe to print: control characters, escape sequences and characters that change the direction
 * of text are shown as `\u001b`. Commands to CI runners in logs are defused, too.
 */
const UNSAFE = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;

/** Commands of GitHub (older form), Azure Pipelines and TeamCity, anywhere in a line. */
const COMMAND = /(?<=#)#(?=\[|vso\[|teamcity\[)/gi;
/** Commands of GitHub, at the start of a line. The text may be a whole line. */
const COMMAND_OF_LINE = /^(\s*):(?=:)/;

/** Most texts are: a report of a hundred thousand changes has a million of them. */
const HARMLESS = /^[ -"$-9;-~]*$/;

export function printable(text: string): string {
  if (HARMLESS.test(text)) return text;
  return text
    .replace(UNSAFE, (character) => escaped(character.codePointAt(0) ?? 0))
    .replace(COMMAND, '\\u0023')
    .replace(COMMAND_OF_LINE, '$1\\u003a');
}

/** Whether a text holds characters that a terminal would act on or that are invisible. */
export function hasControls(text: string): boolean {
  return text.search(UNSAFE) >= 0;
}

/** Indented JSON of `value` that is safe to print. */
export function printableJson(value: unknown): string {
  return printableQuoted(JSON.stringify(value, undefined, 2));
}

/** `printable` for JSON or YAML text that has unsafe characters only between double quotes. */
export function printableQuoted(text: string): string {
  return text
    .replace(UNSAFE, (character) => (character === '\n' ? character : asUnits(character)))
    .replace(COMMAND, '\\u0023');
}

function asUnits(character: string): string {
  return Array.from({ length: character.length }, (_, index) => escaped(character.charCodeAt(index))).join('');
}

function escaped(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
