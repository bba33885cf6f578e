/**
 * What the rules between settings make of a plan, where one side is in the policy and the other in Zoom. (Where both are
 * in the policy, reading the policy has said so.) Only documents that were read anyway are looked at: a rule whose other
 * side is in another document is found when the value is read back. Whether two names are one setting is asked of policies
 * only: Zoom has both as it has them.
 */

import { asked, rulesAbout, satisfies, underAnyName } from '../../catalog/coupling.ts';
import type { Rule, Term } from '../../catalog/data/rules.ts';
import { aliasesOf } from '../../catalog/lookup.ts';
import type { Blocked, Change, Warning } from '../../model/plan.ts';
import { isSecret } from '../../model/secret.ts';
import type { DesiredTarget, LiveTarget } from '../../model/state.ts';
import { targetLabel } from '../../model/target.ts';
import type { Json } from '../../util/json.ts';
import { liveAt } from '../observe/live.ts';
import { blockedFacts } from './targets.ts';

interface Known {
  readonly value: Json;
  /** Said by the policy; else found in Zoom. */
  readonly wanted: boolean;
}

type Finding = { readonly kind: 'blocked' | 'warned'; readonly message: string };

export interface Coupled {
  readonly changes: readonly Change[];
  readonly blocked: readonly Blocked[];
  readonly warnings: readonly Warning[];
}

/** Takes out changes that Zoom would take back or not take, and tells of what changes with others. */
export function blockCoupled(
  { target, facts }: DesiredTarget,
  changes: readonly Change[],
  live: LiveTarget & { state: 'found' },
): Coupled {
  const know = (path: string): Known | undefined =>
    underAnyName(target.scope, path, (name) => {
      const wanted = facts.find((fact) => fact.kind === 'set' && fact.path === name)?.value;
      const value = wanted ?? liveAt(target.scope, name, live);
      return value === undefined ? undefined : { value, wanted: wanted !== undefined };
    });
  const kept: Change[] = [];
  const blocked: Blocked[] = [];
  const warnings: Warning[] = [];
  for (const change of changes) {
    const plain = change.kind === 'set' && change.item === undefined && change.heldBy === undefined;
    const findings = plain
      ? rulesAbout(target.scope, change.path)
          .filter(({ kind }) => kind !== 'same')
          .flatMap((rule) => findingOf(rule, change, know) ?? [])
      : [];
    const stop = findings.find(({ kind }) => kind === 'blocked');
    if (stop === undefined) kept.push(change);
    else {
      const { path, provenance } = change;
      const fact = { kind: 'set' as const, path, value: change.after, provenance };
      const before: { before?: Json } = change.before === undefined ? {} : { before: change.before };
      for (const block of blockedFacts(target, [fact], stop.message))
        blocked.push({ ...block, ...before, reason: 'coupled' });
    }
    for (const { kind, message } of findings) {
      if (kind === 'warned' && stop === undefined) {
        warnings.push({ message: `${targetLabel(target)} ${change.path}: ${message}`, provenance: change.provenance });
      }
    }
  }
  return { changes: kept, blocked, warnings };
}

function findingOf(rule: Rule, change: Change, know: (path: string) => Known | undefined): Finding | undefined {
  const terms = rule.when.map((term) => ({ term, known: know(term.path) }));
  if (!terms.every(({ term, known }) => known !== undefined && satisfies(term, known.value))) return undefined;
  const then = know(rule.outcome.path);
  if (then === undefined) return undefined;
  const allWanted = then.wanted && terms.every(({ known }) => known?.wanted === true);
  // Where both sides stand in one entry, reading the policy has refused it; here they met through a pattern.
  if (allWanted && rule.certainty !== 'documented') return undefined;
  const holds = satisfies(rule.outcome, then.value);
  const isThen = speaksOf(change, rule.outcome);
  if (rule.kind === 'idles') {
    return holds && isThen ? { kind: 'warned', message: `has no effect: ${rule.why}` } : undefined;
  }
  if (holds) return undefined;
  const surely = rule.certainty === 'documented' ? 'blocked' : 'warned';
  const said = ({ value, wanted }: Known) => `${shown(value)} ${wanted ? 'by this policy' : 'in Zoom'}`;
  const others = terms
    .map(({ term, known }) => `${term.path} is ${known === undefined ? '' : said(known)}`)
    .join(', and ');
  const is = said(then);
  if (rule.kind === 'forces') {
    return isThen
      ? {
          kind: surely,
          message: `${others}: ${rule.why}; set ${rule.when.map(({ path }) => path).join(' or ')} as well`,
        }
      : { kind: 'warned', message: `changes ${rule.outcome.path} too, which is ${is}: ${rule.why}` };
  }
  if (isThen) {
    return rule.when.every(({ named }) => named === undefined)
      ? {
          kind: 'warned',
          message: `${others}, and that needs ${rule.outcome.path} to be ${asked(rule.outcome)}: ${rule.why}`,
        }
      : undefined;
  }
  const needs = `needs ${rule.outcome.path} to be ${asked(rule.outcome)}, which is ${is}`;
  return { kind: surely, message: `${needs}: ${rule.why}; set it as well` };
}

function shown(value: Json): string {
  return isSecret(value) ? 'a secret' : JSON.stringify(value);
}

/** Whether the change is on the outcome side of a rule, under whatever name. */
function speaksOf({ target, path }: Change, outcome: Term): boolean {
  return path === outcome.path || aliasesOf(target.scope, path).some((alias) => alias.path === outcome.path);
}
