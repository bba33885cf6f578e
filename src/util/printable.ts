/**
 * Text from Zoom and from policies, made safe to print: control characters, escape sequences and the characters that
 * turn the direction of text are shown as `\u001b`, never obeyed. Nor does a runner of CI obey what a log holds of it.
 */
const UNSAFE = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;

/** Of GitHub (in its older form), Azure Pipelines and TeamCity: wherever it stands in a line. */
const COMMAND = /(?<=#)#(?=\[|vso\[|teamcity\[)/gi;
/** Of GitHub: where it begins a line, spaces left out. A text may be all of a line. */
const COMMAND_OF_LINE = /^(\s*):(?=:)/;

export function printable(text: string): string {
  return text
    .replace(UNSAFE, (character) => escaped(character.codePointAt(0) ?? 0))
    .replace(COMMAND, '\\u0023')
    .replace(COMMAND_OF_LINE, '$1\\u003a');
}

/** Whether a text holds characters that a terminal would obey, or nobody would see. */
export function hasControls(text: string): boolean {
  return text.search(UNSAFE) >= 0;
}

/** As indented JSON: what is read from it is `value`, and it is as safe to print. */
export function printableJson(value: unknown): string {
  return printableQuoted(JSON.stringify(value, undefined, 2));
}

/** As `printable`, for text in which all that is not harmless stands between double quotes, of JSON or YAML. */
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
