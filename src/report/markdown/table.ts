/** Tables of a comment, in the open or folded. */
import { plural } from '../../util/plural.ts';
import { byTarget, type Row } from '../view/rows.ts';
import type { Section as RowsInSection } from '../view/sections.ts';
import { htmlCode } from './escape.ts';
import type { Section } from './fit.ts';

/** Cells of one table row, each Markdown that is safe already and holds no bare pipe and no line end. */
export type Cells = readonly string[];

/** What a table shows of each row, under which heading. */
export type Column = readonly [heading: string, cell: (row: Row) => string];

/** A table under a heading with the number of its rows; nothing where it has none. */
export function tableSection(title: string, headings: Cells, rows: readonly Cells[]): readonly Section[] {
  if (rows.length === 0) return [];
  return [{ open: `### ${title} (${rows.length})\n\n${headOf(headings)}`, rows: rows.map(lineOf), close: '\n' }];
}

export function rowSection({ title, rows }: RowsInSection, columns: readonly Column[]): readonly Section[] {
  return tableSection(title, headingsOf(columns), cellsOf(columns, rows));
}

/** @param summary HTML, safe already */
export function foldedSection(summary: string, headings: Cells, rows: readonly Cells[]): readonly Section[] {
  if (rows.length === 0) return [];
  return [
    {
      open: `<details><summary>${summary}</summary>\n\n${headOf(headings)}`,
      rows: rows.map(lineOf),
      close: '\n</details>\n\n',
    },
  ];
}

/**
 * One fold for each target. The name ends the line: one in a script that runs from right to left would take what follows
 * it along.
 */
export function foldedByTarget(noun: string, columns: readonly Column[], rows: readonly Row[]): readonly Section[] {
  return byTarget(rows).flatMap(({ label, rows: own }) =>
    foldedSection(`${plural(own.length, noun)} of ${htmlCode(label)}`, headingsOf(columns), cellsOf(columns, own)),
  );
}

function headingsOf(columns: readonly Column[]): Cells {
  return columns.map(([heading]) => heading);
}

function cellsOf(columns: readonly Column[], rows: readonly Row[]): readonly Cells[] {
  return rows.map((row) => columns.map(([, cell]) => cell(row)));
}

/** The head of a page; what is absent is left out. */
export function paragraphs(...parts: readonly (string | undefined)[]): string {
  return parts.flatMap((part) => (part === undefined ? [] : [`${part}\n\n`])).join('');
}

/** Counts side by side. */
export function countTable(counts: readonly (readonly [label: string, count: number])[]): string {
  const labels = counts.map(([label]) => label);
  return [labels, labels.map(() => '---:'), counts.map(([, count]) => String(count))].map(lineOf).join('').trimEnd();
}

/** Several things in one cell, each in a line of its own. */
export function lines(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('<br>');
}

function headOf(headings: Cells): string {
  return lineOf(headings) + lineOf(headings.map(() => '---'));
}

function lineOf(cells: Cells): string {
  return `| ${cells.join(' | ')} |\n`;
}
