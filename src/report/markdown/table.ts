/** Tables of a comment, in the open or folded. */
import { plural } from '../../util/plural.ts';
import { byTarget, type Row } from '../view/rows.ts';
import type { Section as RowsInSection } from '../view/sections.ts';
import { htmlCode } from './escape.ts';
import type { Section } from './fit.ts';

/** The cells of one table row: safe Markdown without bare pipes and line ends. */
export type Cells = readonly string[];

/** What a table shows of each row, under which heading. */
export type Column = readonly [heading: string, cell: (row: Row) => string];

/** A table under a heading with the number of its rows. Empty if there are none. */
export function tableSection(title: string, headings: Cells, rows: readonly Cells[]): readonly Section[] {
  if (rows.length === 0) return [];
  return [{ open: `### ${title} (${rows.length})\n\n${headOf(headings)}`, rows: rows.map(lineOf), close: '\n' }];
}

export function rowSection({ title, rows }: RowsInSection, columns: readonly Column[]): readonly Section[] {
  return tableSection(title, headingsOf(columns), cellsOf(columns, rows));
}

/** @param summary safe HTML */
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
 * One fold for each target. The name is last in its line: after a name in a right-to-left script, text would be
 * reordered.
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

/** The head of a page, without what is absent. */
export function paragraphs(...parts: readonly (string | undefined)[]): string {
  return parts.flatMap((part) => (part === undefined ? [] : [`${part}\n\n`])).join('');
}

/** Counts next to each other. */
export function countTable(counts: readonly (readonly [label: string, count: number])[]): string {
  const labels = counts.map(([label]) => label);
  return [labels, labels.map(() => '---:'), counts.map(([, count]) => String(count))].map(lineOf).join('').trimEnd();
}

/** Lines in one cell, without what is absent or empty. */
export function lines(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('<br>');
}

function headOf(headings: Cells): string {
  return lineOf(headings) + lineOf(headings.map(() => '---'));
}

function lineOf(cells: Cells): string {
  return `| ${cells.join(' | ')} |\n`;
}
