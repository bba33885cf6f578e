/** The cells of a change, of something blocked, and of where it comes from. */

import { type Blocked, type Change, changeName, type LockChange } from '../../model/plan.ts';
import { type Provenance, positionOf } from '../../model/state.ts';
import { targetLabel } from '../../model/target.ts';
import { wayText } from '../direction.ts';
import { listText } from '../facts.ts';
import { aboutFact } from '../summaries.ts';
import { differingParts, knownBefore, listChanges, shortValue } from '../value.ts';
import type { Purpose } from '../verdict.ts';
import { cell, plain } from './escape.ts';
import { type Cells, lines } from './table.ts';

const SHOWN_SIBLINGS = 5;

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
    lines(...riskLines(change), siblingLine(change), why === undefined ? undefined : plain(why), whereCell(provenance)),
  ];
}

export function shortCells(purpose: Purpose, change: Change): Cells {
  return [
    nameCell(change),
    ...valueCells(purpose, change),
    wayText(purpose, change),
    lines(siblingLine(change), whereCell(change.provenance)),
  ];
}

export function nameCell(change: Change): string {
  return `${change.kind === 'set' ? '' : `${change.kind} `}${cell(changeName(change))}`;
}

export function valueCells(purpose: Purpose, change: Change): readonly [before: string, after: string] {
  const held = change.heldBy === undefined ? undefined : `set for good: the lock above, ${cell(change.heldBy)}, goes`;
  if (change.kind !== 'set') return [lockWord(change.before), lines(lockWord(change.after), held)];
  if (change.item !== undefined && change.after === null)
    return [cell(shortValue(change.before)), purpose === 'drift' ? 'no such item' : 'removed'];
  const lists = listChanges(change.before, change.after);
  if (lists !== undefined) return [cell(shortValue(change.before)), listText(lists, cell)];
  const [before, after] = differingParts(change);
  const unconfirmed =
    change.unconfirmed === true ? 'Zoom does not show this secret: whether it differs is not known' : undefined;
  return [cell(shortValue(before)), lines(cell(shortValue(after)), held, unconfirmed)];
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
    lines(reason, cell(detail, 400)),
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

/** What the guards of an apply will ask to be allowed. */
function riskLines({ lossy, protectedBy }: Change): readonly (string | undefined)[] {
  return [
    lossy === undefined ? undefined : `**Lossy:** ${cell(lossy)}`,
    protectedBy === undefined ? undefined : `**Protected** by ${cell(protectedBy)}`,
  ];
}

/** A lock on a parent freezes more than the setting that it was asked for: its author must see that. */
function siblingLine(change: Change): string | undefined {
  if (change.kind !== 'lock') return undefined;
  const others = othersFrozen(change);
  if (others.length === 0) return undefined;
  const more = others.length > SHOWN_SIBLINGS ? ` and ${others.length - SHOWN_SIBLINGS} more` : '';
  const shown = others.slice(0, SHOWN_SIBLINGS).map((path) => cell(path));
  return `freezes also ${shown.join(', ')}${more}`;
}

function othersFrozen({ path, freezes }: LockChange): readonly string[] {
  return freezes.filter((frozen) => frozen !== path);
}
