/** How a run ended, as a comment: what did not get through first, what was applied folded by target. */
import { RESULT_SECTIONS, type ResultView } from '../view/result.ts';
import { rowOf } from '../view/rows.ts';
import { sectioned } from '../view/sections.ts';
import type { Words } from '../view/words.ts';
import { span } from './escape.ts';
import type { CommentPage } from './fit.ts';
import { BLOCKED_COLUMNS, WHERE, warningSection, wayTable } from './plan.ts';
import { afterColumn, beforeColumn, noteLines, SETTING, TARGET, WAY, whereCell } from './row.ts';
import { type Column, foldedByTarget, lines, paragraphs, rowSection } from './table.ts';

const COLUMNS: readonly Column[] = [
  TARGET,
  SETTING,
  beforeColumn('Before'),
  afterColumn('Wanted'),
  WAY,
  ['What happened', ({ lead }) => lines(...noteLines(lead.outcome))],
  WHERE,
];

const APPLIED_COLUMNS: readonly Column[] = [
  SETTING,
  beforeColumn('Now'),
  afterColumn('After'),
  WAY,
  ['Where', ({ lead }) => lines(...noteLines([...lead.outcome, ...lead.notes]), whereCell(lead.provenance))],
];

export function resultPage({ entries, headline, summary, conclusion, warnings, rollback }: ResultView): CommentPage {
  const { sections, rest } = sectioned(RESULT_SECTIONS, entries.map(rowOf), (rows) => rows);
  const applied = entries.filter(({ state }) => state === 'applied');
  return {
    head: paragraphs(
      `## lockstep apply: ${headline}`,
      `**${summary}**`,
      conclusion.length === 0 ? undefined : conclusion.map(paragraph).join('\n\n'),
      applied.length === 0 ? undefined : `Of what was applied:\n\n${wayTable('plan', applied)}`,
    ),
    groups: [
      ...sections.map(({ title, rows }) => rowSection(title, title === 'Blocked' ? BLOCKED_COLUMNS : COLUMNS, rows)),
      warningSection(warnings),
      foldedByTarget('applied change', APPLIED_COLUMNS, rest),
    ],
    foot: `To undo it: ${span(rollback)}\n`,
  };
}

function paragraph(text: Words): string {
  return text.map((part) => (typeof part === 'string' ? part : span(part.short, 400))).join('');
}
