/** What a run brought, in words that every format uses. */
import { type Change, changeName } from '../model/plan.ts';
import type { ApplyResult, Refusal } from '../model/result.ts';
import { targetLabel } from '../model/target.ts';
import { printable } from '../util/printable.ts';

/** Zoom's own words with its status and code: what support asks for. */
export function refusalText({ status, code, message, fields }: Refusal): string {
  const numbers = [status === undefined ? '' : `HTTP ${status}`, code === undefined ? '' : `code ${code}`].filter(
    Boolean,
  );
  const head = numbers.length === 0 ? '' : `${numbers.join(', ')}: `;
  const details = (fields ?? []).map(({ field, message: text }) => `${field}: ${text}`).join('; ');
  return printable(`${head}${message}${details === '' ? '' : ` (${details})`}`);
}

/** What differs after a run that had nothing to do with it: Zoom, or somebody, moved it. */
export function surprisesOf({ results, remaining }: ApplyResult): readonly Change[] {
  const reported = new Set(results.map(({ change }) => keyOf(change)));
  return remaining.filter((change) => !reported.has(keyOf(change)));
}

/** Tells every change of a report from every other. */
export function keyOf(change: Change): string {
  return JSON.stringify([targetLabel(change.target), change.kind, changeName(change)]);
}
