/**
 * Checks the tokens of a file while it is parsed. Finds the comments, and refuses what the parser would not survive:
 * deep nesting overflows its stack in a way that ends the process and cannot be caught.
 */

import { blankControls, truncate } from '../phrases.ts';
import { type Source, spotAt } from './lines.ts';

export interface Comment {
  readonly text: string;
  readonly column: number;
  /** Alone on its line. */
  readonly alone: boolean;
}

/** By line; a line has at most one. */
export type Comments = ReadonlyMap<number, Comment>;

export const DEPTH_LIMIT = 100;
export const SIZE_LIMIT = 100_000;

export const TOO_DEEP = `this is nested deeper than ${DEPTH_LIMIT} levels`;
export const TOO_MANY = `this file holds more than ${SIZE_LIMIT / 1000},000 values, aliases written out: split it`;

/** The parser opens more than one item per level, so this limit is looser. The tree is measured exactly. */
const SCAN_DEPTH_LIMIT = 2 * DEPTH_LIMIT + 50;
/** A pair is up to five tokens: key, colon, value, comma and a marker. */
const TOKEN_LIMIT = 6 * SIZE_LIMIT;

const BLANK = ['space', 'newline', 'comment', 'byte-order-mark', 'flow-error-end'];

/** Takes the tokens of a file one by one. */
export interface Scanner {
  readonly comments: Comments;
  /**
   * Returns a message if the rest must not be parsed.
   * @param depth the number of items that the parser has open after this token
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
      if (type === 'directive-line') return 'policies do not use YAML directives (`%...`); remove this line';
      isFresh = false;
      return undefined;
    },
  };
}

const REASON_LENGTH = 500;

/**
 * Why the author wants this line: the comment lines directly above it and the comment after it. A comment that is
 * indented deeper than the key belongs to the lines above it.
 */
export function reasonFor(comments: Comments, line: number, column: number): string | undefined {
  const texts: string[] = [];
  for (let above = line - 1; ; above--) {
    const comment = comments.get(above);
    if (!comment?.alone || comment.column > column) break;
    texts.push(comment.text);
  }
  texts.reverse();
  const after = comments.get(line);
  if (after !== undefined) texts.push(after.text);
  const reason = blankControls(texts.join(' ')).replace(/\s+/g, ' ').trim();
  return reason === '' ? undefined : truncate(reason, REASON_LENGTH);
}
