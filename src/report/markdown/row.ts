/** The cells of a row: a setting of a target, its value above its lock. */
import { type Provenance, positionOf } from '../../model/state.ts';
import { aboutOf, type Entry } from '../view/entry.ts';
import type { Note } from '../view/notes.ts';
import { itemWords } from '../view/sentence.ts';
import type { Part, Words } from '../view/words.ts';
import { cell, plain } from './escape.ts';
import { type Column, lines } from './table.ts';

export const TARGET: Column = ['Target', ({ label }) => cell(label)];
export const SETTING: Column = ['Setting', ({ lead }) => nameCell(lead)];

function nameCell({ kind, name }: Entry): string {
  return kind === 'set' ? cell(name) : `${kind} ${cell(name)}`;
}

export function beforeColumn(heading: string): Column {
  return [heading, ({ lead }) => beforeCell(lead)];
}

function beforeCell({ values }: Entry): string {
  if (values.form === 'wanted') return '';
  return partCell(values.form === 'same' ? values.after : values.before);
}

export function afterColumn(heading: string): Column {
  return [
    heading,
    ({ lead: { values } }) => (values.form === 'list' ? wordsCell(itemWords(values)) : partCell(values.after)),
  ];
}

export const WAY: Column = ['Way', ({ lead }) => lead.way?.text ?? ''];

/** The author's own words, and the place. */
export function whereCell(provenance: Provenance): string {
  const { reason } = provenance;
  return lines(reason === undefined ? undefined : cell(reason, 400), cell(positionOf(provenance)));
}

export function whyLine(entry: Entry): string | undefined {
  const { why } = aboutOf(entry);
  return why === undefined ? undefined : plain(why);
}

/** A line each; their labels are ours, and of what they say all that others wrote is code. */
export function noteLines(notes: readonly Note[]): readonly string[] {
  return notes.map(({ label, text, explains }) =>
    explains === 'state' ? wordsCell(text) : `**${label}:** ${wordsCell(text)}`,
  );
}

function wordsCell(text: Words): string {
  return text.map((part) => partCell(part, 400)).join('');
}

/** Words of ours stand as they are. */
function partCell(part: Part, longest?: number): string {
  return typeof part === 'string' ? plain(part) : cell(part.short, longest);
}
