/** A check for people: what fails and why, by target, then what a person has to look at, counts and score last. */

import type { Check, CheckResult, CheckStatus, Control } from '../../model/check.ts';
import { countCheck } from '../../model/counts.ts';
import { positionOf } from '../../model/state.ts';
import { targetLabel } from '../../model/target.ts';
import { compareText } from '../../util/compare-text.ts';
import { printable } from '../../util/printable.ts';
import { shortValue } from '../value.ts';
import { checkVerdict } from '../verdict.ts';
import { checkNotes } from '../view/notes.ts';
import { noteLines } from './notes.ts';
import type { Paint } from './paint.ts';

export function renderCheckText(result: CheckResult, paint: Paint): string {
  const counts = countCheck(result);
  const told = result.checks.filter(({ status }) => status !== 'pass');
  const labels = [...new Set(told.map(({ target }) => targetLabel(target)))].sort(compareText);
  const body = labels.flatMap((label) => [
    paint.bold(printable(label)),
    ...told.filter(({ target }) => targetLabel(target) === label).flatMap((check) => checkLines(check, paint)),
    '',
  ]);
  const toDo = result.manual.flatMap((control) => [
    `  ${paint.magenta('?')} ${nameOf(control)}`,
    `      ${printable(control.steps)}`,
  ]);
  const idle = result.idleWaivers.map(
    ({ about, owner, provenance }) =>
      `${paint.yellow('!')} the waiver of ${printable(about)} (${printable(owner)}) matches nothing  ${printable(positionOf(provenance))}`,
  );
  return [
    ...body,
    ...(toDo.length === 0 ? [] : [paint.bold('By hand'), ...toDo, '']),
    ...(idle.length === 0 ? [] : [...idle, '']),
    paint.bold(checkVerdict(result.checks.length, counts)),
    ...(counts.score === undefined ? [] : [`Score ${counts.score}% of what could be judged.`]),
    '',
  ].join('\n');
}

const SIGNS: Readonly<Record<CheckStatus, string>> = { pass: '+', fail: 'x', unknown: '?', waived: 'w' };

function checkLines(check: Check, paint: Paint): string[] {
  const { status, kind, path, wanted, found, severity, controls, provenance } = check;
  const colour = { pass: paint.green, fail: paint.red, unknown: paint.magenta, waived: paint.yellow }[status];
  const name = `${kind === 'lock' ? 'lock ' : ''}${printable(path)}`;
  const shown = (value: Check['found']) =>
    kind === 'lock' && typeof value === 'boolean' ? (value ? 'locked' : 'unlocked') : shortValue(value);
  const values = status === 'unknown' ? `wanted ${shown(wanted)}` : `is ${shown(found)}, wanted ${shown(wanted)}`;
  return [
    `  ${colour(SIGNS[status])} ${name}  ${values}  ${colour(`(${status}, ${severity})`)}`,
    ...controls.map((control) => `      ${nameOf(control)}`),
    ...noteLines(checkNotes(check), paint),
    paint.dim(`      ${printable(positionOf(provenance))}`),
  ];
}

function nameOf({ id, title }: Control): string {
  return `${printable(id)} ${printable(title)}`;
}
