/** Shows the line of a problem with a mark under the spot. */
import { printable } from '../../util/printable.ts';
import type { Spot } from '../tree.ts';
import { lineOf, type Source } from './lines.ts';
import type { Cuts } from './redact.ts';

const WIDTH = 100;
/** Enough for the width on one side: a cell is at most two units. Lines can have megabytes and a thousand problems. */
const REACH = 2 * WIDTH + 2;
const TAB = '    ';

/**
 * The line and a `^` under the spot, as two lines. A long line is cut around the spot.
 * @param cuts see `secretCuts`
 */
export function excerptAt(source: Source, spot: Spot, cuts: Cuts): string {
  const line = lineOf(source, spot.line);
  const kept = cuts.get(spot.line) ?? line.length;
  const at = Math.min(spot.column - 1, kept);
  const end = Math.min(kept, at + REACH);
  const before = drawn(line.slice(Math.max(0, at - REACH), at));
  const after = drawn(line.slice(at, end) + (end === kept && kept < line.length ? '…' : ''));
  const start = Math.max(0, before.length - Math.max(WIDTH / 2, WIDTH - after.length));
  const room = WIDTH - (before.length - start);
  const head = (start > 0 ? ['…'] : []).concat(before.slice(start));
  const tail = after.slice(0, room).concat(after.length > room ? ['…'] : []);
  return `${head.concat(tail).join('')}\n${' '.repeat(head.length)}^`;
}

/** The text as cells of a terminal, as far as that is known without its font. */
function drawn(text: string): string[] {
  return [...printable(text.replaceAll('\t', TAB))];
}
