/** How a run ended: what was left unlocked, what did not get through and in Zoom's own words why, how to go on. */
import { messageOf } from '../../errors.ts';
import { countResult, type ResultCounts } from '../../model/counts.ts';
import type { Change } from '../../model/plan.ts';
import type { ApplyResult, ChangeResult } from '../../model/result.ts';
import { targetLabel } from '../../model/target.ts';
import { compareText } from '../../util/compare-text.ts';
import { resultsButLeft, surprisesOf } from '../outcome.ts';
import { resultVerdict } from '../verdict.ts';
import { LEFT_UNLOCKED, MOVED, outcomeNotes } from '../view/notes.ts';
import { byFacets, type Facet, listMarkup } from './list.ts';
import { html, type Markup } from './markup.ts';
import { type Page, sectionMarkup, type Tally } from './page.ts';
import { blockedRow, changeRow, directionFacet, facetsOf, MARK_FACET, warningsMarkup } from './plan.ts';
import { type Badge, pathMarkup, positionMarkup, type Row } from './row.ts';

/** What needs somebody first: rows are in this order too. */
const STATUS_FACET: Facet = {
  legend: 'Result',
  labels: {
    leftUnlocked: 'left unlocked',
    failed: 'failed',
    ineffective: 'ineffective',
    notAttempted: 'not attempted',
    remaining: 'still differs',
    blocked: 'blocked',
    applied: 'applied',
  },
};

const KIND_FACET: Facet = { legend: 'Kind', labels: { set: 'set', lock: 'lock', unlock: 'unlock' } };

export function resultPage(result: ApplyResult, run: string, exitCode: number): Page {
  const counts = countResult(result);
  const surprising = surprisesOf(result);
  const rows = [
    ...resultsButLeft(result).map(resultRow),
    ...result.leftUnlocked.map(leftRow),
    ...surprising.map(remainingRow),
    ...result.blocked.map((blocked) => {
      const row = blockedRow(blocked);
      return { ...row, facets: [...row.facets, blocked.kind] };
    }),
  ];
  const converged = counts.applied === result.results.length && counts.remaining === 0;
  const whole = converged && result.leftUnlocked.length === 0 && result.halted === undefined && !result.interrupted;
  return {
    heading: 'Apply',
    tone: whole ? (result.blocked.length === 0 ? 'good' : 'odd') : 'bad',
    verdict: resultVerdict(result),
    remarks: conclusion(result, converged),
    tallies: rows.length === 0 ? [] : tallies(result, counts, surprising.length),
    facts: [
      ['Account', result.plan.account],
      ['Fingerprint', html`<code>${result.plan.fingerprint}</code>`],
      ['To undo it', html`<code>lockstep rollback ${run}</code>`],
      ['Exit code', exitCode],
    ],
    body: [
      leftUnlockedMarkup(result),
      warningsMarkup(result.plan),
      listMarkup(
        'Results',
        'result',
        rows,
        [STATUS_FACET, directionFacet('plan'), KIND_FACET, MARK_FACET],
        byFacets(STATUS_FACET),
      ),
    ],
  };
}

function leftUnlockedMarkup({ leftUnlocked }: ApplyResult): Markup {
  const sorted = [...leftUnlocked].sort(
    (a, b) => compareText(targetLabel(a.target), targetLabel(b.target)) || compareText(a.path, b.path),
  );
  return sectionMarkup(
    'unlocked',
    'Left unlocked',
    sorted.map(
      ({ target, path, provenance }) =>
        html`<p>${pathMarkup({ path })} <bdi>${targetLabel(target)}</bdi> ${positionMarkup(provenance)}</p>`,
    ),
    'This run took these locks off, and the locks that were to come in their place did not get through: they are looser now than before.',
  );
}

function resultRow(result: ChangeResult): Row {
  const { change, status } = result;
  const row = changeRow(change, 'plan');
  return {
    ...baseOf(row),
    facets: [status, change.kind, ...facetsOf(change)],
    badges: [statusBadge(result), ...row.badges],
    notes: [...outcomeNotes(result), ...row.notes],
    ...(status === 'applied' ? {} : { urgency: { failed: 0, ineffective: 1, notAttempted: 3 }[status] }),
  };
}

function leftRow(unlock: Change): Row {
  const row = changeRow(unlock, 'plan');
  return {
    ...row,
    facets: ['leftUnlocked', unlock.kind, ...facetsOf(unlock)],
    badges: [{ text: 'left unlocked', tone: 'bad' }, ...row.badges],
    notes: [LEFT_UNLOCKED, ...row.notes],
    urgency: -1,
  };
}

function remainingRow(change: Change): Row {
  const row = changeRow(change, 'plan');
  return {
    ...row,
    facets: ['remaining', change.kind, ...facetsOf(change)],
    badges: [{ text: 'still differs', tone: 'warn' }, ...row.badges],
    notes: [MOVED, ...row.notes],
    urgency: 2,
  };
}

/** After a run it is how a change ended that is urgent, not which way it went. */
function baseOf({ urgency: _, ...row }: Row): Row {
  return row;
}

function statusBadge({ status }: ChangeResult): Badge {
  switch (status) {
    case 'applied':
      return { text: 'applied', tone: 'good' };
    case 'ineffective':
      return { text: 'ineffective', tone: 'warn' };
    case 'failed':
      return { text: 'failed', tone: 'bad' };
    case 'notAttempted':
      return { text: 'not attempted', tone: 'odd' };
  }
}

function tallies(result: ApplyResult, counts: ResultCounts, surprising: number): readonly Tally[] {
  return [
    {
      legend: 'Result',
      counts: [
        { label: 'left unlocked', count: result.leftUnlocked.length, tone: 'bad' },
        { label: 'failed', count: counts.failed, tone: 'bad' },
        { label: 'ineffective', count: counts.ineffective, tone: 'warn' },
        { label: 'not attempted', count: counts.notAttempted, tone: 'odd' },
        { label: 'still differs', count: surprising, tone: 'warn' },
        { label: 'blocked', count: result.blocked.length, tone: 'odd' },
        { label: 'applied', count: counts.applied, tone: 'good' },
      ],
    },
  ];
}

function conclusion({ interrupted, halted }: ApplyResult, converged: boolean): readonly string[] {
  if (interrupted)
    return ['Stopped as asked. Run apply again to go on: it reads Zoom anew and sends only what is missing.'];
  if (halted !== undefined) {
    return [
      `The run ended early: ${messageOf(halted)}`,
      'Run apply again to go on: it reads Zoom anew and sends only what is missing.',
    ];
  }
  if (converged) return [];
  return ['Zoom does not match the policies yet. Run plan to see what remains, then apply again.'];
}
