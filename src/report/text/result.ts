/** How a run ended, for people: what did not get through first to last, and how to go on. */
import { messageOf } from '../../errors.ts';
import { countResult } from '../../model/counts.ts';
import { type Change, changeName } from '../../model/plan.ts';
import type { ApplyResult, ChangeResult } from '../../model/result.ts';
import { targetLabel } from '../../model/target.ts';
import { printable } from '../../util/printable.ts';
import { surprisesOf } from '../outcome.ts';
import { shortValue } from '../value.ts';
import { resultVerdict } from '../verdict.ts';
import { LEFT_UNLOCKED, noteText, outcomeNotes } from '../view/notes.ts';
import { noteLines } from './notes.ts';
import type { Paint } from './paint.ts';

export function renderResultText(result: ApplyResult, run: string, paint: Paint): string {
  const counts = countResult(result);
  return [
    ...result.results.flatMap((entry) => resultLines(entry, paint)),
    ...surprisesOf(result).flatMap((change) => [
      `${paint.yellow('!')} ${nameOf(change)}  differs after this run: ${changed(change)}`,
    ]),
    ...result.leftUnlocked.map(
      (unlock) =>
        `${paint.red('left unlocked')}  ${printable(targetLabel(unlock.target))} ${printable(unlock.path)}  ${noteText(LEFT_UNLOCKED)}`,
    ),
    ...(result.results.length === 0 ? [] : ['']),
    paint.bold(resultVerdict(result)),
    ...conclusion(result, counts.applied === result.results.length && counts.remaining === 0),
    paint.dim(`To undo it: lockstep rollback ${run}`),
    '',
  ].join('\n');
}

const STATUSES: Readonly<Record<ChangeResult['status'], readonly [label: string, colour: keyof Paint]>> = {
  applied: ['applied        ', 'green'],
  ineffective: ['ineffective    ', 'yellow'],
  failed: ['failed         ', 'red'],
  notAttempted: ['not attempted  ', 'magenta'],
};

function resultLines(entry: ChangeResult, paint: Paint): string[] {
  const [label, colour] = STATUSES[entry.status];
  const line = `${nameOf(entry.change)}  ${changed(entry.change)}`.trimEnd();
  const space = label.slice(label.trimEnd().length);
  return [`${paint[colour](label.trimEnd())}${space}${line}`, ...noteLines(outcomeNotes(entry), paint)];
}

function nameOf(change: Change): string {
  return `${printable(targetLabel(change.target))} ${change.kind === 'set' ? '' : `${change.kind} `}${printable(changeName(change))}`;
}

function changed(change: Change): string {
  return change.kind === 'set' ? `${shortValue(change.before)} -> ${shortValue(change.after)}` : '';
}

function conclusion(result: ApplyResult, converged: boolean): string[] {
  if (result.interrupted) return ['Stopped as asked. What was sent is told above; run apply again to go on.'];
  if (result.halted !== undefined) {
    return [
      `The run ended early: ${printable(messageOf(result.halted))}`,
      'Run apply again to go on: it reads Zoom anew and sends only what is missing.',
    ];
  }
  if (converged) return [];
  return ['Zoom does not match the policies yet. Run plan to see what remains, then apply again.'];
}
