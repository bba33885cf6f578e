/** The line that a problem is in, with a mark under the spot. */
import { printable } from '../../util/printable.ts';
import type { Spot } from '../tree.ts';
import { lineOf, type Source } from './lines.ts';
import type { Cuts } from './redact.ts';

const WIDTH = 100;
/** Enough to fill the width on one side: a cell is at most two units. Lines may be megabytes, and have a thousand faults. */
const REACH = 2 * WIDTH + 2;
const TAB = '    ';

/**
 * The line and a `^` under the spot, as two lines. Of a long line the part around the spot.
 * @param cuts see `secretCuts`
 */
export function excerptAt(source: Source, spot: Spot, cuts: Cuts): string {
  const line = lineOf(source, spot.line);
  const kept = cuts.get(spot.line) ?? line.length;
  const at = Math.min(spot.column - 1, kept);
  const end = Math.min(kept, at + REACH);
  const before = drawn(line.slice(Math.max(0, at - REACH), at));
  const behind = drawn(line.slice(at, end) + (end === kept && kept < line.length ? '…' : ''));
  const start = Math.max(0, before.length - Math.max(WIDTH / 2, WIDTH - behind.length));
  const room = WIDTH - (before.length - start);
  const head = (start > 0 ? ['…'] : []).concat(before.slice(start));
  const tail = behind.slice(0, room).concat(behind.length > room ? ['…'] : []);
  return `${head.concat(tail).join('')}\n${' '.repeat(head.length)}^`;
}

/** The text as single cells of a terminal, as far as that can be known without its font. */
function drawn(text: string): string[] {
  return [...printable(text.replaceAll('\t', TAB))];
}
