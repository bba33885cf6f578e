/** A plan, or drift, as every format shows it. */
import { accountLine } from '../../model/account.ts';
import { countPlan, type PlanCounts } from '../../model/counts.ts';
import { type Tally, tallyPlan, unseenIn, unseenWords } from '../../model/outcomes.ts';
import { changesOf, type Plan, type Warning } from '../../model/plan.ts';
import type { Budget } from '../../model/report.ts';
import { plural } from '../../util/plural.ts';
import type { Purpose } from './direction.ts';
import { blockedEntry, changeEntry, type Entry, isUnseen } from './entry.ts';
import { type Row, rowsOf } from './rows.ts';
import type { SectionRule } from './sections.ts';
import type { Tone } from './tone.ts';
import { NOTHING_COMPARED, unseenLine } from './unseen.ts';

export interface PlanView {
  readonly purpose: Purpose;
  /** One line. */
  readonly account: string;
  /** What could not be seen, in one line. Absent where all was. */
  readonly unseen?: string;
  readonly rows: readonly Row[];
  readonly counts: PlanCounts;
  /** A few words, for a title. */
  readonly headline: string;
  /** One sentence. */
  readonly summary: string;
  readonly tone: Tone;
  readonly warnings: readonly Warning[];
  /** What an apply would do. Absent if there is nothing to change. */
  readonly work?: { readonly directions: string; readonly requests: string; readonly fingerprint: string };
}

export function planView(purpose: Purpose, plan: Plan, budget: Budget): PlanView {
  const counts = countPlan(plan);
  const tally = tallyPlan(plan);
  const { account, warnings, fingerprint } = plan;
  const entries = planEntries(purpose, plan);
  const unseen = unseenLine(tally, entries);
  return {
    purpose,
    account: accountLine(account),
    ...(unseen === undefined ? {} : { unseen }),
    rows: rowsOf(entries),
    counts,
    headline: headlineOf(purpose, counts, tally),
    summary: planSummary(purpose, plan, counts),
    tone: toneOf(purpose, counts, tally),
    warnings,
    ...(plan.waves.length === 0
      ? {}
      : { work: { directions: directionsText(purpose, counts), requests: requestsText(budget), fingerprint } }),
  };
}

export function planEntries(purpose: Purpose, plan: Plan): readonly Entry[] {
  return [...changesOf(plan).map((change) => changeEntry(purpose, change)), ...plan.blocked.map(blockedEntry)];
}

export const UNSEEN: SectionRule = { title: 'Not seen', takes: isUnseen };
const BLOCKED: SectionRule = { title: 'Blocked', takes: ({ state }) => state === 'blocked' };
const WAIVED: SectionRule = { title: 'Waived', takes: ({ state }) => state === 'waived' };
const GUARDED: readonly SectionRule[] = [
  { title: 'Lossy', takes: ({ marks }) => marks.includes('lossy') },
  { title: 'Protected', takes: ({ marks }) => marks.includes('protected') },
];

export const PLAN_SECTIONS: Readonly<Record<Purpose, readonly SectionRule[]>> = {
  plan: [UNSEEN, { title: 'Weakens', takes: ({ loosens }) => loosens }, BLOCKED, ...GUARDED, WAIVED],
  drift: [
    UNSEEN,
    { title: 'Zoom is looser than the policies', takes: ({ loosens }) => loosens },
    { title: 'Zoom is stricter than the policies', takes: ({ direction }) => direction === 'weakens' },
    BLOCKED,
    ...GUARDED,
    WAIVED,
  ],
};

/** For the title, which mails and lists of comments show: it counts what is less secure, and what was not seen. */
function headlineOf(purpose: Purpose, counts: PlanCounts, tally: Tally): string {
  const { set, lock, unlock, tightens, weakens } = counts;
  const changes = set + lock + unlock;
  const rest = restOf(purpose, counts, tally);
  if (matches(purpose, tally)) return [purpose === 'drift' ? 'no drift' : 'no changes', ...rest].join(', ');
  const looser = purpose === 'drift' ? tightens : weakens;
  return [
    ...(changes === 0 && unseenIn(tally) > 0 ? [] : [plural(changes, purpose === 'drift' ? 'difference' : 'change')]),
    ...(looser === 0 ? [] : [`${looser} ${purpose === 'drift' ? 'looser' : 'weakening'}`]),
    ...rest,
  ].join(', ');
}

/** Whether nothing contradicts that Zoom is as the policies want it: from the counts that the exit code is made from. */
function matches(purpose: Purpose, tally: Tally): boolean {
  const open = tally.differs + tally.blocked + (purpose === 'drift' ? 0 : tally.unconfirmed);
  return open + unseenIn(tally) === 0;
}

/** What is neither right nor to be changed, a few words each. */
function restOf(purpose: Purpose, { blocked, waived }: PlanCounts, tally: Tally): readonly string[] {
  const unconfirmed = purpose === 'drift' && tally.differs === 0 ? tally.unconfirmed : 0;
  return [
    ...(unseenIn(tally) === 0 ? [] : [unseenWords(tally)]),
    ...(blocked === 0 ? [] : [`${blocked} blocked`]),
    ...(waived === 0 ? [] : [`${waived} waived`]),
    ...(unconfirmed === 0 ? [] : [`${unconfirmed} not confirmed`]),
  ];
}

export function planSummary(purpose: Purpose, plan: Plan, counts: PlanCounts = countPlan(plan)): string {
  const tally = tallyPlan(plan);
  if (tally['nothing-managed'] > 0) return NOTHING_COMPARED;
  const { set, lock, unlock, unchanged, targets } = counts;
  const { compared } = plan;
  const optional = compared.optional === undefined ? '' : `; ${compared.optional} optional, not in Zoom`;
  const seen = `${unchanged} already right on ${plural(compared.targets, 'target')}${optional}`;
  const rest = restOf(purpose, counts, tally);
  const name = purpose === 'drift' ? 'Drift' : 'Plan';
  if (matches(purpose, tally)) {
    const none = purpose === 'drift' ? 'No drift' : 'No changes';
    if (rest.length > 0) return `${[none, ...rest].join(', ')}; ${seen}.`;
    return compared.targets === 0 ? `${none}; ${seen}.` : `${none}. Zoom matches the policies: ${seen}.`;
  }
  if (set + lock + unlock === 0) {
    if (unseenIn(tally) > 0) return `Incomplete: ${rest.join(', ')}; ${seen}.`;
    return `${name}: ${['nothing can be changed', ...rest].join(', ')}; ${seen}.`;
  }
  const changes = [`${set} to set`, `${lock} to lock`, `${unlock} to unlock`, ...rest].join(', ');
  return `${name}: ${changes}, on ${plural(targets, 'target')}; ${seen}.`;
}

/** The directions of all changes, in one line. */
function directionsText(purpose: Purpose, { tightens, weakens, review, neutral, lossy }: PlanCounts): string {
  const loses = lossy === 0 ? '' : `; ${lossy} lossy`;
  if (purpose === 'drift') {
    return `Zoom is looser in ${tightens} and stricter in ${weakens}; ${review} to review, ${neutral} neutral${loses}.`;
  }
  return `${tightens} tighten, ${weakens} weaken, ${review} to review, ${neutral} neutral${loses}.`;
}

/** What an apply asks of Zoom's rate limit. */
function requestsText({ patch, get, seconds, ratePlan }: Budget): string {
  const time = seconds === undefined ? '' : `, about ${plural(seconds, 'second')} at the ${ratePlan} rate`;
  return `Apply sends ${patch} PATCH and ${get} GET requests of Zoom's rate class medium${time}.`;
}

function toneOf(purpose: Purpose, counts: PlanCounts, tally: Tally): Tone {
  const { set, lock, unlock, blocked, weakens, tightens, lossy } = counts;
  if (unseenIn(tally) > 0) return 'bad';
  if ((purpose === 'drift' ? tightens : weakens + lossy) > 0) return 'bad';
  if (blocked > 0) return 'odd';
  if (set + lock + unlock === 0) return 'good';
  return purpose === 'drift' ? 'warn' : 'quiet';
}
