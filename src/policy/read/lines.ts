/** The text of a file, by lines. */
import type { Spot } from '../tree.ts';

export interface Source {
  readonly text: string;
  readonly lineStarts: readonly number[];
}

export function sourceOf(text: string): Source {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  return { text, lineStarts };
}

export function spotAt({ lineStarts }: Source, offset: number): Spot {
  let [low, high] = [0, lineStarts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
}

/** The line without its line break; empty if there is no such line. */
export function lineOf({ text, lineStarts }: Source, line: number): string {
  const start = lineStarts[line - 1];
  if (start === undefined) return '';
  const next = lineStarts[line];
  if (next === undefined) return text.slice(start);
  return text.slice(start, text.charAt(next - 2) === '\r' ? next - 2 : next - 1);
}
