/**
 * One look over the tokens of a file before it is parsed. It finds the comments, and it refuses what the parser would
 * not survive: deep nesting overflows its stack, in a way that ends the process and cannot be caught.
 */
import { type Source, spotAt } from './source.ts';
import { shortened, withoutUnseen } from './wording.ts';

export interface Token {
  readonly type: string;
  readonly text: string;
  readonly offset: number;
}

export interface Comment {
  readonly text: string;
  readonly column: number;
  /** Nothing but the comment stands on its line. */
  readonly alone: boolean;
}

export interface Scan {
  readonly comments: ReadonlyMap<number, Comment>;
  readonly fault?: { readonly offset: number; readonly message: string };
}

export const DEPTH_LIMIT = 100;
export const SIZE_LIMIT = 100_000;

export const TOO_DEEP = `this is nested deeper than ${DEPTH_LIMIT} levels`;
export const TOO_MANY = `this file holds more than ${SIZE_LIMIT.toLocaleString('en')} values, aliases written out: split it`;

/** Indentation tells a little less than the tree will, so this is looser; the tree is measured exactly. */
const SCAN_DEPTH_LIMIT = 2 * DEPTH_LIMIT + 50;
/** A pair is up to five tokens: key, colon, value, comma and a marker. */
const TOKEN_LIMIT = 6 * SIZE_LIMIT;

const BLANK = ['space', 'newline', 'comment', 'byte-order-mark', 'doc-mode'];
const OPENING = ['flow-map-start', 'flow-seq-start'];
const CLOSING = ['flow-map-end', 'flow-seq-end'];
const NESTING = ['seq-item-ind', 'explicit-key-ind', 'map-value-ind'];

/** The lexer's word for brackets that end without being closed, because the text goes on too far to the left. */
export const FLOW_BROKEN = 'flow-error-end';
/** `? key : value`. More of them without a comma between are an error that the parser nests. */
const MARKS_OF_A_PAIR = 2;

export function scan(source: Source, tokens: Iterable<Token>): Scan {
  const comments = new Map<number, Comment>();
  const fault = (offset: number, message: string): Scan => ({ comments, fault: { offset, message } });
  const columns: number[] = [];
  /** For each open bracket the nesting marks since its last comma. */
  const brackets: number[] = [];
  let surplus = 0;
  let count = 0;
  let fresh = true;
  for (const { type, text, offset } of tokens) {
    if (type === 'newline') fresh = true;
    if (type === 'comment') {
      const { line, column } = spotAt(source, offset);
      comments.set(line, { text: text.replace(/^[#\s]+/, '').trim(), column, alone: fresh });
    }
    if (type === FLOW_BROKEN) {
      brackets.length = 0;
      surplus = 0;
    }
    if (type === FLOW_BROKEN || BLANK.includes(type)) continue;
    if (++count > TOKEN_LIMIT) return fault(offset, TOO_MANY);
    if (type === 'directive-line') {
      return fault(offset, 'a policy takes no YAML directives (`%...`): remove this line');
    }
    if (OPENING.includes(type)) brackets.push(0);
    else if (CLOSING.includes(type)) {
      surplus -= surplusOf(brackets.pop());
    } else if (brackets.length > 0 && type === 'comma') {
      surplus -= surplusOf(brackets.pop());
      brackets.push(0);
    } else if (brackets.length > 0 && NESTING.includes(type)) {
      const marks = (brackets.pop() ?? 0) + 1;
      brackets.push(marks);
      surplus += surplusOf(marks) - surplusOf(marks - 1);
    } else if (brackets.length === 0 && (fresh || NESTING.includes(type))) {
      const { column } = spotAt(source, offset);
      while ((columns.at(-1) ?? 0) >= column) columns.pop();
      columns.push(column);
    }
    fresh = false;
    if (columns.length + brackets.length + surplus > SCAN_DEPTH_LIMIT) return fault(offset, TOO_DEEP);
  }
  return { comments };
}

function surplusOf(marks = 0): number {
  return Math.max(0, marks - MARKS_OF_A_PAIR);
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
