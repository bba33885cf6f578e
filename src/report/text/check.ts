/** A check for people: what fails and why, by target, then what has to be checked by hand, counts and score last. */
import type { Control } from '../../model/check.ts';
import { positionOf } from '../../model/state.ts';
import { printable } from '../../util/printable.ts';
import type { CheckView } from '../view/check.ts';
import type { Entry, EntryState } from '../view/entry.ts';
import { byTarget, controlsIn, nameOf, type Row, rowNotes, worstOf } from '../view/rows.ts';
import { partText } from '../view/words.ts';
import type { Paint } from './paint.ts';
import { warningLines } from './plan.ts';
import { badgeText, joinedLine, lockName, noteLines, placeLines, toned } from './row.ts';

export function renderCheckText(
  { account, unseen, rows, manual, idleWaivers, warnings, summary, score }: CheckView,
  paint: Paint,
): string {
  const body = byTarget(rows.filter((row) => worstOf(row).state !== 'pass')).flatMap((target) => [
    paint.bold(printable(target.label)),
    ...target.rows.flatMap((row) => rowLines(row, paint)),
    '',
  ]);
  const toDo = manual.flatMap((control) => [
    `  ${paint.magenta('?')} ${controlText(control)}`,
    `      ${printable(control.steps)}`,
  ]);
  const idle = idleWaivers.map(
    ({ about, owner, provenance }) =>
      `${paint.yellow('!')} the waiver of ${printable(about)} (${printable(owner)}) matches nothing  ${printable(positionOf(provenance))}`,
  );
  return [
    account,
    ...(unseen === undefined ? [] : [paint.red(unseen)]),
    '',
    ...body,
    ...(toDo.length === 0 ? [] : [paint.bold('By hand'), ...toDo, '']),
    ...(idle.length === 0 ? [] : [...idle, '']),
    ...(warnings.length === 0 ? [] : [...warningLines(warnings, paint), '']),
    paint.bold(summary),
    ...(score === undefined ? [] : [score]),
    '',
  ].join('\n');
}

const SIGNS: Readonly<Partial<Record<EntryState, string>>> = {
  fail: 'x',
  unknown: '?',
  unmatched: '?',
  'not-found': '?',
  pending: '?',
  'not-offered': '-',
  waived: 'w',
};

function rowLines(row: Row, paint: Paint): string[] {
  const { lead, lock } = row;
  const { state, status } = worstOf(row);
  const sign = status === undefined ? '' : toned({ ...status, text: SIGNS[state] ?? '' }, paint);
  const line = joinedLine(`${nameOf(lead)}  ${sidesText(lead)}`, lock && `${lockName(lock, lead)} ${sidesText(lock)}`, [
    badgeOf(lead, paint),
    lock === undefined ? '' : badgeOf(lock, paint),
  ]);
  return [
    `  ${sign} ${line}`,
    ...controlsIn(row).map((control) => `      ${controlText(control)}`),
    ...noteLines(rowNotes(row), paint),
    ...placeLines(row, paint),
  ];
}

function badgeOf({ state, status, severity }: Entry, paint: Paint): string {
  if (status === undefined) return '';
  return badgeText({ ...status, text: state === 'pass' ? status.text : `${status.text}, ${severity}` }, paint);
}

function sidesText({ state, values }: Entry): string {
  const wanted = partText(values.after);
  if (values.form === 'wanted') return `wanted ${wanted}`;
  const has = `is ${values.form === 'pair' ? partText(values.before) : wanted}`;
  return state === 'pass' ? has : `${has}, wanted ${wanted}`;
}

function controlText({ id, title }: Control): string {
  return `${printable(id)} ${printable(title)}`;
}
