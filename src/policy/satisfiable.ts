/**
 * Finds facts that Zoom can never satisfy together although each is valid: settings that force, need or exclude each
 * other, and values below a lock that the same policy sets.
 */
import { goTogether } from '../catalog/alias.ts';
import { asked, rulesAbout, satisfies, underAnyName } from '../catalog/coupling.ts';
import type { Rule, Term } from '../catalog/data/rules.ts';
import { locksOver, namesAt } from '../catalog/levels.ts';
import { factAt } from '../catalog/lookup.ts';
import { gatesOf } from '../catalog/switches.ts';
import type { Problem } from '../model/problem.ts';
import type { Secrets } from '../model/secret.ts';
import type { SettingPath } from '../model/setting.ts';
import { type DesiredEntry, type DesiredFact, positionOf } from '../model/state.ts';
import { describeValue, joinWords } from './phrases.ts';
import { comparerOf, contradiction, labelOf, valueOrSecret } from './rules.ts';

/** Two facts that cannot both hold or, as a warning, probably cannot. */
export interface Conflict {
  readonly entry: DesiredEntry;
  /** The fact that would not hold. */
  readonly fact: DesiredFact;
  readonly cause: DesiredFact;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

export function conflictsIn(entries: readonly DesiredEntry[], secrets: Secrets): readonly Conflict[] {
  return [...brokenRules(entries), ...blockedByLocks(entries, secrets)];
}

export function problemOf({ fact, cause, message, severity }: Conflict): Problem {
  return { ...contradiction(fact, cause, message), severity };
}

/** Rules between settings that one target breaks. Rules that Zoom does not document are warnings. */
function brokenRules(entries: readonly DesiredEntry[]): readonly Conflict[] {
  return entries.flatMap((entry) => {
    const { scope } = entry;
    const facts = new Map(entry.facts.flatMap((fact) => (fact.kind === 'set' ? [[fact.path, fact] as const] : [])));
    const rules = new Set([...facts.keys()].flatMap((path) => rulesAbout(scope, path)));
    // A setting that is switched off by another has no effect, so it breaks no rule.
    const isIdle = (path: SettingPath) => gatesOf(scope, path).some((gate) => facts.get(gate)?.value === false);
    const find = (term: Term) =>
      isIdle(term.path) ? undefined : underAnyName(scope, term.path, (path) => facts.get(path));
    return [...rules].flatMap((rule) => {
      const broken = brokenRule(rule, find);
      return broken === undefined ? [] : [{ entry, ...broken }];
    });
  });
}

function brokenRule(rule: Rule, find: (term: Term) => DesiredFact | undefined): Omit<Conflict, 'entry'> | undefined {
  const causes: DesiredFact[] = [];
  for (const term of rule.when) {
    const fact = find(term);
    if (fact === undefined || !satisfies(term, fact.value)) return undefined;
    causes.push(fact);
  }
  const fact = find(rule.outcome);
  const [cause] = causes;
  if (cause === undefined) return undefined;
  const severe = rule.certainty === 'documented' && (rule.kind === 'forces' || rule.kind === 'needs');
  if (fact === undefined) {
    if (rule.kind !== 'needs' || rule.outcome.named === undefined) return undefined;
    const message = `\`${cause.path}\` is ${describeValue(cause.value)} here, and \`${rule.outcome.path}\` is not set: ${rule.why}`;
    return { fact: cause, cause, message, severity: severe ? 'error' : 'warning' };
  }
  const holds = satisfies(rule.outcome, fact.value);
  if (holds !== (rule.kind === 'idles')) return undefined;
  const others = joinWords(
    causes.map((other) => `\`${other.path}\` is ${describeValue(other.value)} at ${positionOf(other.provenance)}`),
    'and',
  );
  const message = `\`${fact.path}\` is ${describeValue(fact.value)} here, and ${others}: ${rule.why}${endOf(rule)}`;
  return { fact, cause, message, severity: severe ? 'error' : 'warning' };
}

function endOf({ kind, outcome }: Rule): string {
  switch (kind) {
    case 'forces':
      return `, so Zoom makes it ${asked(outcome)}; keep one of them`;
    case 'needs':
      return `; it has to be ${asked(outcome)}`;
    case 'idles':
      return ', so it has no effect';
    case 'same':
      return '; both should say the same';
  }
}

/**
 * Values of groups and users that differ from a value that this policy locks for the account, and group locks that are
 * off where the account's are on. Only Zoom knows a user's groups, so the planner checks the locks of groups.
 */
function blockedByLocks(entries: readonly DesiredEntry[], secrets: Secrets): readonly Conflict[] {
  const account = entries.find(({ scope }) => scope === 'account');
  if (account === undefined) return [];
  const locks = new Map(
    account.facts.flatMap((fact) => (fact.kind === 'lock' && fact.value === true ? [[fact.path, fact] as const] : [])),
  );
  const values = new Map(account.facts.flatMap((fact) => (fact.kind === 'set' ? [[fact.path, fact] as const] : [])));
  const same = comparerOf(secrets);
  return entries.flatMap((entry) =>
    entry.scope === 'account'
      ? []
      : entry.facts.flatMap((fact) => blockedFact(entry, fact, locks, values, same, secrets)),
  );
}

type Facts = ReadonlyMap<string, DesiredFact>;

function blockedFact(
  entry: DesiredEntry,
  fact: DesiredFact,
  locks: Facts,
  values: Facts,
  same: ReturnType<typeof comparerOf>,
  secrets: Secrets,
): Conflict[] {
  const { scope } = entry;
  const conflict = (cause: DesiredFact, message: string): Conflict => ({
    entry,
    fact,
    cause,
    message,
    severity: 'error',
  });
  const lock = locksOver('account', scope, fact.path).flatMap((path) => locks.get(path) ?? [])[0];
  if (lock === undefined) return [];
  const locked = `\`${lock.path}\` is locked for the account at ${positionOf(lock.provenance)}`;
  if (fact.kind === 'lock') {
    if (fact.value === true) return [];
    const message = `\`${fact.path}\` of ${labelOf(entry)} is unlocked here, but ${locked}: a lock of the account holds for all`;
    return [conflict(lock, message)];
  }
  for (const name of namesAt('account', scope, fact.path)) {
    const above = values.get(name.path);
    if (above === undefined) continue;
    const [mine, its] = [valueOrSecret(fact.value, secrets), valueOrSecret(above.value, secrets)];
    if (mine === undefined || its === undefined) return [];
    const isSame = name.path === fact.path && factAt('account', 'set', fact.path) !== undefined;
    if (isSame ? same('account', fact, above) : goTogether(name, mine, its)) return [];
    const [at, lockedAt] = [positionOf(above.provenance), positionOf(lock.provenance)];
    const message =
      `\`${fact.path}\` of ${labelOf(entry)} is ${describeValue(fact.value)} here, but ${locked} with ${describeValue(above.value)}` +
      `${at === lockedAt ? '' : ` at ${at}`}: nobody below can have another value`;
    return [conflict(lock, message)];
  }
  return [];
}
