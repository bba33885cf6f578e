/** A plan, or drift, for people: by target, a lock next to its setting, what cannot be done and why, counts last. */
import type { Provenance } from '../../model/state.ts';
import { compareText } from '../../util/compare-text.ts';
import { printable } from '../../util/printable.ts';
import type { Purpose } from '../view/direction.ts';
import type { Entry } from '../view/entry.ts';
import type { Note } from '../view/notes.ts';
import type { PlanView } from '../view/plan.ts';
import { byTarget, type Row, rowsOf } from '../view/rows.ts';
import { type Part, partText, plainText } from '../view/words.ts';
import { nameText, noteLines, toned } from './entry.ts';
import type { Paint } from './paint.ts';

const WIDEST_NAME = 56;

export function renderPlanText({ purpose, entries, warnings, summary, work }: PlanView, paint: Paint): string {
  // One text for each target: a hundred thousand changes have three times as many lines.
  const body = byTarget(rowsOf(entries)).map(({ label, rows }) =>
    [paint.bold(printable(label)), ...targetLines(purpose, rows, paint), ''].join('\n'),
  );
  return [
    ...body,
    ...warnings.map(
      ({ message, provenance }) =>
        `${paint.yellow('!')} ${printable(message)}${provenance === undefined ? '' : paint.dim(`  ${placeText(provenance)}`)}`,
    ),
    ...(warnings.length === 0 ? [] : ['']),
    paint.bold(summary),
    ...(work === undefined ? [] : [work.directions, work.requests, paint.dim(`Fingerprint ${work.fingerprint}`)]),
    '',
  ].join('\n');
}

function targetLines(purpose: Purpose, rows: readonly Row[], paint: Paint): string[] {
  const values = rows.filter(({ lead }) => lead.kind === 'set' && lead.state !== 'blocked');
  const width = Math.min(WIDEST_NAME, Math.max(0, ...values.map(({ lead }) => printable(lead.name).length)));
  return [...rows]
    .sort((a, b) => compareText(a.lead.name, b.lead.name))
    .flatMap((row) => rowLines(purpose, row, width, paint));
}

function rowLines(purpose: Purpose, row: Row, width: number, paint: Paint): string[] {
  const { lead } = row;
  if (lead.state === 'blocked') return blockedLines(lead, paint);
  return [
    `  ${signOf(lead, paint)} ${lead.kind === 'set' ? valueText(purpose, row, width, paint) : lockText(purpose, lead, paint)}`,
    ...itemLines(lead, paint),
    ...noteLines(notesOf(row), paint),
    whyLine(lead.provenance, paint),
  ];
}

function notesOf({ lead, lock }: Row): readonly Note[] {
  return lock === undefined ? lead.notes : [...lead.notes, ...lock.notes];
}

const SIGNS = { add: '+', change: '~', remove: '-', pin: '=' } as const;

function signOf({ action }: Entry, paint: Paint): string {
  const colour = ({ add: 'green', change: 'yellow', remove: 'red', pin: undefined } as const)[action];
  return colour === undefined ? SIGNS[action] : paint[colour](SIGNS[action]);
}

function valueText(purpose: Purpose, { lead, lock }: Row, width: number, paint: Paint): string {
  const parts = [printable(lead.name).padEnd(width), sidesText(purpose, lead, paint)];
  if (lead.action === 'pin') return parts.join('  ');
  // One direction at the end speaks for both.
  const together = lock === undefined || lock.direction === lead.direction;
  if (!together) parts.push(wayText(lead, paint));
  if (lock !== undefined) parts.push(besideText(purpose, lead, lock, paint));
  parts.push(wayText(together ? lead : lock, paint));
  return parts.join('  ');
}

function sidesText(purpose: Purpose, { values }: Entry, paint: Paint): string {
  switch (values.form) {
    case 'list':
      return `${values.removed.length} removed, ${values.added.length} added`;
    case 'pair': {
      const [before, after] = [paint.red(partText(values.before)), paint.green(partText(values.after))];
      return purpose === 'drift' ? `Zoom has ${before}, the policy wants ${after}` : `${before} -> ${after}`;
    }
    default:
      return partText(values.after);
  }
}

/** The lock, after the value that it freezes. */
function besideText(purpose: Purpose, lead: Entry, lock: Entry, paint: Paint): string {
  const name = lock.path === lead.path ? '' : ` ${printable(lock.path)}`;
  const text = `${SIGNS[lock.action]} lock${name}`;
  const sign = lock.action === 'add' ? paint.green(text) : paint.red(text);
  return purpose === 'drift' ? `${sign} (Zoom has it ${beforeText(lock)})` : sign;
}

function lockText(purpose: Purpose, lock: Entry, paint: Paint): string {
  if (lock.action === 'pin') return nameText(lock);
  const now = purpose === 'drift' ? `  Zoom has it ${beforeText(lock)}` : '';
  return `${nameText(lock)}${now}  ${wayText(lock, paint)}`;
}

function beforeText({ kind }: Entry): string {
  return kind === 'lock' ? 'unlocked' : 'locked';
}

function wayText({ way }: Entry, paint: Paint): string {
  return way === undefined ? '' : toned({ ...way, text: `(${way.text})` }, paint);
}

function itemLines({ values }: Entry, paint: Paint): string[] {
  if (values.form !== 'list') return [];
  const line = (sign: string, item: Part) =>
    `      ${paint[sign === '-' ? 'red' : 'green'](`${sign} ${partText(item)}`)}`;
  return [...values.removed.map((item) => line('-', item)), ...values.added.map((item) => line('+', item))];
}

function blockedLines(entry: Entry, paint: Paint): string[] {
  const { kind, status, outcome, values, provenance } = entry;
  const move =
    values.form === 'pair' ? `${partText(values.before)} -> ${partText(values.after)}` : partText(values.after);
  return [
    `  ${paint.magenta('x')} ${nameText(entry)}${kind === 'set' ? `  ${move}` : ''}`,
    `      ${status === undefined ? '' : toned(status, paint)}: ${outcome.map(({ text }) => plainText(text)).join('; ')}`,
    whyLine(provenance, paint),
  ];
}

/** The author's own reason, and the place. */
function whyLine(provenance: Provenance, paint: Paint): string {
  const { reason } = provenance;
  return paint.dim(`      ${reason === undefined ? '' : `${printable(reason)}  `}${placeText(provenance)}`);
}

function placeText({ file, line }: Provenance): string {
  return `${printable(file)}:${line}`;
}
