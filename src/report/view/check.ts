/** A check as every format shows it. */
import { accountLine } from '../../model/account.ts';
import type { Check, CheckResult, CheckStatus, ManualControl } from '../../model/check.ts';
import { type CheckCounts, countCheck } from '../../model/counts.ts';
import type { Severity } from '../../model/plan.ts';
import { compareText } from '../../util/compare-text.ts';
import { plural } from '../../util/plural.ts';
import { checkEntry } from './entry.ts';
import { type Row, rowsOf } from './rows.ts';
import type { SectionRule } from './sections.ts';
import { SEVERITIES } from './summaries.ts';
import type { Tone } from './tone.ts';

/** Checks of settings whose paths begin with the same name. */
export interface Category {
  readonly name: string;
  readonly counts: Readonly<Record<CheckStatus, number>>;
}

export interface CheckView {
  /** One line. */
  readonly account: string;
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
}

export function checkView(result: CheckResult): CheckView {
  const { account, checks, manual, idleWaivers } = result;
  const counts = countCheck(result);
  const failing = checks.filter(({ status }) => status === 'fail');
  return {
    account: accountLine(account),
    rows: rowsOf(checks.map(checkEntry)),
    counts,
    failing: SEVERITIES.map((severity) => [severity, failing.filter((check) => check.severity === severity).length]),
    categories: categoriesOf(checks),
    headline: `${counts.fail} of ${checks.length} fail`,
    summary: summaryOf(checks.length, counts),
    ...(counts.score === undefined ? {} : { score: `Score ${counts.score}% of the checks that could be evaluated.` }),
    tone: counts.fail > 0 ? 'bad' : counts.unknown > 0 ? 'odd' : 'good',
    manual,
    idleWaivers,
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
  having('Unknown', 'unknown'),
  having('Waived', 'waived'),
];

function summaryOf(checks: number, { pass, fail, unknown, waived, manual }: CheckCounts): string {
  return `${plural(checks, 'check')}: ${pass} passed, ${fail} failed, ${unknown} unknown, ${waived} waived; ${manual} to check by hand.`;
}

function categoriesOf(checks: readonly Check[]): readonly Category[] {
  const categories = new Map<string, Record<CheckStatus, number>>();
  for (const { path, status } of checks) {
    const [name = path] = path.split('.');
    const counts = categories.get(name) ?? { pass: 0, waived: 0, unknown: 0, fail: 0 };
    counts[status] += 1;
    categories.set(name, counts);
  }
  return [...categories]
    .map(([name, counts]) => ({ name, counts }))
    .sort((a, b) => b.counts.fail - a.counts.fail || compareText(a.name, b.name));
}
