/** A plan, or drift: what differs, in which direction, and what is blocked. */
import type { PlanCounts } from '../../model/counts.ts';
import type { Warning } from '../../model/plan.ts';
import { directionWords, type Purpose } from '../view/direction.ts';
import { type Entry, isUnseen } from '../view/entry.ts';
import type { PlanView } from '../view/plan.ts';
import { entriesOf } from '../view/rows.ts';
import { SEVERITIES } from '../view/summaries.ts';
import { type Facet, listMarkup } from './list.ts';
import { html, type Markup } from './markup.ts';
import { type HtmlPage, sectionMarkup, type Tally } from './page.ts';
import { positionMarkup } from './row.ts';
import type { Sides } from './value.ts';

const DRIFT_SIDES: Sides = { before: 'Zoom has', after: 'policy wants' };

/** Less security first. */
export function directionFacet(purpose: Purpose): Facet {
  const { weakens, review, tightens, neutral } = directionWords(purpose);
  return purpose === 'drift'
    ? { legend: 'Direction', labels: { tightens, review, weakens, neutral } }
    : { legend: 'Direction', labels: { weakens, review, tightens, neutral } };
}

export const MARK_FACET: Facet = { legend: 'Marked', labels: { lossy: 'lossy', protected: 'protected' } };
/** What has no change. */
const STUCK = {
  unknown: 'unknown',
  unmatched: 'unmatched',
  'not-found': 'not found',
  pending: 'pending',
  blocked: 'blocked',
  waived: 'waived',
} as const;
export const KINDS = { set: 'set', lock: 'lock', unlock: 'unlock' } as const;

export function planPage(view: PlanView, exitCode: number): HtmlPage {
  const { purpose, account, unseen, rows, counts, summary, tone, warnings, work } = view;
  return {
    heading: purpose === 'drift' ? 'Drift' : 'Plan',
    tone,
    verdict: summary,
    remarks: [...(unseen === undefined ? [] : [unseen]), ...(work === undefined ? [] : [work.requests])],
    tallies: rows.length === 0 ? [] : tallies(purpose, counts, rows.flatMap(entriesOf)),
    facts: [
      ['Account', account],
      ...(work === undefined ? [] : ([['Fingerprint', html`<code>${work.fingerprint}</code>`]] as const)),
      ['Exit code', exitCode],
    ],
    body: [
      warningsMarkup(warnings),
      listMarkup(rows, {
        title: purpose === 'drift' ? 'Differences' : 'Changes',
        ...(purpose === 'drift' ? { sides: DRIFT_SIDES } : {}),
        kinds: KINDS,
        facets: [directionFacet(purpose), { legend: 'Kind', labels: { ...KINDS, ...STUCK } }, MARK_FACET],
        facetsOf: (entry) => (entry.state === 'differs' ? [entry.kind, ...changeFacets(entry)] : [entry.state]),
        sortedBy: [],
        urgencyOf,
      }),
    ],
  };
}

export function changeFacets({ direction, marks }: Entry): readonly string[] {
  return [...(direction === undefined ? [] : [direction]), ...marks];
}

/** Less security first, by severity; then what loses data, what is blocked, and what is protected. */
function urgencyOf(entry: Entry): number | undefined {
  const { state, loosens, severity, marks } = entry;
  if (isUnseen(entry)) return -1;
  if (state === 'blocked') return 11;
  if (loosens) return SEVERITIES.indexOf(severity ?? 'low');
  if (marks.includes('lossy')) return 10;
  return marks.includes('protected') ? 12 : undefined;
}

export function warningsMarkup(warnings: readonly Warning[]): Markup {
  return sectionMarkup(
    'warnings',
    'Warnings',
    warnings.map(
      ({ message, provenance }) =>
        html`<p><bdi>${message}</bdi> ${provenance === undefined ? undefined : positionMarkup(provenance)}</p>`,
    ),
  );
}

const MORE = [
  ['unknown', 'unknown', 'bad'],
  ['unmatched', 'unmatched', 'bad'],
  ['not found', 'notFound', 'bad'],
  ['pending', 'pending', 'bad'],
  ['waived', 'waived', 'warn'],
] as const;

function tallies(purpose: Purpose, counts: PlanCounts, entries: readonly Entry[]): readonly Tally[] {
  const { set, lock, unlock, blocked, tightens, weakens, review, neutral, lossy } = counts;
  const words = directionWords(purpose);
  return [
    {
      legend: 'Kind',
      counts: [
        { label: 'set', count: set },
        { label: 'lock', count: lock },
        { label: 'unlock', count: unlock },
        { label: 'blocked', count: blocked, tone: 'odd' },
        ...MORE.flatMap(([label, key, tone]) => (counts[key] === 0 ? [] : [{ label, count: counts[key], tone }])),
      ],
    },
    {
      legend: 'Direction',
      counts: [
        { label: words.weakens, count: weakens, tone: purpose === 'drift' ? 'good' : 'bad' },
        { label: words.review, count: review, tone: 'warn' },
        { label: words.tightens, count: tightens, tone: purpose === 'drift' ? 'bad' : 'good' },
        { label: words.neutral, count: neutral },
      ],
    },
    {
      legend: 'Marked',
      counts: [
        { label: 'lossy', count: lossy, tone: 'bad' },
        { label: 'protected', count: entries.filter(({ marks }) => marks.includes('protected')).length, tone: 'warn' },
      ],
    },
  ];
}
