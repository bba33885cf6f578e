/**
 * What managed settings and locks come to. The headline of a report and the exit code are both made from counts of these,
 * so that neither can say what the other denies.
 */
import type { CheckResult, CheckStatus } from './check.ts';
import { type BlockReason, changesOf, type Plan, SEVERITIES, type Severity } from './plan.ts';

/** What could not be seen. None of it is right, and none of it ends with 0. */
export const UNSEEN = {
  'no-access': 'could not be read: a scope or a right is missing',
  unreadable: 'could not be read: the address, the account or the network is wrong, or Zoom failed',
  unmatched: 'a group or a pattern that matches no group',
  'not-found': 'a user that does not exist',
  pending: 'a user who has not accepted the invitation',
  'nothing-managed': 'policies that manage nothing, such as waivers alone',
} as const;

export const OUTCOMES = {
  right: 'Zoom has what is wanted',
  differs: 'Zoom has something else, or a check fails',
  'below-severity': 'a check fails that weighs less than `--severity`',
  unconfirmed: 'a secret that Zoom does not return and that no run from here has set',
  blocked: 'cannot be had: locked above, read-only, or excluded by another setting',
  'not-offered': 'Zoom was read and does not list it: the plan, the licence or a switch lacks it',
  waived: 'somebody answers for it until a day',
  ...UNSEEN,
} as const;

export type Unseen = keyof typeof UNSEEN;
export type OutcomeKind = keyof typeof OUTCOMES;
export type Tally = Readonly<Record<OutcomeKind, number>>;

const NONE = Object.fromEntries(Object.keys(OUTCOMES).map((kind) => [kind, 0])) as Record<OutcomeKind, number>;
const UNSEEN_KINDS = Object.keys(UNSEEN) as readonly Unseen[];

export function isUnseen(kind: string): kind is Unseen {
  return Object.hasOwn(UNSEEN, kind);
}

/** Which outcome a reason to block is. */
export function outcomeOfBlock(reason: BlockReason): OutcomeKind {
  return reason === 'not-offered' || isUnseen(reason) ? reason : 'blocked';
}

export function tallyPlan(plan: Plan): Tally {
  const tally = { ...NONE, right: plan.compared.unchanged };
  for (const change of changesOf(plan))
    tally[change.kind === 'set' && change.unconfirmed === true ? 'unconfirmed' : 'differs'] += 1;
  for (const { reason, waiver } of plan.blocked) tally[waiver === undefined ? outcomeOfBlock(reason) : 'waived'] += 1;
  const { targets, optional = 0 } = plan.compared;
  if (plan.undoes !== true && targets + optional + plan.blocked.length === 0) tally['nothing-managed'] = 1;
  return tally;
}

const OF_STATUS: Readonly<Record<Exclude<CheckStatus, 'fail' | 'unknown'>, OutcomeKind>> = {
  pass: 'right',
  waived: 'waived',
  'not-offered': 'not-offered',
  unmatched: 'unmatched',
  'not-found': 'not-found',
  pending: 'pending',
};

/** @param severity what fails and weighs less is not counted as a difference */
export function tallyCheck({ checks, optional }: CheckResult, severity: Severity = 'low'): Tally {
  const tally = { ...NONE };
  for (const { status, severity: weight, unread = 'unreadable' } of checks) {
    if (status === 'unknown') tally[unread] += 1;
    else if (status !== 'fail') tally[OF_STATUS[status]] += 1;
    else tally[SEVERITIES.indexOf(weight) >= SEVERITIES.indexOf(severity) ? 'differs' : 'below-severity'] += 1;
  }
  if (checks.length + optional === 0) tally['nothing-managed'] = 1;
  return tally;
}

/** Of documents that could not be read. */
export function tallyUnread(kinds: readonly OutcomeKind[]): Tally {
  const tally = { ...NONE };
  for (const kind of kinds) tally[kind] += 1;
  return tally;
}

export function unseenIn(tally: Tally): number {
  return UNSEEN_KINDS.reduce((sum, kind) => sum + tally[kind], 0);
}

/** `37 unknown, 2 not found`; empty where all was seen. */
export function unseenWords(tally: Tally): string {
  if (tally['nothing-managed'] > 0) return 'nothing is managed';
  const counts = [
    ['unknown', tally['no-access'] + tally.unreadable],
    ['unmatched', tally.unmatched],
    ['not found', tally['not-found']],
    ['pending', tally.pending],
  ] as const;
  return counts.flatMap(([word, count]) => (count === 0 ? [] : [`${count} ${word}`])).join(', ');
}
