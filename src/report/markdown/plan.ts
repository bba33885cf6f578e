/** A plan, or drift, as a comment: what gets looser and what cannot be done in full, the rest folded by target. */
import type { Warning } from '../../model/plan.ts';
import { directionWords, type Purpose } from '../view/direction.ts';
import type { Entry } from '../view/entry.ts';
import { nounOf, PLAN_SECTIONS, type PlanView } from '../view/plan.ts';
import { rowOf } from '../view/rows.ts';
import { sectioned } from '../view/sections.ts';
import { cell, span } from './escape.ts';
import type { CommentPage, Section } from './fit.ts';
import { afterColumn, beforeColumn, noteLines, SETTING, TARGET, WAY, whereCell, whyLine } from './row.ts';
import { type Column, countTable, foldedByTarget, lines, paragraphs, rowSection, tableSection } from './table.ts';

export function planPage({ purpose, entries, headline, summary, warnings, work }: PlanView): CommentPage {
  const { sections, rest } = sectioned(PLAN_SECTIONS[purpose], entries.map(rowOf));
  const [before, after] = purpose === 'drift' ? ['Zoom has', 'Policy wants'] : ['Now', 'After'];
  const sides = [beforeColumn(before), afterColumn(after)];
  return {
    head: paragraphs(
      `## lockstep ${purpose}: ${headline}`,
      `**${summary}**`,
      work === undefined ? undefined : wayTable(purpose, entries),
    ),
    groups: [
      ...sections.map(({ title, rows }) =>
        rowSection(
          title,
          title === 'Blocked' ? BLOCKED_COLUMNS : [TARGET, SETTING, ...sides, WAY, WHY_AND_WHERE],
          rows,
        ),
      ),
      warningSection(warnings),
      foldedByTarget(nounOf(purpose), [SETTING, ...sides, WAY, WHERE], rest),
    ],
    foot: work === undefined ? '' : `${work.requests}\nFingerprint ${span(work.fingerprint)}\n`,
  };
}

/** What a reviewer may ask: what it costs, why it matters, who wanted it. */
const WHY_AND_WHERE: Column = [
  'Why and where',
  ({ lead }) => lines(...noteLines(lead.notes), whyLine(lead), whereCell(lead.provenance)),
];

export const WHERE: Column = ['Where', ({ lead }) => lines(...noteLines(lead.notes), whereCell(lead.provenance))];

export const BLOCKED_COLUMNS: readonly Column[] = [
  TARGET,
  SETTING,
  beforeColumn('Now'),
  afterColumn('Wanted'),
  ['Why not', ({ lead }) => lines(lead.status?.text.replace('blocked, ', ''), ...noteLines(lead.outcome))],
  WHERE,
];

export function warningSection(warnings: readonly Warning[]): readonly Section[] {
  const rows = warnings.map(({ message, provenance }) => [
    cell(message, 400),
    provenance === undefined ? '' : whereCell(provenance),
  ]);
  return tableSection('Warnings', ['Warning', 'Where'], rows);
}

/** Changes by direction, and those that an apply asks to be allowed. */
export function wayTable(purpose: Purpose, entries: readonly Entry[]): string {
  const words = directionWords(purpose);
  const count = (takes: (entry: Entry) => boolean) => entries.filter(takes).length;
  const order =
    purpose === 'drift'
      ? (['tightens', 'weakens', 'review', 'neutral'] as const)
      : (['weakens', 'tightens', 'review', 'neutral'] as const);
  return countTable([
    ...order.map((way) => [words[way], count(({ direction }) => direction === way)] as const),
    ...(['lossy', 'protected'] as const).map((mark) => [mark, count(({ marks }) => marks.includes(mark))] as const),
  ]);
}
