/**
 * What the rules between settings make of a plan, where one side is in the policy and the other in Zoom. (Where both are
 * in the policy, reading the policy has said so.) Only documents that were read anyway are looked at: a rule whose other
 * side is in another document is found when the value is read back. Whether two names are one setting is asked of policies
 * only: Zoom has both as it has them.
 */

import { aliasesOf } from '../../catalog/alias.ts';
import { asked, rulesAbout, satisfies, underAnyName } from '../../catalog/coupling.ts';
import type { Rule, Term } from '../../catalog/data/rules.ts';
import { settingsOf } from '../../catalog/lookup.ts';
import type { Change, Warning } from '../../model/plan.ts';
import { isSecret } from '../../model/secret.ts';
import type { SettingPath } from '../../model/setting.ts';
import { targetLabel } from '../../model/target.ts';
import type { Json } from '../../util/json.ts';
import { blockedFact } from './blocked.ts';
import { isPlainSet } from './change.ts';
import { blocked, type Outcome } from './outcome.ts';
import type { TargetPairs } from './pair.ts';

/** A value after this run, as a policy or Zoom has it. */
interface Known {
  readonly value: Json;
  /** The policy says so; else Zoom has it. */
  readonly wanted: boolean;
  readonly isHidden: boolean;
}

type Finding = { readonly kind: 'blocked' | 'warned'; readonly message: string };

/** Blocks changes that Zoom would refuse or take back, and warns of what changes with others. */
export function constrain(pairs: TargetPairs, outcomes: readonly Outcome[]): readonly Outcome[] {
  if (pairs.missing !== undefined) return outcomes;
  return outcomes.map((outcome) => {
    const [change] = outcome.changes;
    return change !== undefined && isPlainSet(change) ? constrained(pairs, outcome, change) : outcome;
  });
}

function constrained(pairs: TargetPairs, outcome: Outcome, change: Change): Outcome {
  const findings = findingsAbout(pairs, change);
  const stop = findings.find(({ kind }) => kind === 'blocked');
  const { wanted } = outcome.pair;
  if (stop !== undefined) {
    const block = blockedFact(pairs.target, { ...wanted, value: change.after }, 'coupled', stop.message, change.before);
    return blocked(outcome.pair, [block]);
  }
  const warnings = findings.map(
    ({ message }): Warning => ({
      message: `${targetLabel(pairs.target)} ${change.path}: ${message}`,
      provenance: wanted.provenance,
    }),
  );
  return warnings.length === 0 ? outcome : { ...outcome, warnings: [...outcome.warnings, ...warnings] };
}

function findingsAbout(pairs: TargetPairs, change: Change): readonly Finding[] {
  const know = (path: SettingPath) => underAnyName(pairs.scope, path, (name) => knownOf(name, pairs));
  return rulesAbout(pairs.scope, change.path)
    .filter(({ kind }) => kind !== 'same')
    .flatMap((rule) => findingOf(rule, change, know) ?? []);
}

function knownOf(path: SettingPath, pairs: TargetPairs): Known | undefined {
  const known = pairs.after(path);
  const setting = settingsOf(pairs.scope).get(path);
  if (known === undefined || setting === undefined) return undefined;
  return { ...known, isHidden: isSecret(known.value) || pairs.hides(setting, known.value) };
}

function findingOf(rule: Rule, change: Change, know: (path: SettingPath) => Known | undefined): Finding | undefined {
  const terms = rule.when.map((term) => ({ term, known: know(term.path) }));
  if (!terms.every(({ term, known }) => known !== undefined && satisfies(term, known.value))) return undefined;
  const then = know(rule.outcome.path);
  if (then === undefined) return undefined;
  const allWanted = then.wanted && terms.every(({ known }) => known?.wanted === true);
  // Where both sides are in one entry, reading the policy has refused it; here they met through a pattern.
  if (allWanted && rule.certainty !== 'documented') return undefined;
  const holds = satisfies(rule.outcome, then.value);
  const isThen = speaksOf(change, rule.outcome);
  if (rule.kind === 'idles') {
    return holds && isThen ? { kind: 'warned', message: `has no effect: ${rule.why}` } : undefined;
  }
  if (holds) return undefined;
  const surely = rule.certainty === 'documented' ? 'blocked' : 'warned';
  const others = terms
    .map(({ term, known }) => `${term.path} is ${known === undefined ? '' : described(known)}`)
    .join(', and ');
  if (rule.kind === 'forces') return forced(rule, isThen, surely, others, then);
  if (!isThen) {
    const needs = `needs ${rule.outcome.path} to be ${asked(rule.outcome)}, which is ${described(then)}`;
    return { kind: surely, message: `${needs}: ${rule.why}; set it as well` };
  }
  if (rule.when.some(({ named }) => named !== undefined)) return undefined;
  const message = `${others}, and that needs ${rule.outcome.path} to be ${asked(rule.outcome)}: ${rule.why}`;
  return { kind: 'warned', message };
}

function forced(rule: Rule, isThen: boolean, surely: Finding['kind'], others: string, then: Known): Finding {
  if (!isThen) {
    return { kind: 'warned', message: `changes ${rule.outcome.path} too, which is ${described(then)}: ${rule.why}` };
  }
  const causes = rule.when.map(({ path }) => path).join(' or ');
  return { kind: surely, message: `${others}: ${rule.why}; set ${causes} as well` };
}

function described({ value, wanted, isHidden }: Known): string {
  return `${isHidden ? 'a secret' : JSON.stringify(value)} ${wanted ? 'by this policy' : 'in Zoom'}`;
}

/** Whether the change is on the outcome side of a rule, under whatever name. */
function speaksOf({ target, path }: Change, outcome: Term): boolean {
  return path === outcome.path || aliasesOf(target.scope, path).some((alias) => alias.path === outcome.path);
}
