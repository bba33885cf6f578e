import { printable } from '../util/printable.ts';

const LIMIT = 300;

/**
 * The one door through which text from outside gets into a message: control characters made visible, cut at `limit`
 * characters. Whatever Zoom answers can neither steer a terminal nor flood it.
 */
export function excerpt(text: string, limit: number = LIMIT): string {
  const shown = printable(text.slice(0, limit + 1));
  if (shown.length <= limit) return shown;
  return `${shown.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
