/** How a run ended, as every format shows it. */
import { messageOf } from '../../errors.ts';
import { accountLine } from '../../model/account.ts';
import { countResult, type ResultCounts } from '../../model/counts.ts';
import { tallyPlan, unseenIn, unseenWords } from '../../model/outcomes.ts';
import { type Change, changeName, type Warning } from '../../model/plan.ts';
import type { ApplyResult } from '../../model/result.ts';
import { targetLabel } from '../../model/target.ts';
import { blockedEntry, type Entry, type EntryState, leftUnlockedEntry, movedEntry, resultEntry } from './entry.ts';
import { UNSEEN } from './plan.ts';
import { type Row, rowsOf } from './rows.ts';
import type { SectionRule } from './sections.ts';
import type { Tone } from './tone.ts';
import { unseenLine } from './unseen.ts';
import { type Words, words } from './words.ts';

export interface ResultView {
  /** One line. */
  readonly account: string;
  /** What could not be seen, in one line. Absent where all was. */
  readonly unseen?: string;
  readonly fingerprint: string;
  readonly rows: readonly Row[];
  readonly counts: ResultCounts & {
    readonly moved: number;
    readonly blocked: number;
    readonly unseen: number;
    readonly leftUnlocked: number;
  };
  readonly headline: string;
  readonly summary: string;
  readonly tone: Tone;
  /** Why the run ended early, and how to continue. Empty if Zoom matches the policies. */
  readonly conclusion: readonly Words[];
  readonly warnings: readonly Warning[];
  /** The command that undoes the run. */
  readonly rollback: string;
}

export function resultView(result: ApplyResult, run: string): ResultView {
  const { plan, results, blocked, leftUnlocked } = result;
  const entries = resultEntries(result);
  const moved = entries.filter(({ state }) => state === 'moved').length;
  const tally = tallyPlan({ ...plan, blocked });
  const unseen = unseenLine(tally, entries);
  const counts = {
    ...countResult(result),
    moved,
    blocked: tally.blocked + tally['not-offered'],
    unseen: unseenIn(tally),
    leftUnlocked: leftUnlocked.length,
  };
  const converged = counts.applied === results.length && counts.remaining === 0;
  return {
    account: accountLine(plan.account),
    ...(unseen === undefined ? {} : { unseen }),
    fingerprint: plan.fingerprint,
    rows: rowsOf(entries),
    counts,
    headline: [
      `${counts.applied} of ${results.length} applied`,
      ...(counts.unseen > 0 ? [unseenWords(tally)] : []),
    ].join(', '),
    summary: summaryOf(results.length, counts, unseenWords(tally)),
    tone: counts.unseen > 0 ? 'bad' : toneOf(result, converged),
    conclusion: conclusionOf(result, converged, counts.unseen > 0),
    warnings: plan.warnings,
    rollback: `lockstep rollback ${run}`,
  };
}

/** Results first, in the order of the run. */
export function resultEntries({ results, remaining, blocked, leftUnlocked }: ApplyResult): readonly Entry[] {
  const reported = new Set(results.map(({ change }) => keyOf(change)));
  const left = new Set(leftUnlocked.map(keyOf));
  const isNew = (change: Change) => !reported.has(keyOf(change));
  return [
    // The lock was removed as planned. What matters is that nothing replaced it.
    ...results.map((result) =>
      left.has(keyOf(result.change)) ? leftUnlockedEntry(result.change) : resultEntry(result),
    ),
    ...leftUnlocked.filter(isNew).map(leftUnlockedEntry),
    ...remaining.filter(isNew).map(movedEntry),
    ...blocked.map(blockedEntry),
  ];
}

/** Identifies a change of a report. */
function keyOf(change: Change): string {
  return JSON.stringify([targetLabel(change.target), change.kind, changeName(change)]);
}

function having(title: string, wanted: EntryState): SectionRule {
  return { title, takes: ({ state }) => state === wanted };
}

export const RESULT_SECTIONS: readonly SectionRule[] = [
  UNSEEN,
  having('Failed', 'failed'),
  having('Ineffective', 'ineffective'),
  having('Left unlocked', 'leftUnlocked'),
  having('Not attempted', 'notAttempted'),
  having('Differs after this run', 'moved'),
  having('Blocked', 'blocked'),
  having('Waived', 'waived'),
];

function summaryOf(results: number, counts: ResultView['counts'], unseen: string): string {
  const { applied, ineffective, failed, notAttempted, remaining, blocked, leftUnlocked } = counts;
  const left = leftUnlocked === 0 ? '' : `, ${leftUnlocked} left unlocked`;
  const blind = unseen === '' ? '' : `, ${unseen}`;
  return (
    `Applied ${applied} of ${results}: ${ineffective} ineffective, ${failed} failed, ` +
    `${notAttempted} not attempted, ${remaining} remaining, ${blocked} blocked${blind}${left}.`
  );
}

function toneOf({ leftUnlocked, halted, interrupted, blocked }: ApplyResult, converged: boolean): Tone {
  const whole = converged && leftUnlocked.length === 0 && halted === undefined && !interrupted;
  if (!whole) return 'bad';
  return blocked.length === 0 ? 'good' : 'odd';
}

const AGAIN = 'Run apply again to continue: it reads Zoom again and sends only what is missing.';

const BLIND = 'Not all that the policies manage could be seen. Plan shows what, and why.';

function conclusionOf({ interrupted, halted }: ApplyResult, converged: boolean, isBlind: boolean): readonly Words[] {
  if (interrupted) return [['The run was interrupted. ', AGAIN]];
  if (halted !== undefined) return [words`The run ended early: ${messageOf(halted)}`, [AGAIN]];
  if (converged) return isBlind ? [[BLIND]] : [];
  return [['Zoom does not match the policies yet. Run plan to see what remains, then apply again.']];
}
