/** Pieces of lines that several text reports use. */
import { printable } from '../../util/printable.ts';
import type { Entry } from '../view/entry.ts';
import { type Note, noteText } from '../view/notes.ts';
import type { Badge, Tone } from '../view/tone.ts';
import type { Paint } from './paint.ts';

const COLOURS: Readonly<Record<Tone, keyof Paint>> = {
  good: 'green',
  bad: 'red',
  warn: 'yellow',
  odd: 'magenta',
  quiet: 'dim',
};

export const NO_BADGE: Badge = { text: '', tone: 'quiet' };

export function toned({ text, tone }: Badge, paint: Paint): string {
  return paint[COLOURS[tone]](text);
}

/** `lock in_meeting.chat` */
export function nameText({ kind, name }: Entry): string {
  return kind === 'set' ? printable(name) : `${kind} ${printable(name)}`;
}

/** A line each, below what the notes are about. */
export function noteLines(notes: readonly Note[], paint: Paint): string[] {
  return notes.map((note) => {
    const text = `      ${noteText(note)}`;
    return note.explains === 'state' ? text : toned({ text, tone: note.tone ?? 'quiet' }, paint);
  });
}
