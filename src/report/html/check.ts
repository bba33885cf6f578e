/** A check: the score, what fails and how much it weighs, posture by category, and what a person has to look at. */
import type { Check, CheckResult, CheckStatus, Control, ManualControl } from '../../model/check.ts';
import { type CheckCounts, countCheck } from '../../model/counts.ts';
import type { Severity } from '../../model/plan.ts';
import { compareText } from '../../util/compare-text.ts';
import { type Json, stableText } from '../../util/json.ts';
import { aboutFact, SEVERITIES } from '../summaries.ts';
import { checkVerdict } from '../verdict.ts';
import { checkNotes, type Note, type Tone } from '../view/notes.ts';
import { quoted } from '../view/words.ts';
import { postureMarkup } from './chart.ts';
import { byFacets, type Facet, listMarkup } from './list.ts';
import { html, type Markup } from './markup.ts';
import { type Page, sectionMarkup, type Tally } from './page.ts';
import { type Badge, badgeMarkup, positionMarkup, type Row, whyNote } from './row.ts';
import { lockMarkup, lockPair, pair, type Sides, valueMarkup, wantedOnly } from './value.ts';

const SIDES: Sides = { before: 'is', after: 'wanted' };

/** What needs somebody first: rows are in this order too. */
const STATUS_FACET: Facet = {
  legend: 'Status',
  labels: { fail: 'fail', unknown: 'unknown', waived: 'waived', pass: 'pass' },
};

const SEVERITY_FACET: Facet = {
  legend: 'Severity',
  labels: { critical: 'critical', high: 'high', medium: 'medium', low: 'low' },
};

const KIND_FACET: Facet = { legend: 'Kind', labels: { set: 'value', lock: 'lock' } };

const STATUS_TONES: Readonly<Record<CheckStatus, Tone>> = { fail: 'bad', unknown: 'odd', waived: 'warn', pass: 'good' };

const SEVERITY_TONES: Readonly<Record<Severity, Tone>> = {
  critical: 'bad',
  high: 'bad',
  medium: 'warn',
  low: 'quiet',
};

export function checkPage(result: CheckResult, exitCode: number): Page {
  const counts = countCheck(result);
  return {
    heading: 'Check',
    tone: counts.fail > 0 ? 'bad' : counts.unknown > 0 ? 'odd' : 'good',
    verdict: checkVerdict(result.checks.length, counts),
    remarks: [],
    tallies: tallies(result, counts),
    facts: [
      ['Account', result.account],
      ['Exit code', exitCode],
    ],
    body: [
      postureMarkup(result, counts),
      idleMarkup(result),
      listMarkup(
        'Checks',
        'check',
        result.checks.map(checkRow),
        [STATUS_FACET, SEVERITY_FACET, KIND_FACET],
        byFacets(STATUS_FACET, SEVERITY_FACET),
      ),
      manualMarkup(result.manual),
    ],
  };
}

function checkRow(check: Check): Row {
  const { target, kind, path, status, severity, controls, provenance } = check;
  const about = aboutFact(target, kind, path);
  const told = controls.some(({ why }) => why !== undefined);
  return {
    target,
    kind,
    ...(kind === 'set' ? { kindLabel: 'value' } : {}),
    path,
    facets: [status, severity, kind],
    values: valuesOf(check),
    badges: [statusBadge(check), { text: severity, tone: SEVERITY_TONES[severity] }],
    about: told ? { summary: about.summary } : about,
    notes: [...controls.flatMap(controlNotes), ...checkNotes(check)],
    provenance,
    ...(status === 'fail' ? { urgency: SEVERITIES.indexOf(severity) } : {}),
  };
}

function valuesOf({ kind, wanted, found }: Check): Markup {
  const told = (value: Json) => (kind === 'lock' ? lockMarkup(value, 'to') : valueMarkup(value, 'to'));
  if (found === undefined) return wantedOnly(told(wanted), SIDES);
  if (stableText(found) === stableText(wanted)) return wantedOnly(told(wanted));
  return kind === 'lock' ? lockPair(found, wanted, SIDES) : pair(found, wanted, SIDES);
}

function statusBadge({ status }: Check): Badge {
  return { text: status, tone: STATUS_TONES[status] };
}

function controlNotes({ id, title, why }: Control): readonly Note[] {
  return [{ label: id, text: quoted(title) }, ...(why === undefined ? [] : [{ ...whyNote(why), text: quoted(why) }])];
}

function idleMarkup({ idleWaivers }: CheckResult): Markup {
  return sectionMarkup(
    'idle',
    'Waivers that match nothing',
    [...idleWaivers]
      .sort((a, b) => compareText(a.about, b.about))
      .map(
        ({ about, owner, expires, reason, provenance }) =>
          html`<p><bdi>${about}</bdi>, ${owner}, until ${expires}: <bdi>${reason}</bdi> ${positionMarkup(provenance)}</p>`,
      ),
    'Mistyped, or of something that is mended.',
  );
}

function manualMarkup(manual: readonly ManualControl[]): Markup {
  return sectionMarkup(
    'manual',
    'By hand',
    manual.map(
      ({ id, title, severity, why, steps, provenance }) =>
        html`<h3><bdi>${id}</bdi> <bdi>${title}</bdi> ${badgeMarkup({ text: severity, tone: SEVERITY_TONES[severity] })}</h3>
<p>${steps}</p>${why === undefined ? undefined : html`<p class="note"><b>Why it matters</b> ${why}</p>`}<p>${positionMarkup(provenance)}</p>`,
    ),
    'No API shows these. Somebody has to look at them in the web pages.',
  );
}

function tallies({ checks }: CheckResult, { pass, fail, unknown, waived, manual }: CheckCounts): readonly Tally[] {
  const failing = (severity: Severity) =>
    checks.filter((check) => check.status === 'fail' && check.severity === severity).length;
  return [
    {
      legend: 'Status',
      counts: [
        { label: 'fail', count: fail, tone: 'bad' },
        { label: 'unknown', count: unknown, tone: 'odd' },
        { label: 'waived', count: waived, tone: 'warn' },
        { label: 'pass', count: pass, tone: 'good' },
        { label: 'by hand', count: manual },
      ],
    },
    {
      legend: 'Failing, by severity',
      counts: SEVERITIES.map((severity) => ({
        label: severity,
        count: failing(severity),
        tone: SEVERITY_TONES[severity],
      })),
    },
  ];
}
