/** How a run ended: what was left unlocked, what failed and why in Zoom's own words, and how to continue. */
import { compareText } from '../../util/compare-text.ts';
import type { EntryState } from '../view/entry.ts';
import type { ResultView } from '../view/result.ts';
import { entriesOf, type Row } from '../view/rows.ts';
import { plainText } from '../view/words.ts';
import { type Facet, listMarkup } from './list.ts';
import { html, type Markup } from './markup.ts';
import { type HtmlPage, sectionMarkup, type Tally } from './page.ts';
import { changeFacets, directionFacet, KINDS, MARK_FACET, warningsMarkup } from './plan.ts';
import { pathMarkup, positionMarkup } from './row.ts';

/** The most urgent first: rows are sorted in this order too. */
const STATUS_FACET: Facet = {
  legend: 'Result',
  labels: {
    leftUnlocked: 'left unlocked',
    failed: 'failed',
    ineffective: 'ineffective',
    notAttempted: 'not attempted',
    moved: 'still differs',
    unknown: 'unknown',
    unmatched: 'unmatched',
    'not-found': 'not found',
    pending: 'pending',
    blocked: 'blocked',
    waived: 'waived',
    applied: 'applied',
  },
};

export function resultPage(view: ResultView, exitCode: number): HtmlPage {
  const { account, unseen, fingerprint, rows, counts, summary, tone, conclusion, warnings, rollback } = view;
  return {
    heading: 'Apply',
    tone,
    verdict: summary,
    remarks: [...(unseen === undefined ? [] : [unseen]), ...conclusion.map(plainText)],
    tallies: rows.length === 0 ? [] : tallies(counts),
    facts: [
      ['Account', account],
      ['Fingerprint', html`<code>${fingerprint}</code>`],
      ['To undo this run', html`<code>${rollback}</code>`],
      ['Exit code', exitCode],
    ],
    body: [
      leftUnlockedMarkup(rows),
      warningsMarkup(warnings),
      listMarkup(rows, {
        title: 'Results',
        kinds: KINDS,
        facets: [STATUS_FACET, directionFacet('plan'), { legend: 'Kind', labels: KINDS }, MARK_FACET],
        facetsOf: (entry) => [entry.state, entry.kind, ...changeFacets(entry)],
        sortedBy: [STATUS_FACET],
        urgencyOf: ({ state }) => URGENCY[state],
      }),
    ],
  };
}

/** After a run, the outcome of a change decides how urgent it is, not its direction. */
const URGENCY: Readonly<Partial<Record<EntryState, number>>> = {
  leftUnlocked: 0,
  failed: 1,
  ineffective: 2,
  moved: 3,
  notAttempted: 4,
  unknown: 4,
  unmatched: 4,
  'not-found': 4,
  pending: 4,
  blocked: 5,
};

function leftUnlockedMarkup(rows: readonly Row[]): Markup {
  const left = rows.flatMap((row) => entriesOf(row).map((entry) => ({ label: row.label, entry })));
  return sectionMarkup(
    'unlocked',
    'Left unlocked',
    left
      .filter(({ entry }) => entry.state === 'leftUnlocked')
      .sort((a, b) => compareText(a.label, b.label) || compareText(a.entry.path, b.entry.path))
      .map(
        ({ label, entry: { path, provenance } }) =>
          html`<p>${pathMarkup({ path })} <bdi>${label}</bdi> ${positionMarkup(provenance)}</p>`,
      ),
    'This run removed these locks, but could not set the locks that should replace them. The settings are less secure than before.',
  );
}

function tallies(counts: ResultView['counts']): readonly Tally[] {
  return [
    {
      legend: 'Result',
      counts: [
        { label: 'left unlocked', count: counts.leftUnlocked, tone: 'bad' },
        { label: 'failed', count: counts.failed, tone: 'bad' },
        { label: 'ineffective', count: counts.ineffective, tone: 'warn' },
        { label: 'not attempted', count: counts.notAttempted, tone: 'odd' },
        { label: 'still differs', count: counts.moved, tone: 'warn' },
        ...(counts.unseen === 0 ? [] : [{ label: 'not seen', count: counts.unseen, tone: 'bad' as const }]),
        { label: 'blocked', count: counts.blocked, tone: 'odd' },
        { label: 'applied', count: counts.applied, tone: 'good' },
      ],
    },
  ];
}
