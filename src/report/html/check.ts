/** A check: the score, what fails by severity, posture by category, and what has to be checked by hand. */
import type { CheckStatus, ManualControl } from '../../model/check.ts';
import type { Severity } from '../../model/plan.ts';
import { compareText } from '../../util/compare-text.ts';
import type { CheckView } from '../view/check.ts';
import { severityBadge } from '../view/tone.ts';
import { postureMarkup } from './chart.ts';
import { type Facet, listMarkup } from './list.ts';
import { html, type Markup } from './markup.ts';
import { type HtmlPage, sectionMarkup, type Tally } from './page.ts';
import { warningsMarkup } from './plan.ts';
import { badgeMarkup, positionMarkup } from './row.ts';

/** The most urgent first: rows are sorted in this order too. */
const STATUS_FACET: Facet = {
  legend: 'Status',
  labels: {
    fail: 'fail',
    unknown: 'unknown',
    unmatched: 'unmatched',
    'not-found': 'not found',
    pending: 'pending',
    'not-offered': 'not offered',
    waived: 'waived',
    pass: 'pass',
  } satisfies Record<CheckStatus, string>,
};

const SEVERITY_FACET: Facet = {
  legend: 'Severity',
  labels: { critical: 'critical', high: 'high', medium: 'medium', low: 'low' } satisfies Record<Severity, string>,
};

export function checkPage(view: CheckView, exitCode: number): HtmlPage {
  const { account, unseen, rows, summary, tone, manual, idleWaivers, warnings } = view;
  return {
    heading: 'Check',
    tone,
    verdict: summary,
    remarks: unseen === undefined ? [] : [unseen],
    tallies: tallies(view),
    facts: [
      ['Account', account],
      ['Exit code', exitCode],
    ],
    body: [
      postureMarkup(view),
      idleMarkup(idleWaivers),
      warningsMarkup(warnings),
      listMarkup(rows, {
        title: 'Checks',
        sides: { before: 'is', after: 'wanted' },
        kinds: { set: 'value', lock: 'lock', unlock: 'unlock' },
        facets: [STATUS_FACET, SEVERITY_FACET, { legend: 'Kind', labels: { set: 'value', lock: 'lock' } }],
        facetsOf: ({ state, severity, kind }) => [state, ...(severity === undefined ? [] : [severity]), kind],
        sortedBy: [STATUS_FACET, SEVERITY_FACET],
        urgencyOf: ({ state, severity }) =>
          state === 'fail' && severity !== undefined ? Object.keys(SEVERITY_FACET.labels).indexOf(severity) : undefined,
      }),
      manualMarkup(manual),
    ],
  };
}

function idleMarkup(idleWaivers: CheckView['idleWaivers']): Markup {
  return sectionMarkup(
    'idle',
    'Waivers that match nothing',
    [...idleWaivers]
      .sort((a, b) => compareText(a.about, b.about))
      .map(
        ({ about, owner, expires, reason, provenance }) =>
          html`<p><bdi>${about}</bdi>, ${owner}, until ${expires}: <bdi>${reason}</bdi> ${positionMarkup(provenance)}</p>`,
      ),
    'They are misspelled, or what they waive has been fixed.',
  );
}

function manualMarkup(manual: readonly ManualControl[]): Markup {
  return sectionMarkup(
    'manual',
    'By hand',
    manual.map(
      ({ id, title, severity, why, steps, provenance }) =>
        html`<h3><bdi>${id}</bdi> <bdi>${title}</bdi> ${badgeMarkup(severityBadge(severity))}</h3>
<p>${steps}</p>${why === undefined ? undefined : html`<p class="note"><b>Why it matters</b> ${why}</p>`}<p>${positionMarkup(provenance)}</p>`,
    ),
    'No API shows these. Check them by hand in the Zoom web portal.',
  );
}

const MORE = [
  ['unmatched', 'unmatched', 'bad'],
  ['not found', 'not-found', 'bad'],
  ['pending', 'pending', 'bad'],
  ['not offered', 'not-offered', 'odd'],
] as const;

function tallies({ counts, failing }: CheckView): readonly Tally[] {
  const { pass, fail, unknown, waived, manual } = counts;
  return [
    {
      legend: 'Status',
      counts: [
        { label: 'fail', count: fail, tone: 'bad' },
        { label: 'unknown', count: unknown, tone: 'bad' },
        ...MORE.flatMap(([label, status, tone]) =>
          counts[status] === 0 ? [] : [{ label, count: counts[status], tone }],
        ),
        { label: 'waived', count: waived, tone: 'warn' },
        { label: 'pass', count: pass, tone: 'good' },
        { label: 'by hand', count: manual },
      ],
    },
    {
      legend: 'Failing, by severity',
      counts: failing.map(([severity, count]) => ({ label: severity, count, tone: severityBadge(severity).tone })),
    },
  ];
}
