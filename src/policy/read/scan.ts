/**
 * One look over the tokens of a file before it is parsed. It finds the comments, and it refuses what the parser would
 * not survive: deep nesting overflows its stack, in a way that ends the process and cannot be caught.
 */

import { blankControls, truncate } from '../phrases.ts';
import { type Source, spotAt } from './lines.ts';

export interface Comment {
  readonly text: string;
  readonly column: number;
  /** Nothing but the comment stands on its line. */
  readonly alone: boolean;
}

/** By line; a line has at most one. */
export type Comments = ReadonlyMap<number, Comment>;

export const DEPTH_LIMIT = 100;
export const SIZE_LIMIT = 100_000;

export const TOO_DEEP = `this is nested deeper than ${DEPTH_LIMIT} levels`;
export const TOO_MANY = `this file holds more than ${SIZE_LIMIT / 1000},000 values, aliases written out: split it`;

/** The parser has more open than there are levels, a pair for one, so this is looser; the tree is measured exactly. */
const SCAN_DEPTH_LIMIT = 2 * DEPTH_LIMIT + 50;
/** A pair is up to five tokens: key, colon, value, comma and a marker. */
const TOKEN_LIMIT = 6 * SIZE_LIMIT;

const BLANK = ['space', 'newline', 'comment', 'byte-order-mark', 'flow-error-end'];

/** Takes a file's tokens one by one. */
export interface Scanner {
  readonly comments: Comments;
  /**
   * Why the rest must not be parsed, if that is so.
   * @param depth how much the parser has open once it has taken the token
   */
  readonly take: (type: string, text: string, offset: number, depth: number) => string | undefined;
}

export function scannerOf(source: Source): Scanner {
  const comments = new Map<number, Comment>();
  let count = 0;
  let isFresh = true;
  return {
    comments,
    take(type, text, offset, depth) {
      if (type === 'newline') isFresh = true;
      if (type === 'comment') {
        const { line, column } = spotAt(source, offset);
        comments.set(line, { text: text.replace(/^[#\s]+/, '').trim(), column, alone: isFresh });
      }
      if (depth > SCAN_DEPTH_LIMIT) return TOO_DEEP;
      if (BLANK.includes(type)) return undefined;
      if (++count > TOKEN_LIMIT) return TOO_MANY;
      if (type === 'directive-line') return 'a policy takes no YAML directives (`%...`): remove this line';
      isFresh = false;
      return undefined;
    },
  };
}

const REASON_LENGTH = 500;

/**
 * Why the author wants what is written on this line: the comment lines directly above it and the comment behind it. A
 * comment that is indented deeper than the key ends what stands above and is not about the key.
 */
export function reasonFor(comments: Comments, line: number, column: number): string | undefined {
  const texts: string[] = [];
  for (let above = line - 1; ; above--) {
    const comment = comments.get(above);
    if (!comment?.alone || comment.column > column) break;
    texts.push(comment.text);
  }
  texts.reverse();
  const behind = comments.get(line);
  if (behind !== undefined) texts.push(behind.text);
  const reason = blankControls(texts.join(' ')).replace(/\s+/g, ' ').trim();
  return reason === '' ? undefined : truncate(reason, REASON_LENGTH);
}
