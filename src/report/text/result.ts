/** How a run ended, for people: every setting with its outcome, in the order of the run, then counts and how to continue. */
import { printable } from '../../util/printable.ts';
import type { Entry } from '../view/entry.ts';
import type { ResultView } from '../view/result.ts';
import { nameOf, outcomeOf, type Row, worstOf } from '../view/rows.ts';
import { itemWords } from '../view/sentence.ts';
import { partText, plainText } from '../view/words.ts';
import type { Paint } from './paint.ts';
import { badgeText, joinedLine, lockName, noteLines, toned } from './row.ts';

const WIDEST_STATUS = 'not attempted'.length;

export function renderResultText(view: ResultView, paint: Paint): string {
  const { account, unseen, rows, summary, conclusion, rollback } = view;
  // The plan before it has shown the others.
  const ended = rows.filter((row) => worstOf(row).origin.type !== 'blocked');
  return [
    account,
    ...(unseen === undefined ? [] : [paint.red(unseen)]),
    '',
    ...ended.flatMap((row) => rowLines(row, paint)),
    ...(ended.length === 0 ? [] : ['']),
    paint.bold(summary),
    ...conclusion.map(plainText),
    paint.dim(`To undo this run: ${rollback}`),
    '',
  ].join('\n');
}

/** Value and lock each show their status only if they ended differently. */
function rowLines(row: Row, paint: Paint): string[] {
  const { label, lead, lock } = row;
  const { status = { text: '', tone: 'quiet' } } = worstOf(row);
  const alike = lock === undefined || lead.state === lock.state;
  const line = joinedLine(
    `${printable(label)} ${nameOf(lead)}  ${sidesText(lead)}`.trimEnd(),
    lock === undefined ? undefined : `${lock.kind === 'lock' ? '+' : '-'} ${lockName(lock, lead)}`,
    alike ? ['', ''] : [badgeText(lead.status, paint), badgeText(lock.status, paint)],
  );
  const space = ' '.repeat(WIDEST_STATUS - status.text.length);
  return [`${toned(status, paint)}${space}  ${line}`, ...noteLines(outcomeOf(row), paint)];
}

function sidesText({ kind, values }: Entry): string {
  if (kind !== 'set') return '';
  if (values.form === 'list') return plainText(itemWords(values));
  return values.form === 'pair' ? `${partText(values.before)} -> ${partText(values.after)}` : partText(values.after);
}
