/** A check as a comment: what fails by severity, then what is unknown or waived. */
import type { Control } from '../../model/check.ts';
import { positionOf } from '../../model/state.ts';
import { CHECK_SECTIONS, type CheckView } from '../view/check.ts';
import { controlsIn } from '../view/rows.ts';
import { sectioned } from '../view/sections.ts';
import { severityBadge } from '../view/tone.ts';
import { cell, span } from './escape.ts';
import type { CommentPage } from './fit.ts';
import { warningSection } from './plan.ts';
import { badgeColumn, SETTING, sideColumns, TARGET, WHY_AND_WHERE } from './row.ts';
import { type Column, countTable, foldedSection, lines, paragraphs, rowSection, tableSection } from './table.ts';

const COLUMNS: readonly Column[] = [
  TARGET,
  SETTING,
  ...sideColumns('Zoom has', 'Wanted'),
  badgeColumn('Status', ({ status, severity }) => [
    ...(status === undefined || severity === undefined ? [] : [status, severityBadge(severity)]),
  ]),
  ['Controls', (row) => lines(...controlsIn(row).map(controlCell))],
  WHY_AND_WHERE,
];

export function checkPage(view: CheckView): CommentPage {
  const { account, unseen, rows, counts, failing, headline, summary, score, manual, idleWaivers, warnings } = view;
  const { sections } = sectioned(CHECK_SECTIONS, rows);
  return {
    head: paragraphs(
      `## lockstep check: ${headline}`,
      span(account, 400),
      unseen === undefined ? undefined : span(unseen, 400),
      `**${summary}**`,
      score,
      counts.fail === 0 ? undefined : countTable(failing),
    ),
    groups: [
      ...sections.map((section) => rowSection(section, COLUMNS)),
      tableSection(
        'Waivers that match nothing',
        ['Waiver', 'Owner', 'Where'],
        idleWaivers.map(({ about, owner, provenance }) => [cell(about), cell(owner), cell(positionOf(provenance))]),
      ),
      warningSection(warnings),
      foldedSection(
        `To check by hand: ${manual.length}`,
        ['Control', 'Severity', 'What to do'],
        manual.map((control) => [controlCell(control), control.severity, cell(control.steps, 600)]),
      ),
    ],
    foot: '',
  };
}

function controlCell({ id, title }: Control): string {
  return cell(`${id} ${title}`);
}
