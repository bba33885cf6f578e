/** The cells of a row: a setting of a target, its value above its lock. */
import { type Provenance, positionOf } from '../../model/state.ts';
import { aboutOf, type Entry } from '../view/entry.ts';
import type { Note } from '../view/notes.ts';
import { entriesOf, placesOf, type Row, rowBadges, rowNotes } from '../view/rows.ts';
import { itemWords } from '../view/sentence.ts';
import type { Badge } from '../view/tone.ts';
import type { Part, Words } from '../view/words.ts';
import { cell, plain } from './escape.ts';
import { type Column, lines } from './table.ts';

export const TARGET: Column = ['Target', ({ label }) => cell(label)];

export const SETTING: Column = [
  'Setting',
  ({ lead, lock }) => lines(nameCell(lead), lock && (lock.path === lead.path ? lock.kind : nameCell(lock))),
];

function nameCell({ kind, name }: Entry): string {
  return kind === 'set' ? cell(name) : `${kind} ${cell(name)}`;
}

export function sideColumns(before: string, after: string): readonly Column[] {
  return [
    [before, (row) => lines(...entriesOf(row).map(beforeCell))],
    [after, (row) => lines(...entriesOf(row).map(afterCell))],
  ];
}

function beforeCell({ values }: Entry): string {
  if (values.form === 'wanted') return 'unknown';
  return partCell(values.form === 'same' ? values.after : values.before);
}

function afterCell({ values }: Entry): string {
  return values.form === 'list' ? wordsCell(itemWords(values)) : partCell(values.after);
}

export function badgeColumn(heading: string, badgesOf: (entry: Entry) => readonly Badge[]): Column {
  return [heading, (row) => lines(...rowBadges(row, badgesOf).map(({ text }) => text))];
}

/** State and direction. The marks are among the notes. */
export function stateBadges({ status, way }: Entry): readonly Badge[] {
  return [status, way].filter((badge) => badge !== undefined);
}

export const WHERE: Column = ['Where', (row) => lines(...noteLines(rowNotes(row)), ...placeLines(row))];

/** For the rows that a reviewer should look at: with why they matter. */
export const WHY_AND_WHERE: Column = [
  'Why and where',
  (row) => lines(...noteLines(rowNotes(row)), whyLine(row), ...placeLines(row)),
];

function whyLine(row: Row): string | undefined {
  const why = entriesOf(row)
    .map((entry) => aboutOf(entry).why)
    .find((text) => text !== undefined);
  return why === undefined ? undefined : plain(why);
}

function placeLines(row: Row): readonly string[] {
  return placesOf(row).map(({ provenance }) => whereCell(provenance));
}

/** The reason that the author gives, and the place. */
export function whereCell(provenance: Provenance): string {
  const { reason } = provenance;
  return lines(reason === undefined ? undefined : cell(reason, 400), cell(positionOf(provenance)));
}

/** A line each. Everything that others wrote is in code. */
function noteLines(notes: readonly Note[]): readonly string[] {
  return notes.map(({ label, text, about }) =>
    about === 'state' ? wordsCell(text) : `**${label}:** ${wordsCell(text)}`,
  );
}

function wordsCell(text: Words): string {
  return text.map((part) => partCell(part, 400)).join('');
}

/** Our own words are text, everything else is code. */
function partCell(part: Part, longest?: number): string {
  return typeof part === 'string' ? plain(part) : cell(part.short, longest);
}
