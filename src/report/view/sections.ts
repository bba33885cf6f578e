/** The rows that a reader should see first, under headings. */

import type { Entry } from './entry.ts';
import { entriesOf, type Row } from './rows.ts';
import { SEVERITIES } from './summaries.ts';

export interface SectionRule {
  readonly title: string;
  readonly takes: (entry: Entry) => boolean;
}

export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** A row is in the first section that takes one of its entries, sorted by severity. `rest` is in none. */
export function sectioned(
  rules: readonly SectionRule[],
  rows: readonly Row[],
): { readonly sections: readonly Section[]; readonly rest: readonly Row[] } {
  const placed = rules.map(({ title }) => ({ title, rows: [] as Row[] }));
  const rest: Row[] = [];
  for (const row of rows) {
    const index = rules.findIndex(({ takes }) => entriesOf(row).some(takes));
    (placed[index]?.rows ?? rest).push(row);
  }
  return { sections: placed.map((section) => ({ ...section, rows: bySeverity(section.rows) })), rest };
}

/** Rows of one severity stay in the order of the report. */
function bySeverity(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((a, b) => weight(a) - weight(b));
}

function weight(row: Row): number {
  return Math.min(
    ...entriesOf(row).map(({ severity }) =>
      severity === undefined ? SEVERITIES.length : SEVERITIES.indexOf(severity),
    ),
  );
}
