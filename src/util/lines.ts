/** The lines of a text that comes in pieces, one by one: neither the text nor more than a line of it is held. */

/** Thrown for a line that would not end. */
export class LineTooLong extends Error {
  /** 1-based. */
  readonly line: number;

  constructor(line: number, longest: number) {
    super(`line ${line} is longer than ${longest} bytes`);
    this.line = line;
  }
}

const LINE_FEED = 0x0a;

/**
 * Lines without their line feed. The last one may lack it.
 * @param longest bytes of a line
 * @throws LineTooLong before more than that is held
 */
export async function* linesIn(chunks: AsyncIterable<Buffer>, longest: number): AsyncGenerator<string, void> {
  let pieces: Buffer[] = [];
  let held = 0;
  let line = 1;
  const hold = (piece: Buffer): void => {
    held += piece.length;
    if (held > longest) throw new LineTooLong(line, longest);
    if (piece.length > 0) pieces.push(piece);
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      hold(chunk.subarray(start, end));
      yield Buffer.concat(pieces).toString('utf8');
      pieces = [];
      held = 0;
      line += 1;
      start = end + 1;
    }
    hold(chunk.subarray(start));
  }
  if (held > 0) yield Buffer.concat(pieces).toString('utf8');
}
