/** How a run ended, for people: what did not get through first to last, and how to go on. */
import { messageOf } from '../../errors.ts';
import { countResult } from '../../model/counts.ts';
import { type Change, changeName } from '../../model/plan.ts';
import type { ApplyResult, ChangeResult } from '../../model/result.ts';
import { targetLabel } from '../../model/target.ts';
import { printable } from '../../util/printable.ts';
import { listText } from '../facts.ts';
import { keyOf, surprisesOf } from '../outcome.ts';
import { differingParts, listChanges, shortValue } from '../value.ts';
import { resultVerdict } from '../verdict.ts';
import { LEFT_UNLOCKED, MOVED, type Note, outcomeNotes } from '../view/notes.ts';
import { noteLines } from './notes.ts';
import type { Paint } from './paint.ts';

export function renderResultText(result: ApplyResult, run: string, paint: Paint): string {
  const counts = countResult(result);
  const left = new Set(result.leftUnlocked.map(keyOf));
  const reported = new Set(result.results.map(({ change }) => keyOf(change)));
  return [
    ...result.results.flatMap((entry) =>
      left.has(keyOf(entry.change))
        ? leftLines(entry.change, paint)
        : entryLines(...STATUSES[entry.status], entry.change, outcomeNotes(entry), paint),
    ),
    ...result.leftUnlocked
      .filter((unlock) => !reported.has(keyOf(unlock)))
      .flatMap((unlock) => leftLines(unlock, paint)),
    ...surprisesOf(result).flatMap((change) => entryLines('still differs', 'yellow', change, [MOVED], paint)),
    ...(result.results.length + result.leftUnlocked.length + surprisesOf(result).length === 0 ? [] : ['']),
    paint.bold(resultVerdict(result)),
    ...conclusion(result, counts.applied === result.results.length && counts.remaining === 0),
    paint.dim(`To undo it: lockstep rollback ${run}`),
    '',
  ].join('\n');
}

const STATUSES: Readonly<Record<ChangeResult['status'], readonly [label: string, colour: keyof Paint]>> = {
  applied: ['applied', 'green'],
  ineffective: ['ineffective', 'yellow'],
  failed: ['failed', 'red'],
  notAttempted: ['not attempted', 'magenta'],
};

function entryLines(
  label: string,
  colour: keyof Paint,
  change: Change,
  notes: readonly Note[],
  paint: Paint,
): string[] {
  const space = ' '.repeat('not attempted'.length - label.length);
  return [
    `${paint[colour](label)}${space}  ${nameOf(change)}  ${changed(change)}`.trimEnd(),
    ...noteLines(notes, paint),
  ];
}

function leftLines(unlock: Change, paint: Paint): string[] {
  return entryLines('left unlocked', 'red', unlock, [LEFT_UNLOCKED], paint);
}

function nameOf(change: Change): string {
  return `${printable(targetLabel(change.target))} ${change.kind === 'set' ? '' : `${change.kind} `}${printable(changeName(change))}`;
}

function changed(change: Change): string {
  if (change.kind !== 'set') return '';
  const lists = listChanges(change.before, change.after);
  if (lists !== undefined) return listText(lists);
  const [before, after] = differingParts(change).map(shortValue);
  const removed = change.item !== undefined && change.after === null;
  return `${before} -> ${removed ? 'removed' : after}`;
}

function conclusion(result: ApplyResult, converged: boolean): string[] {
  if (result.interrupted)
    return ['Stopped as asked. Run apply again to go on: it reads Zoom anew and sends only what is missing.'];
  if (result.halted !== undefined) {
    return [
      `The run ended early: ${printable(messageOf(result.halted))}`,
      'Run apply again to go on: it reads Zoom anew and sends only what is missing.',
    ];
  }
  if (converged) return [];
  return ['Zoom does not match the policies yet. Run plan to see what remains, then apply again.'];
}
