import { printable } from '../util/printable.ts';

const LIMIT = 300;

/**
 * The only way for text from outside into a message: control characters are made visible, and it is cut at `limit`
 * characters. Nothing that Zoom answers can control a terminal or flood it.
 */
export function excerpt(text: string, limit: number = LIMIT): string {
  const shown = printable(text.slice(0, limit + 1));
  if (shown.length <= limit) return shown;
  return `${shown.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
