/**
 * In which order, and what stops what. All of it is here.
 *
 *     unlock account ──▶ unlock group ──▶ set account ──▶ set group ──▶ set user ──▶ lock group ──▶ lock account
 *
 * Values come before the locks that freeze them, top-down, because a value set above is what those below start from;
 * locks come last and bottom-up, because a lock above may refuse one below; unlocks come first and top-down, because a
 * lock above stops any change below.
 *
 * Between the phases the edges are per path. When a change does not get through, only what builds on it is held back:
 *
 *     lock (account or group)   needs every set of what it freezes, at its own level and below
 *     set (group or user)       needs the unlock of what freezes it, at every level above
 *     unlock (group)            needs the unlock of the same at the account
 *
 * The lock of the account does not need those of the groups: it freezes the same for everybody, and waiting for a group
 * that Zoom refuses would leave the setting open to all. Under it such a group reads locked, and no GET tells whether it
 * is by itself; a plan that takes the account's lock off sends the group's again (see `heldBy`).
 */

import { locksOver } from '../../catalog/levels.ts';
import type { DocumentName } from '../../catalog/lookup.ts';
import type { Change, Phase, Step, Wave } from '../../model/plan.ts';
import type { DesiredTarget } from '../../model/state.ts';
import { type Target, targetLabel } from '../../model/target.ts';
import { compareText } from '../../util/compare-text.ts';

export const PHASES: readonly Phase[] = [
  'unlock account',
  'unlock group',
  'set account',
  'set group',
  'set user',
  'lock group',
  'lock account',
];

export function phaseOf(change: Change): Phase {
  return `${change.kind} ${change.target.scope}` as Phase;
}

/**
 * Security first: a waiting room that is switched off in `meeting_security` must be off before join-before-host is
 * switched on in the default document, or Zoom silently keeps the latter off (zoom-api, section 4, couplings).
 */
const DOCUMENT_ORDER: readonly DocumentName[] = [
  'meeting_security',
  'meeting_authentication',
  'recording_authentication',
  'default',
  'in_session',
  'registration',
];

/** Whether what one document is told comes before what another of the same target is told. */
export function isToldBefore(one: DocumentName, other: DocumentName): boolean {
  return DOCUMENT_ORDER.indexOf(one) < DOCUMENT_ORDER.indexOf(other);
}

/** A step before it has its place: the document's name decides among the documents of one target. */
export interface UnorderedStep {
  readonly step: Step;
  readonly document: DocumentName;
  /** Among the steps of one document: verbs on a list come one by one, after the plain values. */
  readonly turn: number;
}

/**
 * Steps into waves. Within a phase each target has at most one step a wave: Zoom limits simultaneous updates of one
 * account, group or user. The same steps give the same waves, whatever order they come in.
 */
export function orderSteps(steps: readonly UnorderedStep[]): Wave[] {
  const waves: Wave[] = [];
  for (const phase of PHASES) {
    const lanes = new Map<string, UnorderedStep[]>();
    for (const entry of steps) {
      if (entry.step.phase !== phase) continue;
      const lane = targetKey(entry.step.target);
      lanes.set(lane, [...(lanes.get(lane) ?? []), entry]);
    }
    const ordered = [...lanes.entries()].sort(([a], [b]) => compareText(a, b)).map(([, lane]) => lane.sort(byDocument));
    const longest = ordered.reduce((most, lane) => Math.max(most, lane.length), 0);
    for (let turn = 0; turn < longest; turn += 1) waves.push(ordered.flatMap((lane) => lane[turn]?.step ?? []));
  }
  return waves;
}

/** By name for people, by id so that two groups of one name stay apart. */
function targetKey(target: Target): string {
  return `${targetLabel(target)}\n${target.id}`;
}

function byDocument(a: UnorderedStep, b: UnorderedStep): number {
  return (
    DOCUMENT_ORDER.indexOf(a.document) - DOCUMENT_ORDER.indexOf(b.document) ||
    a.turn - b.turn ||
    compareText(a.step.id, b.step.id)
  );
}

/** Locks that a run takes off: what they held below reads right now and may not afterwards. */
export interface Unlocked {
  readonly account: ReadonlySet<string>;
  /** By lock, the ids of the groups that take it off. */
  readonly group: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Whether it matters for a target's facts which groups it is in. */
export function needsMembership({ group }: Unlocked, { target, facts }: DesiredTarget): boolean {
  return (
    target.scope === 'user' &&
    facts.some(({ path }) => locksOver('group', 'user', path).some((lock) => group.has(lock)))
  );
}

/**
 * The lock above that holds a fact of a target in place today and is taken off by this run.
 * @param memberOf the groups of a user; whose groups are not known is taken for a member of any
 */
export function heldBy(
  unlocked: Unlocked,
  scope: Target['scope'],
  path: string,
  memberOf: readonly string[] | undefined,
): string | undefined {
  if (scope === 'account') return undefined;
  const byAccount = locksOver('account', scope, path).find((lock) => unlocked.account.has(lock));
  if (byAccount !== undefined || scope === 'group') return byAccount;
  return locksOver('group', scope, path).find((lock) =>
    memberOf === undefined ? unlocked.group.has(lock) : memberOf.some((id) => unlocked.group.get(lock)?.has(id)),
  );
}

/** What the edges are about: which fact of which target a change changes. */
export type Edge = Pick<Change, 'kind' | 'target' | 'path'>;

/** Names for what a change makes impossible when it does not get through; matched against `neededBy`. */
export function hinders(change: Edge): readonly string[] {
  const { target, path } = change;
  switch (change.kind) {
    case 'set':
      return [
        ...locksOver('account', target.scope, path).map((lock) => `value under account ${lock}`),
        ...groupLocks(target, path).map(
          (lock) => `value under group ${target.scope === 'group' ? target.id : '*'} ${lock}`,
        ),
      ];
    case 'unlock':
      return [`${target.scope} lock ${path} off`];
    case 'lock':
      return [];
  }
}

export function neededBy(change: Edge): readonly string[] {
  const { target, path } = change;
  switch (change.kind) {
    case 'lock':
      return target.scope === 'account'
        ? [`value under account ${path}`]
        : [`value under group ${target.id} ${path}`, `value under group * ${path}`];
    case 'set':
      return target.scope === 'account'
        ? []
        : [
            ...locksOver('account', target.scope, path).map((lock) => `account lock ${lock} off`),
            ...(target.scope === 'user' ? groupLocks(target, path).map((lock) => `group lock ${lock} off`) : []),
          ];
    case 'unlock':
      return target.scope === 'group'
        ? locksOver('account', 'group', path).map((lock) => `account lock ${lock} off`)
        : [];
  }
}

function groupLocks(target: Target, path: string): readonly string[] {
  return target.scope === 'account' ? [] : locksOver('group', target.scope, path);
}
