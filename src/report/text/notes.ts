import type { Note } from '../view/notes.ts';
import { noteText } from '../view/notes.ts';
import type { Paint } from './paint.ts';

/** A line each, below what the notes are about. */
export function noteLines(notes: readonly Note[], paint: Paint): string[] {
  return notes.map((note) => {
    const line = `      ${noteText(note)}`;
    if (note.explains === 'state') return line;
    return note.tone === 'bad' ? paint.red(line) : note.tone === 'warn' ? paint.yellow(line) : paint.dim(line);
  });
}
