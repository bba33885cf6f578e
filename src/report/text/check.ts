/** A check for people: what fails and why, by target, then what a person has to look at, counts and score last. */
import type { Control } from '../../model/check.ts';
import { positionOf } from '../../model/state.ts';
import { printable } from '../../util/printable.ts';
import type { CheckView } from '../view/check.ts';
import { controlsOf, type Entry, type EntryState } from '../view/entry.ts';
import { byTarget, entriesOf, rowOf } from '../view/rows.ts';
import type { Values } from '../view/values.ts';
import { partText } from '../view/words.ts';
import { NO_BADGE, nameText, noteLines, toned } from './entry.ts';
import type { Paint } from './paint.ts';

export function renderCheckText(view: CheckView, paint: Paint): string {
  const { entries, manual, idleWaivers, summary, score } = view;
  const body = byTarget(entries.filter(({ state }) => state !== 'pass').map(rowOf)).flatMap(({ label, rows }) => [
    paint.bold(printable(label)),
    ...rows.flatMap(entriesOf).flatMap((entry) => entryLines(entry, paint)),
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
    ...body,
    ...(toDo.length === 0 ? [] : [paint.bold('By hand'), ...toDo, '']),
    ...(idle.length === 0 ? [] : [...idle, '']),
    paint.bold(summary),
    ...(score === undefined ? [] : [score]),
    '',
  ].join('\n');
}

const SIGNS: Readonly<Partial<Record<EntryState, string>>> = { fail: 'x', unknown: '?', waived: 'w' };

function entryLines(entry: Entry, paint: Paint): string[] {
  const { state, status = NO_BADGE, severity, values, outcome, provenance } = entry;
  const sign = toned({ ...status, text: SIGNS[state] ?? '+' }, paint);
  const way = toned({ ...status, text: `(${status.text}, ${severity})` }, paint);
  return [
    `  ${sign} ${nameText(entry)}  ${hasText(values)}wanted ${partText(values.after)}  ${way}`,
    ...controlsOf(entry).map((control) => `      ${controlText(control)}`),
    ...noteLines(outcome, paint),
    paint.dim(`      ${printable(positionOf(provenance))}`),
  ];
}

function hasText(values: Values): string {
  return values.form === 'wanted' ? '' : `is ${partText(values.form === 'pair' ? values.before : values.after)}, `;
}

function controlText({ id, title }: Control): string {
  return `${printable(id)} ${printable(title)}`;
}
