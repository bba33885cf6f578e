/** How Zoom compares with a baseline, as a comment: what fails by severity, then what nobody could judge. */
import type { Control } from '../../model/check.ts';
import { positionOf } from '../../model/state.ts';
import { CHECK_SECTIONS, type CheckView } from '../view/check.ts';
import { controlsOf } from '../view/entry.ts';
import { rowOf } from '../view/rows.ts';
import { sectioned } from '../view/sections.ts';
import { cell } from './escape.ts';
import type { CommentPage } from './fit.ts';
import { afterColumn, beforeColumn, noteLines, SETTING, TARGET, whereCell, whyLine } from './row.ts';
import { type Column, countTable, foldedSection, lines, paragraphs, rowSection, tableSection } from './table.ts';

const COLUMNS: readonly Column[] = [
  TARGET,
  SETTING,
  beforeColumn('Zoom has'),
  afterColumn('Wanted'),
  ['Severity', ({ lead }) => lead.severity ?? ''],
  ['Controls', ({ lead }) => lines(...controlsOf(lead).map(controlCell))],
  ['Why and where', ({ lead }) => lines(...noteLines(lead.outcome), whyLine(lead), whereCell(lead.provenance))],
];

export function checkPage({
  entries,
  counts,
  failing,
  headline,
  summary,
  score,
  manual,
  idleWaivers,
}: CheckView): CommentPage {
  const { sections } = sectioned(CHECK_SECTIONS, entries.map(rowOf), (rows) => rows);
  return {
    head: paragraphs(
      `## lockstep check: ${headline}`,
      `**${summary}**`,
      score,
      counts.fail === 0 ? undefined : countTable(failing),
    ),
    groups: [
      ...sections.map(({ title, rows }) => rowSection(title, COLUMNS, rows)),
      tableSection(
        'Waivers that match nothing',
        ['Waiver', 'Owner', 'Where'],
        idleWaivers.map(({ about, owner, provenance }) => [cell(about), cell(owner), cell(positionOf(provenance))]),
      ),
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
