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
 *     lock (account or group)   requires every set of what it freezes, at its own level and below
 *     set (group or user)       requires the unlock of what freezes it, at every level above
 *     unlock (group)            requires the unlock of the same at the account
 *
 * The lock of the account does not require those of the groups: it freezes the same for everybody, and waiting for a group
 * that Zoom refuses would leave the setting open to all. Under it such a group reads locked, and no GET tells whether it
 * is by itself; a plan that takes the account's lock off sends the group's again (see `heldBy`).
 */

import { locksOver } from '../../catalog/levels.ts';
import type { DocumentName } from '../../catalog/setting.ts';
import type { Change, Phase, Step, Wave } from '../../model/plan.ts';
import type { SettingPath } from '../../model/setting.ts';
import { type LockScope, type Target, type TargetKey, targetKey, targetLabel } from '../../model/target.ts';
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

/** Whether one document of a target is patched before another. */
export function isPatchedBefore(one: DocumentName, other: DocumentName): boolean {
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
    const lanes = new Map<TargetKey, UnorderedStep[]>();
    for (const entry of steps) {
      if (entry.step.phase !== phase) continue;
      const lane = targetKey(entry.step.target);
      const known = lanes.get(lane);
      if (known === undefined) lanes.set(lane, [entry]);
      else known.push(entry);
    }
    const ordered = [...lanes.values()].sort(byTarget).map((lane) => lane.sort(byDocument));
    const longest = ordered.reduce((most, lane) => Math.max(most, lane.length), 0);
    for (let turn = 0; turn < longest; turn += 1) waves.push(ordered.flatMap((lane) => lane[turn]?.step ?? []));
  }
  return waves;
}

/** By name, for people; two groups of one name by id. */
function byTarget([a]: readonly UnorderedStep[], [b]: readonly UnorderedStep[]): number {
  if (a === undefined || b === undefined) throw new Error('a lane has a step');
  return (
    compareText(targetLabel(a.step.target), targetLabel(b.step.target)) ||
    compareText(a.step.target.id, b.step.target.id)
  );
}

function byDocument(a: UnorderedStep, b: UnorderedStep): number {
  return (
    DOCUMENT_ORDER.indexOf(a.document) - DOCUMENT_ORDER.indexOf(b.document) ||
    a.turn - b.turn ||
    compareText(a.step.id, b.step.id)
  );
}

/** What the edges are about: which setting of which target a change changes. */
export type EdgeOf = Pick<Change, 'kind' | 'target' | 'path'>;

declare const brand: unique symbol;

/** Identifies an edge: a change provides it, and others require it. */
export type Edge = string & { readonly [brand]: 'Edge' };

/** That the values under a lock are as wanted: of one group and its own settings, or of any member of any group. */
const valuesUnder = (level: LockScope, holder: string, lock: SettingPath) =>
  `value under ${level} ${holder} ${lock}` as Edge;
const lockIsOff = (level: LockScope, lock: SettingPath) => `${level} lock ${lock} off` as Edge;
/** Stands for the groups of a user, which are not known here. */
const ANY = '*';

/** What a change makes possible for others, and impossible when it does not get through; matched with `requires`. */
export function provides(change: EdgeOf): readonly Edge[] {
  const { kind, target, path } = change;
  if (kind === 'lock') return [];
  if (kind === 'set') return [...providesAt('account', change), ...providesAt('group', change)];
  return target.scope === 'user' ? [] : [lockIsOff(target.scope, path)];
}

/** What a value makes possible for the locks of one level. */
export function providesAt(level: LockScope, { target, path }: EdgeOf): readonly Edge[] {
  if (level === 'account') return locksOver(level, target.scope, path).map((lock) => valuesUnder(level, ANY, lock));
  const holder = target.scope === 'group' ? target.id : ANY;
  return groupLocks(target, path).map((lock) => valuesUnder(level, holder, lock));
}

/** What has to get through before a change is sent. */
export function requires(change: EdgeOf): readonly Edge[] {
  const { target, path } = change;
  switch (change.kind) {
    case 'lock':
      return target.scope === 'account'
        ? [valuesUnder('account', ANY, path)]
        : [valuesUnder('group', target.id, path), valuesUnder('group', ANY, path)];
    case 'set':
      return target.scope === 'account'
        ? []
        : [
            ...locksOver('account', target.scope, path).map((lock) => lockIsOff('account', lock)),
            ...(target.scope === 'user' ? groupLocks(target, path).map((lock) => lockIsOff('group', lock)) : []),
          ];
    case 'unlock':
      return target.scope === 'group'
        ? locksOver('account', 'group', path).map((lock) => lockIsOff('account', lock))
        : [];
  }
}

function groupLocks(target: Target, path: SettingPath): readonly SettingPath[] {
  return target.scope === 'account' ? [] : locksOver('group', target.scope, path);
}
