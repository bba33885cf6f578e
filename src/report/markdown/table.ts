/** Tables of a comment, in the open or folded. */

import { type TargetRef, targetLabel } from '../../model/target.ts';
import { compareText } from '../../util/compare-text.ts';
import { plural } from '../../util/plural.ts';
import { htmlCode } from './escape.ts';
import type { Section } from './fit.ts';

/** A row's cells, each Markdown that is safe already and holds no bare pipe and no line end. */
export type Cells = readonly string[];

/** A table under a heading with the number of its rows; nothing where it has none. */
export function tableSection(title: string, columns: Cells, rows: readonly Cells[]): readonly Section[] {
  if (rows.length === 0) return [];
  return [{ open: `### ${title} (${rows.length})\n\n${headOf(columns)}`, rows: rows.map(rowOf), close: '\n' }];
}

/** @param summary HTML, safe already */
export function foldedSection(summary: string, columns: Cells, rows: readonly Cells[]): readonly Section[] {
  if (rows.length === 0) return [];
  return [
    {
      open: `<details><summary>${summary}</summary>\n\n${headOf(columns)}`,
      rows: rows.map(rowOf),
      close: '\n</details>\n\n',
    },
  ];
}

/**
 * One fold for each target, account first, then groups, then users, by name. The name ends the line: one in a script that
 * runs from right to left would take what follows it along.
 */
export function foldedByTarget<Item>(
  items: readonly Item[],
  noun: string,
  columns: Cells,
  cells: (item: Item) => Cells,
  targetOf: (item: Item) => TargetRef,
): readonly Section[] {
  const byLabel = new Map<string, Item[]>();
  for (const item of items) {
    const label = targetLabel(targetOf(item));
    const known = byLabel.get(label);
    if (known === undefined) byLabel.set(label, [item]);
    else known.push(item);
  }
  // `account` comes before `group:` and that before `user:`, which happens to be alphabetical.
  return [...byLabel]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([label, own]) =>
      foldedSection(`${plural(own.length, noun)} of ${htmlCode(label)}`, columns, own.map(cells)),
    );
}

/** What stands in the head of a page; what is absent is left out. */
export function paragraphs(...parts: readonly (string | undefined)[]): string {
  return parts.flatMap((part) => (part === undefined ? [] : [`${part}\n\n`])).join('');
}

/** Counts side by side. */
export function countTable(counts: readonly (readonly [label: string, count: number | string])[]): string {
  const columns = counts.map(([label]) => label);
  return [columns, columns.map(() => '---:'), counts.map(([, count]) => String(count))].map(rowOf).join('').trimEnd();
}

/** Several things in one cell, each in a line of its own. */
export function lines(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('<br>');
}

function headOf(columns: Cells): string {
  return rowOf(columns) + rowOf(columns.map(() => '---'));
}

function rowOf(cells: Cells): string {
  return `| ${cells.join(' | ')} |\n`;
}
