/**
 * Text of a report in pieces: our own words, and what comes from a policy, from Zoom or from a person. Every format escapes
 * the second kind in its own way.
 */
import { printable } from '../../util/printable.ts';

/** A value, or text that others wrote, safe to print: on one short line, and whole for formats that have the room. */
export interface Quoted {
  readonly short: string;
  readonly whole: string;
}

export type Part = string | Quoted;
export type Words = readonly Part[];

export function quoted(text: string): Words {
  const safe = printable(text);
  return [{ short: safe, whole: safe }];
}

/** Our words with text of others between them. A string that is put in is quoted. */
export function words(ours: TemplateStringsArray, ...theirs: readonly (Part | Words)[]): Words {
  return ours.flatMap((text, index): Words => {
    const next = theirs[index];
    const own = text === '' ? [] : [text];
    if (next === undefined) return own;
    if (typeof next === 'string') return [...own, ...quoted(next)];
    return [...own, ...('short' in next ? [next] : next)];
  });
}

export function joined(texts: readonly Words[], separator: string): Words {
  return texts.flatMap((text, index) => (index === 0 ? text : [separator, ...text]));
}

/** One line, safe to print. */
export function plainText(text: Words): string {
  return text.map(partText).join('');
}

export function partText(part: Part): string {
  return typeof part === 'string' ? part : part.short;
}
