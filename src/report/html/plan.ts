/** A plan, or drift: what differs, which way it goes, what cannot be done. */
import { countPlan, type PlanCounts } from '../../model/counts.ts';
import { type Blocked, type Change, changeName, changesOf, type Plan } from '../../model/plan.ts';
import type { Budget } from '../../model/report.ts';
import { stableText } from '../../util/json.ts';
import { loosens, wayWords } from '../direction.ts';
import { aboutFact, aboutLock, aboutSetting, SEVERITIES } from '../summaries.ts';
import { knownBefore } from '../value.ts';
import { type Purpose, planVerdict, requestsText } from '../verdict.ts';
import { blockedNote, changeNotes, type Tone } from '../view/notes.ts';
import { type Facet, listMarkup } from './list.ts';
import { html, type Markup } from './markup.ts';
import { type Page, sectionMarkup, type Tally } from './page.ts';
import { type Badge, directionBadge, positionMarkup, type Row } from './row.ts';
import { changeValues, lockMarkup, lockPair, pair, type Sides, valueMarkup, wantedOnly } from './value.ts';

const DRIFT_SIDES: Sides = { before: 'Zoom has', after: 'policy wants' };

/** What is to be feared comes first. */
export function directionFacet(purpose: Purpose): Facet {
  const { weakens, review, tightens, neutral } = wayWords(purpose);
  return purpose === 'drift'
    ? { legend: 'Direction', labels: { tightens, review, weakens, neutral } }
    : { legend: 'Direction', labels: { weakens, review, tightens, neutral } };
}

export const MARK_FACET: Facet = { legend: 'Marked', labels: { lossy: 'lossy', protected: 'protected' } };

const KIND_FACET: Facet = {
  legend: 'Kind',
  labels: { set: 'set', lock: 'lock', unlock: 'unlock', blocked: 'blocked' },
};

export function planPage(purpose: Purpose, plan: Plan, budget: Budget, exitCode: number): Page {
  const counts = countPlan(plan);
  const sides = purpose === 'drift' ? DRIFT_SIDES : undefined;
  const rows = [
    ...changesOf(plan).map((change) => ({ ...changeRow(change, purpose), facets: [change.kind, ...facetsOf(change)] })),
    ...plan.blocked.map((blocked) => blockedRow(blocked, sides)),
  ];
  const title = purpose === 'drift' ? 'Differences' : 'Changes';
  return {
    heading: purpose === 'drift' ? 'Drift' : 'Plan',
    tone: toneOf(purpose, counts),
    verdict: planVerdict(purpose, plan, counts),
    remarks: plan.waves.length === 0 ? [] : [requestsText(budget)],
    tallies: rows.length === 0 ? [] : planTallies(purpose, counts, changesOf(plan)),
    facts: [
      ['Account', plan.account],
      ...(plan.waves.length === 0 ? [] : ([['Fingerprint', html`<code>${plan.fingerprint}</code>`]] as const)),
      ['Exit code', exitCode],
    ],
    body: [
      warningsMarkup(plan),
      listMarkup(title, purpose === 'drift' ? 'difference' : 'change', rows, [
        directionFacet(purpose),
        KIND_FACET,
        MARK_FACET,
      ]),
    ],
  };
}

/** A change without its facets but those that every view has. */
export function changeRow(change: Change, purpose: Purpose): Row {
  const { target, kind, path, provenance } = change;
  return {
    target,
    kind,
    path,
    name: changeName(change),
    facets: facetsOf(change),
    values: valuesOf(change, purpose === 'drift' ? DRIFT_SIDES : undefined),
    badges: [directionBadge(purpose, change), ...markBadges(change)],
    about: change.kind === 'set' ? aboutSetting(path) : aboutLock(path, change.freezes),
    notes: changeNotes(change),
    provenance,
    ...urgencyOf(purpose, change),
  };
}

export function facetsOf({ direction, lossy, protectedBy }: Change): readonly string[] {
  return [direction, ...(lossy === undefined ? [] : ['lossy']), ...(protectedBy === undefined ? [] : ['protected'])];
}

function valuesOf(change: Change, sides: Sides | undefined): Markup {
  if (change.kind === 'set') return changeValues(change, sides);
  if (change.heldBy !== undefined) return wantedOnly(lockMarkup(change.after, 'to'));
  return lockPair(change.before, change.after, sides);
}

function markBadges({ lossy, protectedBy }: Change): readonly Badge[] {
  return [
    ...(lossy === undefined ? [] : [{ text: 'lossy', tone: 'bad' } as const]),
    ...(protectedBy === undefined ? [] : [{ text: 'protected', tone: 'warn' } as const]),
  ];
}

/** What loosens first, from what weighs most; then what cannot be brought back, then what is protected. */
function urgencyOf(purpose: Purpose, { direction, severity, lossy, protectedBy }: Change): Pick<Row, 'urgency'> {
  if (loosens(purpose, direction)) return { urgency: SEVERITIES.indexOf(severity ?? 'low') };
  if (lossy !== undefined) return { urgency: 10 };
  return protectedBy === undefined ? {} : { urgency: 12 };
}

export function blockedRow(blocked: Blocked, sides?: Sides): Row {
  const { target, kind, path, reason, detail, provenance } = blocked;
  return {
    target,
    kind,
    path,
    facets: ['blocked'],
    values: blockedValues(blocked, sides),
    badges: [{ text: `blocked, ${reason}`, tone: 'odd' }],
    about: aboutFact(target, kind, path),
    notes: [blockedNote(detail)],
    provenance,
    urgency: 11,
  };
}

function blockedValues(blocked: Blocked, sides: Sides | undefined): Markup {
  const { kind, after } = blocked;
  const before = knownBefore(blocked);
  const wanted = kind === 'set' ? valueMarkup(after, 'to') : lockMarkup(kind === 'lock', 'to');
  if (before === undefined) return wantedOnly(wanted, sides);
  if (stableText(before.value ?? null) === stableText(after)) return wantedOnly(wanted);
  return kind === 'set' ? pair(before.value, after, sides) : lockPair(before.value, kind === 'lock', sides);
}

export function warningsMarkup({ warnings }: Plan): Markup {
  return sectionMarkup(
    'warnings',
    'Warnings',
    warnings.map(
      ({ message, provenance }) =>
        html`<p><bdi>${message}</bdi> ${provenance === undefined ? undefined : positionMarkup(provenance)}</p>`,
    ),
  );
}

function planTallies(
  purpose: Purpose,
  { set, lock, unlock, blocked, tightens, weakens, review, neutral, lossy }: PlanCounts,
  changes: readonly Change[],
): readonly Tally[] {
  const words = wayWords(purpose);
  const guarded = changes.filter(({ protectedBy }) => protectedBy !== undefined).length;
  return [
    {
      legend: 'Kind',
      counts: [
        { label: 'set', count: set },
        { label: 'lock', count: lock },
        { label: 'unlock', count: unlock },
        { label: 'blocked', count: blocked, tone: 'odd' },
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
        { label: 'protected', count: guarded, tone: 'warn' },
      ],
    },
  ];
}

function toneOf(purpose: Purpose, { set, lock, unlock, blocked, weakens, tightens, lossy }: PlanCounts): Tone {
  if ((purpose === 'drift' ? tightens : weakens + lossy) > 0) return 'bad';
  if (blocked > 0) return 'odd';
  if (set + lock + unlock === 0) return 'good';
  return purpose === 'drift' ? 'warn' : 'quiet';
}
