/**
 * One look over the tokens of a file before it is parsed. It finds the comments, and it refuses what the parser would
 * not survive: deep nesting overflows its stack, in a way that ends the process and cannot be caught.
 */

import { shortened, withoutUnseen } from '../phrases.ts';
import { type Source, spotAt } from './lines.ts';

export interface Token {
  readonly type: string;
  readonly text: string;
  readonly offset: number;
  /** What the parser has open. */
  readonly depth: number;
}

export interface Comment {
  readonly text: string;
  readonly column: number;
  /** Nothing but the comment stands on its line. */
  readonly alone: boolean;
}

export interface Scan {
  readonly comments: ReadonlyMap<number, Comment>;
  readonly problem?: { readonly offset: number; readonly message: string };
}

export const DEPTH_LIMIT = 100;
export const SIZE_LIMIT = 100_000;

export const TOO_DEEP = `this is nested deeper than ${DEPTH_LIMIT} levels`;
export const TOO_MANY = `this file holds more than ${SIZE_LIMIT / 1000},000 values, aliases written out: split it`;

/** The parser has more open than there are levels, a pair for one, so this is looser; the tree is measured exactly. */
const SCAN_DEPTH_LIMIT = 2 * DEPTH_LIMIT + 50;
/** A pair is up to five tokens: key, colon, value, comma and a marker. */
const TOKEN_LIMIT = 6 * SIZE_LIMIT;

const BLANK = ['space', 'newline', 'comment', 'byte-order-mark', 'flow-error-end'];

export function scan(source: Source, tokens: Iterable<Token>): Scan {
  const comments = new Map<number, Comment>();
  const problem = (offset: number, message: string): Scan => ({ comments, problem: { offset, message } });
  let count = 0;
  let fresh = true;
  for (const { type, text, offset, depth } of tokens) {
    if (type === 'newline') fresh = true;
    if (type === 'comment') {
      const { line, column } = spotAt(source, offset);
      comments.set(line, { text: text.replace(/^[#\s]+/, '').trim(), column, alone: fresh });
    }
    if (depth > SCAN_DEPTH_LIMIT) return problem(offset, TOO_DEEP);
    if (BLANK.includes(type)) continue;
    if (++count > TOKEN_LIMIT) return problem(offset, TOO_MANY);
    if (type === 'directive-line') {
      return problem(offset, 'a policy takes no YAML directives (`%...`): remove this line');
    }
    fresh = false;
  }
  return { comments };
}

const REASON_LENGTH = 500;

/**
 * Why the author wants what is written on this line: the comment lines directly above it and the comment behind it. A
 * comment that is indented deeper than the key ends what stands above and is not about the key.
 */
export function reasonFor(comments: Scan['comments'], line: number, column: number): string | undefined {
  const texts: string[] = [];
  for (let above = line - 1; ; above--) {
    const comment = comments.get(above);
    if (!comment?.alone || comment.column > column) break;
    texts.push(comment.text);
  }
  texts.reverse();
  const behind = comments.get(line);
  if (behind !== undefined) texts.push(behind.text);
  const reason = withoutUnseen(texts.join(' ')).replace(/\s+/g, ' ').trim();
  return reason === '' ? undefined : shortened(reason, REASON_LENGTH);
}
