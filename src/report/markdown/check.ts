/** How Zoom stands against a baseline, as a comment: what fails by severity, then what nobody could judge. */
import type { Check, CheckResult, Control } from '../../model/check.ts';
import { countCheck } from '../../model/counts.ts';
import { positionOf } from '../../model/state.ts';
import { targetLabel } from '../../model/target.ts';
import { aboutFact, SEVERITIES } from '../summaries.ts';
import { shortValue } from '../value.ts';
import { checkVerdict } from '../verdict.ts';
import { checkNotes } from '../view/notes.ts';
import { lockWord, noteCells, whereCell } from './change.ts';
import { cell, plain } from './escape.ts';
import type { Page } from './fit.ts';
import { type Cells, countTable, foldedSection, lines, paragraphs, tableSection } from './table.ts';

const COLUMNS: Cells = ['Target', 'Setting', 'Zoom has', 'Wanted', 'Severity', 'Controls', 'Why and where'];

export function checkPage(result: CheckResult): Page {
  const { checks, manual, idleWaivers } = result;
  const counts = countCheck(result);
  const having = (status: Check['status']) => checks.filter((check) => check.status === status);
  const failing = having('fail');
  return {
    head: paragraphs(
      `## lockstep check: ${failing.length} of ${checks.length} fail`,
      `**${checkVerdict(checks.length, counts)}**`,
      counts.score === undefined ? undefined : `Score ${counts.score}% of what could be judged.`,
      failing.length === 0 ? undefined : severityTable(failing),
    ),
    groups: [
      ...SEVERITIES.map((severity) =>
        section(
          `Fails, ${severity}`,
          failing.filter((check) => check.severity === severity),
        ),
      ),
      section('Not known', having('unknown')),
      section('Waived', having('waived')),
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

function severityTable(failing: readonly Check[]): string {
  return countTable(
    SEVERITIES.map((severity) => [severity, failing.filter((check) => check.severity === severity).length] as const),
  );
}

function section(title: string, checks: readonly Check[]) {
  return tableSection(title, COLUMNS, checks.map(cellsOf));
}

function cellsOf(check: Check): Cells {
  const { target, kind, path, status, wanted, found, severity, controls, provenance } = check;
  const shown = (value: Check['found']) => (kind === 'lock' ? lockWord(value) : cell(shortValue(value)));
  const { why } = aboutFact(target, kind, path);
  return [
    cell(targetLabel(target)),
    `${kind === 'lock' ? 'lock ' : ''}${cell(path)}`,
    status === 'unknown' ? '' : shown(found),
    shown(wanted),
    severity,
    lines(...controls.map(controlCell)),
    lines(...noteCells(checkNotes(check)), why === undefined ? undefined : plain(why), whereCell(provenance)),
  ];
}

function controlCell({ id, title }: Control): string {
  return cell(`${id} ${title}`);
}
