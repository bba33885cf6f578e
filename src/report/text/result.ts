/** How a run ended, for people: every change first to last with its outcome, counts, then how to go on. */

import { targetLabel } from '../../model/target.ts';
import { printable } from '../../util/printable.ts';
import type { Entry } from '../view/entry.ts';
import type { ResultView } from '../view/result.ts';
import { itemWords } from '../view/sentence.ts';
import { partText, plainText } from '../view/words.ts';
import { NO_BADGE, nameText, noteLines, toned } from './entry.ts';
import type { Paint } from './paint.ts';

const WIDEST_STATUS = 'not attempted'.length;

export function renderResultText({ entries, summary, conclusion, rollback }: ResultView, paint: Paint): string {
  const listed = entries.filter(({ state }) => state !== 'blocked');
  return [
    ...listed.flatMap((entry) => entryLines(entry, paint)),
    ...(listed.length === 0 ? [] : ['']),
    paint.bold(summary),
    ...conclusion.map(plainText),
    paint.dim(`To undo it: ${rollback}`),
    '',
  ].join('\n');
}

function entryLines(entry: Entry, paint: Paint): string[] {
  const { status = NO_BADGE, target } = entry;
  const space = ' '.repeat(WIDEST_STATUS - status.text.length);
  const line = `${toned(status, paint)}${space}  ${printable(targetLabel(target))} ${nameText(entry)}  ${sidesText(entry)}`;
  return [line.trimEnd(), ...noteLines(entry.outcome, paint)];
}

function sidesText({ kind, values }: Entry): string {
  if (kind !== 'set') return '';
  if (values.form === 'list') return plainText(itemWords(values));
  return values.form === 'pair' ? `${partText(values.before)} -> ${partText(values.after)}` : partText(values.after);
}
