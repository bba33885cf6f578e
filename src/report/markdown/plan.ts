/** A plan, or drift, as a comment: what is less secure or blocked in full, the rest folded by target. */
import type { Warning } from '../../model/plan.ts';
import { directionWords, type Purpose } from '../view/direction.ts';
import type { Entry } from '../view/entry.ts';
import { PLAN_SECTIONS, type PlanView } from '../view/plan.ts';
import { entriesOf } from '../view/rows.ts';
import { sectioned } from '../view/sections.ts';
import { cell, span } from './escape.ts';
import type { CommentPage, Section } from './fit.ts';
import { badgeColumn, SETTING, sideColumns, stateBadges, TARGET, WHERE, WHY_AND_WHERE, whereCell } from './row.ts';
import { countTable, foldedByTarget, paragraphs, rowSection, tableSection } from './table.ts';

const WAY = badgeColumn('Way', stateBadges);

export function planPage({ unseen, purpose, account, rows, headline, summary, warnings, work }: PlanView): CommentPage {
  const { sections, rest } = sectioned(PLAN_SECTIONS[purpose], rows);
  const sides = purpose === 'drift' ? sideColumns('Zoom has', 'Policy wants') : sideColumns('Now', 'After');
  return {
    head: paragraphs(
      `## lockstep ${purpose}: ${headline}`,
      span(account, 400),
      unseen === undefined ? undefined : span(unseen, 400),
      `**${summary}**`,
      work === undefined ? undefined : directionTable(purpose, rows.flatMap(entriesOf)),
    ),
    groups: [
      ...sections.map((section) => rowSection(section, [TARGET, SETTING, ...sides, WAY, WHY_AND_WHERE])),
      warningSection(warnings),
      foldedByTarget('setting', [SETTING, ...sides, WAY, WHERE], rest),
    ],
    foot: work === undefined ? '' : `${work.requests}\nFingerprint ${span(work.fingerprint)}\n`,
  };
}

export function warningSection(warnings: readonly Warning[]): readonly Section[] {
  const rows = warnings.map(({ message, provenance }) => [
    cell(message, 400),
    provenance === undefined ? '' : whereCell(provenance),
  ]);
  return tableSection('Warnings', ['Warning', 'Where'], rows);
}

/** Changes by direction, and those that an apply asks to be allowed. */
export function directionTable(purpose: Purpose, entries: readonly Entry[]): string {
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
