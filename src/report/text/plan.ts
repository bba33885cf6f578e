/** A plan, or drift, for people: by target, a lock next to its value, what is blocked and why, counts last. */
import type { Warning } from '../../model/plan.ts';
import { compareText } from '../../util/compare-text.ts';
import { printable } from '../../util/printable.ts';
import type { Purpose } from '../view/direction.ts';
import { type Entry, isUnseen } from '../view/entry.ts';
import type { PlanView } from '../view/plan.ts';
import { byTarget, nameOf, type Row, rowNotes } from '../view/rows.ts';
import type { Badge } from '../view/tone.ts';
import { type Part, partText } from '../view/words.ts';
import type { Paint } from './paint.ts';
import { badgeText, joinedLine, lockName, noteLines, placeLines } from './row.ts';

const WIDEST_NAME = 56;

export function renderPlanText(view: PlanView, paint: Paint): string {
  const { account, unseen, purpose, rows, warnings, summary, work } = view;
  // Join the lines of each target first: a hundred thousand changes have three times as many lines.
  const body = byTarget(rows).map((target) =>
    [paint.bold(printable(target.label)), ...targetLines(purpose, target.rows, paint), ''].join('\n'),
  );
  const warned = warningLines(warnings, paint);
  return [
    account,
    ...(unseen === undefined ? [] : [paint.red(unseen)]),
    '',
    ...body,
    ...(warned.length === 0 ? [] : [...warned, '']),
    paint.bold(summary),
    ...(work === undefined ? [] : [work.directions, work.requests, paint.dim(`Fingerprint ${work.fingerprint}`)]),
    '',
  ].join('\n');
}

export function warningLines(warnings: readonly Warning[], paint: Paint): readonly string[] {
  return warnings.map(({ message, provenance }) => {
    const place = provenance === undefined ? '' : paint.dim(`  ${printable(provenance.file)}:${provenance.line}`);
    return `${paint.yellow('!')} ${printable(message)}${place}`;
  });
}

function targetLines(purpose: Purpose, rows: readonly Row[], paint: Paint): string[] {
  const values = rows.filter(({ lead }) => lead.kind === 'set');
  const width = Math.min(WIDEST_NAME, Math.max(0, ...values.map(({ lead }) => nameOf(lead).length)));
  return [...rows]
    .sort((a, b) => compareText(a.lead.name, b.lead.name))
    .flatMap((row) => [
      `  ${firstLine(purpose, row, width, paint)}`,
      ...itemLines(row.lead, paint),
      ...noteLines(rowNotes(row), paint),
      ...placeLines(row, paint),
    ]);
}

function firstLine(purpose: Purpose, { lead, lock }: Row, width: number, paint: Paint): string {
  const own = badgeText(badgeOf(lead), paint);
  const value =
    lead.kind === 'set'
      ? `${nameOf(lead).padEnd(width)}  ${sidesText(purpose, lead, paint)}`
      : `${nameOf(lead)}${hasText(purpose, lead, '  Zoom has it ', '')}`;
  const first = `${signed(lead, '', paint)} ${value}`;
  if (lock === undefined) return joinedLine(first, undefined, [own, '']);
  const beside = `${signed(lock, ` ${lockName(lock, lead)}`, paint)}${hasText(purpose, lock, ' (Zoom has it ', ')')}`;
  return joinedLine(first, beside, [own, badgeText(badgeOf(lock), paint)]);
}

/** Blocked entries have no direction, pinned ones need none. */
function badgeOf({ status, way, action }: Entry): Badge | undefined {
  return status ?? (action === 'pin' ? undefined : way);
}

function signed(entry: Entry, text: string, paint: Paint): string {
  const { state, action } = entry;
  if (isUnseen(entry)) return paint.red(`?${text}`);
  if (state === 'blocked') return paint.magenta(`x${text}`);
  if (state === 'waived') return paint.yellow(`w${text}`);
  switch (action) {
    case 'add':
      return paint.green(`+${text}`);
    case 'remove':
      return paint.red(`-${text}`);
    case 'change':
      return paint.yellow(`~${text}`);
    case 'pin':
      return `=${text}`;
  }
}

/** Drift shows what Zoom has. */
function hasText(purpose: Purpose, { kind, state, action }: Entry, before: string, after: string): string {
  if (purpose === 'plan' || action === 'pin' || state !== 'differs') return '';
  return `${before}${kind === 'lock' ? 'unlocked' : 'locked'}${after}`;
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

function itemLines({ values }: Entry, paint: Paint): string[] {
  if (values.form !== 'list') return [];
  const line = (sign: '-' | '+', item: Part) =>
    `      ${paint[sign === '-' ? 'red' : 'green'](`${sign} ${partText(item)}`)}`;
  return [...values.removed.map((item) => line('-', item)), ...values.added.map((item) => line('+', item))];
}
