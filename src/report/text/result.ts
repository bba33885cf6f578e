/** How a run ended, for people: what did not get through first to last, and how to go on. */
import { messageOf } from '../../errors.ts';
import { countResult } from '../../model/counts.ts';
import { type Change, changeName } from '../../model/plan.ts';
import type { ApplyResult, ChangeResult } from '../../model/result.ts';
import { targetLabel } from '../../model/target.ts';
import { printable } from '../../util/printable.ts';
import { refusalText, surprisesOf } from '../outcome.ts';
import { shortValue } from '../value.ts';
import { resultVerdict } from '../verdict.ts';
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
        `${paint.red('left unlocked')}  ${printable(targetLabel(unlock.target))} ${printable(unlock.path)}  the lock that was to come in its place did not get through`,
    ),
    ...(result.results.length === 0 ? [] : ['']),
    paint.bold(resultVerdict(result)),
    ...conclusion(result, counts.applied === result.results.length && counts.remaining === 0),
    paint.dim(`To undo it: lockstep rollback ${run}`),
    '',
  ].join('\n');
}

function resultLines(entry: ChangeResult, paint: Paint): string[] {
  const line = `${nameOf(entry.change)}  ${changed(entry.change)}`.trimEnd();
  switch (entry.status) {
    case 'applied':
      return [
        `${paint.green('applied')}        ${line}${entry.unread === undefined ? '' : `  (${printable(entry.unread)})`}`,
      ];
    case 'ineffective':
      return [
        `${paint.yellow('ineffective')}    ${line}`,
        `      ${entry.reason}: ${printable(entry.because)}${entry.found === undefined ? '' : `; Zoom has ${shortValue(entry.found)}`}`,
      ];
    case 'failed':
      return [`${paint.red('failed')}         ${line}`, `      ${refusalText(entry.refusal)}`];
    case 'notAttempted':
      return [`${paint.magenta('not attempted')}  ${line}`, `      ${printable(entry.because)}`];
  }
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
