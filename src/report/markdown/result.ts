/** How a run ended, as a comment: first what was not applied, then what was, folded by target. */
import { RESULT_SECTIONS, type ResultView } from '../view/result.ts';
import { entriesOf } from '../view/rows.ts';
import { sectioned } from '../view/sections.ts';
import type { Words } from '../view/words.ts';
import { span } from './escape.ts';
import type { CommentPage } from './fit.ts';
import { directionTable, warningSection } from './plan.ts';
import { badgeColumn, SETTING, sideColumns, stateBadges, TARGET, WHERE, WHY_AND_WHERE } from './row.ts';
import { foldedByTarget, paragraphs, rowSection } from './table.ts';

const SIDES = sideColumns('Before', 'Wanted');
const RESULT = badgeColumn('Result', stateBadges);

export function resultPage({
  account,
  unseen,
  rows,
  headline,
  summary,
  conclusion,
  warnings,
  rollback,
}: ResultView): CommentPage {
  const { sections, rest } = sectioned(RESULT_SECTIONS, rows);
  const applied = rows.flatMap(entriesOf).filter(({ state }) => state === 'applied');
  return {
    head: paragraphs(
      `## lockstep apply: ${headline}`,
      span(account, 400),
      unseen === undefined ? undefined : span(unseen, 400),
      `**${summary}**`,
      conclusion.length === 0 ? undefined : conclusion.map(paragraph).join('\n\n'),
      applied.length === 0 ? undefined : `Applied changes by direction:\n\n${directionTable('plan', applied)}`,
    ),
    groups: [
      ...sections.map((section) => rowSection(section, [TARGET, SETTING, ...SIDES, RESULT, WHY_AND_WHERE])),
      warningSection(warnings),
      foldedByTarget('applied setting', [SETTING, ...SIDES, RESULT, WHERE], rest),
    ],
    foot: `To undo this run: ${span(rollback)}\n`,
  };
}

function paragraph(text: Words): string {
  return text.map((part) => (typeof part === 'string' ? part : span(part.short, 400))).join('');
}
