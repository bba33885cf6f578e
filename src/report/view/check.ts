/** A check as every format shows it. */
import { accountLine } from '../../model/account.ts';
import type { Check, CheckResult, CheckStatus, ManualControl } from '../../model/check.ts';
import { type CheckCounts, countCheck } from '../../model/counts.ts';
import { type Tally, tallyCheck, unseenIn, unseenWords } from '../../model/outcomes.ts';
import type { Severity, Warning } from '../../model/plan.ts';
import { compareText } from '../../util/compare-text.ts';
import { plural } from '../../util/plural.ts';
import { checkEntry } from './entry.ts';
import { UNSEEN } from './plan.ts';
import { type Row, rowsOf } from './rows.ts';
import type { SectionRule } from './sections.ts';
import { SEVERITIES } from './summaries.ts';
import type { Tone } from './tone.ts';
import { NOTHING_COMPARED, unseenLine } from './unseen.ts';

/** Checks of settings whose paths begin with the same name. */
export interface Category {
  readonly name: string;
  /** What is neither of the other three is unknown here. */
  readonly counts: Readonly<Record<'pass' | 'waived' | 'unknown' | 'fail', number>>;
}

export interface CheckView {
  /** One line. */
  readonly account: string;
  /** What could not be seen, in one line. Absent where all was. */
  readonly unseen?: string;
  readonly rows: readonly Row[];
  readonly counts: CheckCounts;
  /** How many fail, by severity, the most severe first. */
  readonly failing: readonly (readonly [severity: Severity, count: number])[];
  /** The worst first. */
  readonly categories: readonly Category[];
  readonly headline: string;
  readonly summary: string;
  readonly score?: string;
  readonly tone: Tone;
  readonly manual: readonly ManualControl[];
  readonly idleWaivers: CheckResult['idleWaivers'];
  readonly warnings: readonly Warning[];
}

export function checkView(result: CheckResult): CheckView {
  const { account, checks, manual, idleWaivers, warnings } = result;
  const counts = countCheck(result);
  const failing = checks.filter(({ status }) => status === 'fail');
  const tally = tallyCheck(result);
  const entries = checks.map(checkEntry);
  const unseen = unseenLine(tally, entries);
  return {
    account: accountLine(account),
    ...(unseen === undefined ? {} : { unseen }),
    rows: rowsOf(entries),
    counts,
    failing: SEVERITIES.map((severity) => [severity, failing.filter((check) => check.severity === severity).length]),
    categories: categoriesOf(checks),
    headline: headlineOf(counts.fail, checks.length, tally),
    summary: summaryOf(checks.length, counts, tally),
    ...(counts.score === undefined ? {} : { score: scoreOf(counts.score, counts.unseen) }),
    tone: counts.fail + unseenIn(tally) > 0 ? 'bad' : counts['not-offered'] > 0 ? 'odd' : 'good',
    manual,
    idleWaivers,
    warnings,
  };
}

function having(title: string, status: CheckStatus): SectionRule {
  return { title, takes: ({ state }) => state === status };
}

export const CHECK_SECTIONS: readonly SectionRule[] = [
  ...SEVERITIES.map(
    (severity): SectionRule => ({
      title: `Fails, ${severity}`,
      takes: (entry) => entry.state === 'fail' && entry.severity === severity,
    }),
  ),
  UNSEEN,
  having('Not offered', 'not-offered'),
  having('Waived', 'waived'),
];

function scoreOf(score: number, unseen: number): string {
  return `Score ${score}% of the checks that could be evaluated${unseen === 0 ? '' : `; ${unseen} could not`}.`;
}

function headlineOf(fail: number, checks: number, tally: Tally): string {
  if (checks === 0) return unseenIn(tally) > 0 ? unseenWords(tally) : 'nothing to check';
  return [`${fail} of ${checks} fail`, ...(unseenIn(tally) > 0 ? [unseenWords(tally)] : [])].join(', ');
}

function summaryOf(checks: number, counts: CheckCounts, tally: Tally): string {
  if (tally['nothing-managed'] > 0) return NOTHING_COMPARED;
  const { pass, fail, unknown, waived, manual } = counts;
  const others = MORE.flatMap(([status, word]) => (counts[status] === 0 ? [] : [`${counts[status]} ${word}`]));
  const all = [`${pass} passed`, `${fail} failed`, `${unknown} unknown`, ...others, `${waived} waived`].join(', ');
  return `${plural(checks, 'check')}: ${all}; ${manual} to check by hand.`;
}

const MORE: readonly (readonly [CheckStatus, string])[] = [
  ['unmatched', 'unmatched'],
  ['not-found', 'not found'],
  ['pending', 'pending'],
  ['not-offered', 'not offered'],
];

function categoriesOf(checks: readonly Check[]): readonly Category[] {
  const categories = new Map<string, Record<keyof Category['counts'], number>>();
  for (const { path, status } of checks) {
    const [name = path] = path.split('.');
    const counts = categories.get(name) ?? { pass: 0, waived: 0, unknown: 0, fail: 0 };
    counts[status === 'pass' || status === 'fail' || status === 'waived' ? status : 'unknown'] += 1;
    categories.set(name, counts);
  }
  return [...categories]
    .map(([name, counts]) => ({ name, counts }))
    .sort((a, b) => b.counts.fail - a.counts.fail || compareText(a.name, b.name));
}
