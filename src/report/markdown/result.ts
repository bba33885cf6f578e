/** How a run ended, as a comment: what did not get through first, what was applied folded by target. */
import { messageOf } from '../../errors.ts';
import { countResult } from '../../model/counts.ts';
import type { Change } from '../../model/plan.ts';
import type { ApplyResult, ChangeResult } from '../../model/result.ts';
import { targetLabel } from '../../model/target.ts';
import { wayText } from '../direction.ts';
import { resultsButLeft, surprisesOf } from '../outcome.ts';
import { resultVerdict } from '../verdict.ts';
import { changeNotes, LEFT_UNLOCKED, MOVED, type Note, outcomeNotes } from '../view/notes.ts';
import { nameCell, noteCells, shortCells, shortColumns, valueCells, whereCell } from './change.ts';
import { cell, span } from './escape.ts';
import type { Page } from './fit.ts';
import { blockedSection, warningSection, wayTable } from './plan.ts';
import { type Cells, foldedByTarget, lines, paragraphs, tableSection } from './table.ts';

type Missed = Exclude<ChangeResult, { status: 'applied' }>;

const COLUMNS: Cells = ['Target', 'Setting', 'Before', 'Wanted', 'Way', 'What happened', 'Where'];

const MISSED: readonly (readonly [status: Missed['status'], title: string])[] = [
  ['failed', 'Failed'],
  ['ineffective', 'Ineffective'],
];

export function resultPage(result: ApplyResult, run: string): Page {
  const { applied } = countResult(result);
  const { results } = result;
  const done = resultsButLeft(result).filter((entry) => entry.status === 'applied');
  return {
    head: paragraphs(
      `## lockstep apply: ${applied} of ${results.length} applied`,
      `**${resultVerdict(result)}**`,
      conclusion(result),
      done.length === 0 ? undefined : `Of what was applied:\n\n${wayTable('plan', done.map(changeIn))}`,
    ),
    groups: [
      ...MISSED.map(([status, title]) => missedSection(result, status, title)),
      tableSection(
        'Left unlocked',
        COLUMNS,
        result.leftUnlocked.map((unlock) => cellsOf(unlock, [LEFT_UNLOCKED])),
      ),
      missedSection(result, 'notAttempted', 'Not attempted'),
      tableSection(
        'Differs after this run',
        COLUMNS,
        surprisesOf(result).map((change) => cellsOf(change, [MOVED])),
      ),
      blockedSection(result.blocked),
      warningSection(result.plan),
      foldedByTarget(done, 'applied change', shortColumns('plan'), appliedCells, ({ change }) => change.target),
    ],
    foot: `To undo it: ${span(`lockstep rollback ${run}`)}\n`,
  };
}

function changeIn({ change }: ChangeResult): Change {
  return change;
}

function missedSection({ results }: ApplyResult, status: Missed['status'], title: string) {
  const rows = results.flatMap((entry) =>
    entry.status !== 'applied' && entry.status === status ? [cellsOf(entry.change, outcomeNotes(entry))] : [],
  );
  return tableSection(title, COLUMNS, rows);
}

function cellsOf(change: Change, outcome: readonly Note[]): Cells {
  return [
    cell(targetLabel(change.target)),
    nameCell(change),
    ...valueCells('plan', change),
    wayText('plan', change),
    lines(...noteCells(outcome)),
    lines(...noteCells(changeNotes(change)), whereCell(change.provenance)),
  ];
}

function appliedCells(result: ChangeResult): Cells {
  const cells = shortCells('plan', result.change);
  return [...cells.slice(0, -1), lines(...noteCells(outcomeNotes(result)), cells.at(-1))];
}

function conclusion({ interrupted, halted, results, remaining }: ApplyResult): string | undefined {
  const again = 'Run apply again to go on: it reads Zoom anew and sends only what is missing.';
  if (interrupted) return `Stopped as asked. ${again}`;
  if (halted !== undefined) return `The run ended early: ${span(messageOf(halted), 400)}\n\n${again}`;
  const converged = remaining.length === 0 && results.every(({ status }) => status === 'applied');
  return converged
    ? undefined
    : 'Zoom does not match the policies yet. Run plan to see what remains, then apply again.';
}
