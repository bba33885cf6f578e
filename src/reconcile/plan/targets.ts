/**
 * From the names in policies to the accounts, groups and users of Zoom. Pure: the listing of groups is handed in, and
 * only needed when a policy names one. An e-mail is an id to Zoom and needs no listing.
 */
import { aliasesOf, goTogether, type OtherName } from '../../catalog/alias.ts';
import type { Blocked, Warning } from '../../model/plan.ts';
import { PolicyProblems, type Problem } from '../../model/problem.ts';
import { type SettingKey, settingKey } from '../../model/setting.ts';
import {
  type Desired,
  type DesiredEntry,
  type DesiredFact,
  type DesiredTarget,
  type Provenance,
  positionOf,
} from '../../model/state.ts';
import type { TargetRef } from '../../model/target.ts';
import type { Group } from '../../model/zoom-api.ts';
import { globMatcher } from '../../util/glob.ts';
import { blockedFact } from './blocked.ts';

export interface ResolvedTargets {
  readonly targets: readonly DesiredTarget[];
  readonly blocked: readonly Blocked[];
  /** Optional groups and patterns that match nothing. */
  readonly leftOut: readonly LeftOut[];
}

export interface LeftOut {
  readonly target: TargetRef;
  readonly facts: readonly DesiredFact[];
  readonly note: Warning;
}

export function needsGroupListing(desired: Desired): boolean {
  return desired.entries.some((entry) => entry.scope === 'group');
}

/**
 * @param account its id
 * @throws PolicyProblems when two globs want different values of one group
 */
export function resolveTargets(desired: Desired, groups: readonly Group[], account: string): ResolvedTargets {
  const targets: DesiredTarget[] = [];
  for (const { scope, name, facts, optional, provenance } of desired.entries) {
    if (facts.length === 0) continue;
    if (scope === 'account') targets.push({ target: { scope, id: account }, facts });
    const may = optional === true ? { optional: provenance } : {};
    if (scope === 'user') targets.push({ target: { scope, email: name, id: name }, facts, ...may });
  }
  const forGroups = resolveGroups(
    desired.entries.filter((entry) => entry.scope === 'group'),
    groups,
  );
  return { ...forGroups, targets: [...targets, ...forGroups.targets] };
}

function resolveGroups(entries: readonly DesiredEntry[], groups: readonly Group[]): ResolvedTargets {
  const exact = new Map(entries.filter((entry) => !entry.glob).map((entry) => [entry.name, entry]));
  const globs = entries.filter((entry) => entry.glob).map((entry) => ({ entry, matches: globMatcher(entry.name) }));
  const used = new Set<DesiredEntry>();
  const problems: Problem[] = [];
  const targets: DesiredTarget[] = [];
  const named = new Map<string, Group[]>();
  for (const group of groups) named.set(group.name, [...(named.get(group.name) ?? []), group]);
  const blocked: Blocked[] = [];
  for (const [name, [group, ...others]] of named) {
    if (group === undefined) continue;
    const own = exact.get(name);
    const matching = globs.filter(({ matches }) => matches(name)).map(({ entry }) => entry);
    for (const entry of own === undefined ? matching : [own, ...matching]) used.add(entry);
    const facts = mergeFacts(name, own?.facts ?? [], matching, problems);
    if (others.length > 0)
      blocked.push(...missing({ scope: 'group', name }, facts, ambiguous(name, [group, ...others])));
    else if (facts.length > 0) targets.push({ target: { scope: 'group', name, id: group.id }, facts });
  }
  if (problems.length > 0) throw new PolicyProblems(problems);
  const without = [
    ...[...exact.values()].filter(({ name }) => !named.has(name)),
    ...globs.map(({ entry }) => entry).filter((entry) => !used.has(entry)),
  ].filter(({ facts }) => facts.length > 0);
  const left: LeftOut[] = [];
  for (const { name, glob, facts, optional, provenance } of without) {
    const detail = `no group is named ${glob ? 'like ' : ''}"${name}"`;
    const target = { scope: 'group', name } as const;
    if (optional === true) left.push({ target, facts, note: leftOut(detail, provenance) });
    else blocked.push(...missing(target, facts, detail));
  }
  return { targets, blocked, leftOut: left };
}

/** An exact name beats a glob, setting by setting, whichever of its names is used; two globs must agree. */
function mergeFacts(
  group: string,
  own: readonly DesiredFact[],
  globs: readonly DesiredEntry[],
  problems: Problem[],
): readonly DesiredFact[] {
  const [only] = globs;
  // One list for all of the thousands of groups that one pattern names.
  if (own.length === 0 && globs.length === 1 && only !== undefined) return only.facts;
  const merged = new Map(own.map((fact) => [settingKey(fact), fact]));
  const fromGlobs = new Map<SettingKey, { fact: DesiredFact; pattern: string }>();
  for (const { name: pattern, facts } of globs) {
    for (const fact of facts) {
      if (namesOf(fact).some(({ key }) => merged.has(key))) continue;
      for (const { key, alias } of namesOf(fact)) {
        const other = fromGlobs.get(key);
        if (other === undefined || goTogether(alias, fact.value, other.fact.value)) continue;
        problems.push(disagreement(group, pattern, fact, other));
      }
      if (!fromGlobs.has(settingKey(fact))) fromGlobs.set(settingKey(fact), { fact, pattern });
    }
  }
  for (const [key, { fact }] of fromGlobs) merged.set(key, fact);
  return [...merged.values()];
}

/** A fact's key, and those of the same setting under its other names. */
function namesOf(fact: DesiredFact): readonly { readonly key: SettingKey; readonly alias: OtherName }[] {
  const others = fact.kind === 'set' ? aliasesOf('group', fact.path) : [];
  return [{ path: fact.path }, ...others].map((alias) => ({ key: settingKey({ ...fact, path: alias.path }), alias }));
}

function disagreement(
  group: string,
  pattern: string,
  fact: DesiredFact,
  other: { readonly fact: DesiredFact; readonly pattern: string },
): Problem {
  const { file, line, column } = fact.provenance;
  const also = other.fact.provenance;
  return {
    file,
    line,
    column,
    severity: 'error',
    also: { file: also.file, line: also.line, column: also.column },
    message:
      `${fact.path}: "${pattern}" and "${other.pattern}" (${positionOf(also)}) both name the group ` +
      `"${group}" and want different values; give "${group}" an entry of its own, or make the patterns disjoint`,
  };
}

function ambiguous(name: string, groups: readonly Group[]): string {
  return `${groups.length} groups are named "${name}" (${groups.map((group) => group.id).join(', ')}); rename all but one`;
}

/** Everything that is wanted of a target that cannot be managed at all. */
function missing(target: TargetRef, facts: readonly DesiredFact[], detail: string): Blocked[] {
  return facts.map((fact) => blockedFact(target, fact, 'unmatched', detail));
}

/** The note about a target that may be missing, and is. */
export function leftOut(detail: string, provenance: Provenance): Warning {
  return { message: `${detail}; it is optional`, provenance };
}
