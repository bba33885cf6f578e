/** The lines that text reports have for a row. */
import { printable } from '../../util/printable.ts';
import type { Entry } from '../view/entry.ts';
import { type Note, noteText } from '../view/notes.ts';
import { placesOf, type Row } from '../view/rows.ts';
import type { Badge, Tone } from '../view/tone.ts';
import type { Paint } from './paint.ts';

const COLOURS: Readonly<Record<Tone, keyof Paint>> = {
  good: 'green',
  bad: 'red',
  warn: 'yellow',
  odd: 'magenta',
  quiet: 'dim',
};

export function toned({ text, tone }: Badge, paint: Paint): string {
  return paint[COLOURS[tone]](text);
}

/** The value and its badge, then the lock and its badge. If the badges are equal, only the last is shown. */
export function joinedLine(
  lead: string,
  lock: string | undefined,
  badges: readonly [lead: string, lock: string],
): string {
  const [own, other] = badges;
  const parts = lock === undefined ? [lead, own] : [lead, own === other ? '' : own, lock, other];
  return parts.filter((part) => part !== '').join('  ');
}

export function badgeText(badge: Badge | undefined, paint: Paint): string {
  return badge === undefined ? '' : toned({ ...badge, text: `(${badge.text})` }, paint);
}

/** `lock`, with its name if that is not the name of its value. */
export function lockName(lock: Entry, { path }: Entry): string {
  return lock.path === path ? 'lock' : `lock ${printable(lock.path)}`;
}

export function noteLines(notes: readonly Note[], paint: Paint): string[] {
  return notes.map((note) => {
    const text = `      ${noteText(note)}`;
    return note.about === 'state' ? text : toned({ text, tone: note.tone ?? 'quiet' }, paint);
  });
}

/** The reason that the author of a policy gives, and where. */
export function placeLines(row: Row, paint: Paint): string[] {
  return placesOf(row).map((entry) => {
    const { file, line, reason } = entry.provenance;
    const why = reason === undefined ? '' : `${printable(reason)}  `;
    return paint.dim(`      ${entry === row.lock ? 'lock: ' : ''}${why}${printable(file)}:${line}`);
  });
}
