/** A plan, or drift, as every format shows it. */
import { accountLine } from '../../model/account.ts';
import { countPlan, type PlanCounts } from '../../model/counts.ts';
import { changesOf, type Plan, type Warning } from '../../model/plan.ts';
import type { Budget } from '../../model/report.ts';
import { plural } from '../../util/plural.ts';
import type { Purpose } from './direction.ts';
import { blockedEntry, changeEntry, type Entry } from './entry.ts';
import { type Row, rowsOf } from './rows.ts';
import type { SectionRule } from './sections.ts';
import type { Tone } from './tone.ts';

export interface PlanView {
  readonly purpose: Purpose;
  /** One line. */
  readonly account: string;
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
  const { account, warnings, fingerprint } = plan;
  return {
    purpose,
    account: accountLine(account),
    rows: rowsOf(planEntries(purpose, plan)),
    counts,
    headline: headlineOf(purpose, counts),
    summary: planSummary(purpose, plan, counts),
    tone: toneOf(purpose, counts),
    warnings,
    ...(plan.waves.length === 0
      ? {}
      : { work: { directions: directionsText(purpose, counts), requests: requestsText(budget), fingerprint } }),
  };
}

export function planEntries(purpose: Purpose, plan: Plan): readonly Entry[] {
  return [...changesOf(plan).map((change) => changeEntry(purpose, change)), ...plan.blocked.map(blockedEntry)];
}

const BLOCKED: SectionRule = { title: 'Blocked', takes: ({ state }) => state === 'blocked' };
const GUARDED: readonly SectionRule[] = [
  { title: 'Lossy', takes: ({ marks }) => marks.includes('lossy') },
  { title: 'Protected', takes: ({ marks }) => marks.includes('protected') },
];

export const PLAN_SECTIONS: Readonly<Record<Purpose, readonly SectionRule[]>> = {
  plan: [{ title: 'Weakens', takes: ({ loosens }) => loosens }, BLOCKED, ...GUARDED],
  drift: [
    { title: 'Zoom is looser than the policies', takes: ({ loosens }) => loosens },
    { title: 'Zoom is stricter than the policies', takes: ({ direction }) => direction === 'weakens' },
    BLOCKED,
    ...GUARDED,
  ],
};

/** For the title, which mails and lists of comments show: it counts what is less secure. */
function headlineOf(purpose: Purpose, { set, lock, unlock, blocked, tightens, weakens }: PlanCounts): string {
  const changes = set + lock + unlock;
  if (changes + blocked === 0) return purpose === 'drift' ? 'no drift' : 'no changes';
  const looser = purpose === 'drift' ? tightens : weakens;
  return [
    plural(changes, purpose === 'drift' ? 'difference' : 'change'),
    ...(looser === 0 ? [] : [`${looser} ${purpose === 'drift' ? 'looser' : 'weakening'}`]),
    ...(blocked === 0 ? [] : [`${blocked} blocked`]),
  ].join(', ');
}

export function planSummary(purpose: Purpose, plan: Plan, counts: PlanCounts = countPlan(plan)): string {
  const { set, lock, unlock, blocked, unchanged, targets } = counts;
  const seen = `${unchanged} already right on ${plural(plan.compared.targets, 'target')}`;
  const stuck = blocked === 0 ? '' : `, ${blocked} blocked`;
  if (set + lock + unlock === 0) {
    const none = purpose === 'drift' ? 'No drift' : 'No changes';
    return blocked === 0 ? `${none}. Zoom matches the policies: ${seen}.` : `${none}${stuck}; ${seen}.`;
  }
  const changes = `${set} to set, ${lock} to lock, ${unlock} to unlock${stuck}`;
  return `${purpose === 'drift' ? 'Drift' : 'Plan'}: ${changes}, on ${plural(targets, 'target')}; ${seen}.`;
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

function toneOf(purpose: Purpose, { set, lock, unlock, blocked, weakens, tightens, lossy }: PlanCounts): Tone {
  if ((purpose === 'drift' ? tightens : weakens + lossy) > 0) return 'bad';
  if (blocked > 0) return 'odd';
  if (set + lock + unlock === 0) return 'good';
  return purpose === 'drift' ? 'warn' : 'quiet';
}
