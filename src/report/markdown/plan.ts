/** A plan, or drift, as a comment: what gets looser and what cannot be done in full, the rest folded by target. */

import { countPlan } from '../../model/counts.ts';
import { type Blocked, type Change, changesOf, type Direction, type Plan } from '../../model/plan.ts';
import type { Budget } from '../../model/report.ts';
import { plural } from '../../util/plural.ts';
import { loosens, wayText } from '../direction.ts';
import { SEVERITIES } from '../summaries.ts';
import { type Purpose, planVerdict, requestsText } from '../verdict.ts';
import {
  BLOCKED_COLUMNS,
  blockedCells,
  fullCells,
  fullColumns,
  shortCells,
  shortColumns,
  whereCell,
} from './change.ts';
import { cell, span } from './escape.ts';
import type { Page, Section } from './fit.ts';
import { countTable, foldedByTarget, paragraphs, tableSection } from './table.ts';

/** What is told in full. A change is told once, on the first shelf that takes it. */
interface Shelf {
  readonly title: string;
  readonly takes: (change: Change) => boolean;
}

const goes = (direction: Direction) => (change: Change) => change.direction === direction;

/** Drift is told from Zoom's side: where the policy would tighten, Zoom has become looser. */
const DIRECTED: Readonly<Record<Purpose, readonly Shelf[]>> = {
  plan: [{ title: 'Weakens', takes: goes('weakens') }],
  drift: [
    { title: 'Zoom is looser than the policies', takes: goes('tightens') },
    { title: 'Zoom is stricter than the policies', takes: goes('weakens') },
  ],
};

const isLossy = ({ lossy }: Change) => lossy !== undefined;
const isProtected = ({ protectedBy }: Change) => protectedBy !== undefined;

const GUARDED: readonly Shelf[] = [
  { title: 'Lossy', takes: isLossy },
  { title: 'Protected', takes: isProtected },
];

export function planPage(purpose: Purpose, plan: Plan, budget: Budget): Page {
  const changes = changesOf(plan);
  const directed = shelved(DIRECTED[purpose], changes);
  const guarded = shelved(GUARDED, directed.rest);
  return {
    head: paragraphs(
      `## lockstep ${purpose}: ${headline(purpose, changes, plan.blocked.length)}`,
      `**${planVerdict(purpose, plan, countPlan(plan))}**`,
      changes.length === 0 ? undefined : wayTable(purpose, changes),
    ),
    groups: [
      ...directed.shelves.map((shelf) => fullSection(purpose, shelf)),
      blockedSection(plan.blocked),
      ...guarded.shelves.map((shelf) => fullSection(purpose, shelf)),
      warningSection(plan),
      foldedByTarget(
        guarded.rest,
        nounOf(purpose),
        shortColumns(purpose),
        (change) => shortCells(purpose, change),
        ({ target }) => target,
      ),
    ],
    foot: plan.waves.length === 0 ? '' : `${requestsText(budget)}\nFingerprint ${span(plan.fingerprint)}\n`,
  };
}

export function blockedSection(blocked: readonly Blocked[]): readonly Section[] {
  return tableSection('Blocked', BLOCKED_COLUMNS, blocked.map(blockedCells));
}

export function warningSection({ warnings }: Plan): readonly Section[] {
  const rows = warnings.map(({ message, provenance }) => [
    cell(message, 400),
    provenance === undefined ? '' : whereCell(provenance),
  ]);
  return tableSection('Warnings', ['Warning', 'Where'], rows);
}

/** Changes by direction, and those that an apply asks to be allowed. */
export function wayTable(purpose: Purpose, changes: readonly Change[]): string {
  const number = (takes: Shelf['takes']) => changes.filter(takes).length;
  const order: readonly Direction[] =
    purpose === 'drift' ? ['tightens', 'weakens', 'review', 'neutral'] : ['weakens', 'tightens', 'review', 'neutral'];
  return countTable([
    ...order.map((direction) => [wayText(purpose, { direction }), number(goes(direction))] as const),
    ['lossy', number(isLossy)],
    ['protected', number(isProtected)],
  ]);
}

/** What got looser is in the title: it is what a mail or a list of comments shows. */
function headline(purpose: Purpose, changes: readonly Change[], blocked: number): string {
  if (changes.length + blocked === 0) return purpose === 'drift' ? 'no drift' : 'no changes';
  const looser = changes.filter(({ direction }) => loosens(purpose, direction)).length;
  return [
    plural(changes.length, nounOf(purpose)),
    ...(looser === 0 ? [] : [`${looser} ${purpose === 'drift' ? 'looser' : 'weakening'}`]),
    ...(blocked === 0 ? [] : [`${blocked} blocked`]),
  ].join(', ');
}

function nounOf(purpose: Purpose): string {
  return purpose === 'drift' ? 'difference' : 'change';
}

function fullSection(purpose: Purpose, { title, taken }: { title: string; taken: readonly Change[] }) {
  const rows = taken.map((change) => fullCells(purpose, change));
  return tableSection(title, fullColumns(purpose), rows);
}

function shelved(shelves: readonly Shelf[], changes: readonly Change[]) {
  const placeOf = (change: Change) => shelves.findIndex(({ takes }) => takes(change));
  return {
    shelves: shelves.map(({ title }, index) => ({
      title,
      taken: bySeverity(changes.filter((change) => placeOf(change) === index)),
    })),
    rest: changes.filter((change) => placeOf(change) < 0),
  };
}

/** The heaviest first, otherwise in the order of the plan. */
function bySeverity(changes: readonly Change[]): readonly Change[] {
  const weight = ({ severity }: Change) => (severity === undefined ? SEVERITIES.length : SEVERITIES.indexOf(severity));
  return [...changes].sort((a, b) => weight(a) - weight(b));
}
