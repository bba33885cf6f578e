/** The cells of a change, of something blocked, and of where it comes from. */

import { type Blocked, type Change, changeName } from '../../model/plan.ts';
import { type Provenance, positionOf } from '../../model/state.ts';
import { targetLabel } from '../../model/target.ts';
import { wayText } from '../direction.ts';
import { listText } from '../facts.ts';
import { aboutFact } from '../summaries.ts';
import { differingParts, knownBefore, listChanges, shortValue } from '../value.ts';
import type { Purpose } from '../verdict.ts';
import { blockedNote, changeNotes, type Note } from '../view/notes.ts';
import { cell, plain } from './escape.ts';
import { type Cells, lines } from './table.ts';

/** What the two sides of a change are called. */
function sidesOf(purpose: Purpose): readonly [before: string, after: string] {
  return purpose === 'drift' ? ['Zoom has', 'Policy wants'] : ['Now', 'After'];
}

export function fullColumns(purpose: Purpose): Cells {
  return ['Target', 'Setting', ...sidesOf(purpose), 'Way', 'Why and where'];
}

export function shortColumns(purpose: Purpose): Cells {
  return ['Setting', ...sidesOf(purpose), 'Way', 'Where'];
}

/** With everything that a reviewer may ask: what it costs, why it matters, who wanted it. */
export function fullCells(purpose: Purpose, change: Change): Cells {
  const { target, kind, path, provenance } = change;
  const { why } = aboutFact(target, kind, path);
  return [
    cell(targetLabel(target)),
    nameCell(change),
    ...valueCells(purpose, change),
    wayText(purpose, change),
    lines(...noteCells(changeNotes(change)), why === undefined ? undefined : plain(why), whereCell(provenance)),
  ];
}

export function shortCells(purpose: Purpose, change: Change): Cells {
  return [
    nameCell(change),
    ...valueCells(purpose, change),
    wayText(purpose, change),
    lines(...noteCells(changeNotes(change)), whereCell(change.provenance)),
  ];
}

export function nameCell(change: Change): string {
  return `${change.kind === 'set' ? '' : `${change.kind} `}${cell(changeName(change))}`;
}

export function valueCells(purpose: Purpose, change: Change): readonly [before: string, after: string] {
  if (change.kind !== 'set') return [lockWord(change.before), lockWord(change.after)];
  if (change.item !== undefined && change.after === null)
    return [cell(shortValue(change.before)), purpose === 'drift' ? 'no such item' : 'removed'];
  const lists = listChanges(change.before, change.after);
  if (lists !== undefined) return [cell(shortValue(change.before)), listText(lists, cell)];
  const [before, after] = differingParts(change);
  return [cell(shortValue(before)), cell(shortValue(after))];
}

export const BLOCKED_COLUMNS: Cells = ['Target', 'Setting', 'Now', 'Wanted', 'Why not', 'Where'];

export function blockedCells(blocked: Blocked): Cells {
  const { target, kind, path, reason, detail, after, provenance } = blocked;
  const before = knownBefore(blocked);
  const shown = (value: Blocked['before']) => (kind === 'set' ? cell(shortValue(value)) : lockWord(value));
  return [
    cell(targetLabel(target)),
    `${kind === 'set' ? '' : `${kind} `}${cell(path)}`,
    before === undefined ? '' : shown(before.value),
    shown(kind === 'set' ? after : kind === 'lock'),
    lines(reason, ...noteCells([blockedNote(detail)])),
    whereCell(provenance),
  ];
}

/** The author's own words, and the place. */
export function whereCell(provenance: Provenance): string {
  const { reason } = provenance;
  return lines(reason === undefined ? undefined : cell(reason, 400), cell(positionOf(provenance)));
}

export function lockWord(value: Blocked['before']): string {
  return typeof value === 'boolean' ? (value ? 'locked' : 'unlocked') : cell(shortValue(value));
}

/** A line each; their labels are ours, and of what they say all that others wrote is code. */
export function noteCells(notes: readonly Note[]): readonly string[] {
  return notes.map(({ label, text, explains }) => {
    const said = text.map((part) => (typeof part === 'string' ? plain(part) : cell(part.short, 400))).join('');
    return explains === 'state' ? said : `**${label}:** ${said}`;
  });
}
