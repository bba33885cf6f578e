/** What plan, drift and apply have in common: policies and live settings in, a plan out. */

import { settingOf } from '../../catalog/lookup.ts';
import type { Change, Plan, Warning } from '../../model/plan.ts';
import type { Secrets } from '../../model/secret.ts';
import { type DocumentRef, documentKey } from '../../model/setting.ts';
import type { Desired, DesiredFact, DesiredTarget } from '../../model/state.ts';
import { type Target, targetLabel } from '../../model/target.ts';
import type { Group, ZoomReader } from '../../model/zoom-api.ts';
import { mapConcurrent } from '../../util/concurrent.ts';
import type { Json } from '../../util/json.ts';
import { observeTarget } from '../observe/observe.ts';
import { assemblePlan, stepsOf, type TargetPlan } from './assemble.ts';
import { type CompareOptions, compareTarget, liveSecretsOf } from './compare.ts';
import { blockCoupled } from './constraints.ts';
import { levelsAbove, readingOnce } from './levels-above.ts';
import { blockLocked } from './locks-above.ts';
import { heldBy, needsMembership } from './order.ts';
import { factsUnderOtherNames } from './patch.ts';
import { cautionOf } from './risk.ts';
import { type Selection, selectEntries, selectTargets } from './select.ts';
import { secretsLeftOut } from './siblings.ts';
import { needsGroupListing, type ResolvedTargets, resolveTargets } from './targets.ts';

/** What policies want, and the values of the secrets that they name. */
export interface WantedPolicies {
  readonly desired: Desired;
  readonly secrets: Secrets;
}

export interface PlanningOptions {
  readonly selection: Selection;
  readonly assumeUnlocked: boolean;
  /** The wanted values are those that Zoom had: what it held together it can hold again, whatever the rules say. */
  readonly asItWas?: true;
  /** What is known of secrets that Zoom does not return. */
  readonly ofSecret?: CompareOptions['ofSecret'];
  readonly onProgress: (text: string) => void;
  /** Told how many documents the policies ask for, before the first of them is read. */
  readonly onReads?: (documents: number) => void;
  /** Targets under way at once: enough to keep the requests flowing, few enough to hold few documents. */
  readonly atOnce: number;
}

export interface Planned {
  readonly plan: Plan;
  /** Values of the policy's secrets, and of those in Zoom that travel with a changed object. */
  readonly secrets: Secrets;
  /** What a target should hold after an apply; without what is blocked or follows a lock above. */
  readonly wanted: (target: Target) => readonly DesiredFact[];
}

/** The targets that policies and `--target` mean, found in Zoom; and the groups there are, where they had to be listed. */
export async function wantedTargets(
  desired: Desired,
  zoom: ZoomReader,
  { selection, onProgress }: Pick<PlanningOptions, 'selection' | 'onProgress'>,
): Promise<ResolvedTargets & { readonly groups: readonly Group[] }> {
  const selected = selectEntries(desired, selection);
  if (needsGroupListing(selected)) onProgress('Listing groups');
  const groups = needsGroupListing(selected) ? await zoom.listGroups() : [];
  return { ...selectTargets(resolveTargets(selected, groups, zoom.account), selection), groups };
}

/**
 * Each target is read, compared and let go on its own: what stays in memory is changes, not documents. The account's
 * locks are read only when a change below could be stopped by one.
 */
export async function makePlan(policies: WantedPolicies, zoom: ZoomReader, options: PlanningOptions): Promise<Planned> {
  const { groups, ...resolved } = await wantedTargets(policies.desired, zoom, options);
  options.onReads?.(resolved.targets.reduce((sum, entry) => sum + documentsFor(entry).length, 0));
  const users = resolved.targets.filter(({ target }) => target.scope === 'user').length;
  const reader = readingOnce(zoom, users > 0, users);
  const secrets = new Map<string, Json>(policies.secrets);
  const wanted = new Map<string, readonly DesiredFact[]>();
  const unlocked = { account: new Set<string>(), group: new Map<string, Set<string>>() };
  const levels = levelsAbove(reader, resolved.targets, groups, options.assumeUnlocked, unlocked);
  let done = 0;
  const planOne = async (asWritten: DesiredTarget): Promise<TargetPlan> => {
    const { target } = asWritten;
    const live = await observeTarget(reader, target, documentsFor(asWritten));
    const memberOf = needsMembership(unlocked, asWritten) ? await reader.groupsOfUser(target.id) : [];
    const compare = (wanted: DesiredTarget) =>
      compareTarget(wanted, live, policies.secrets, {
        // An unlock is never held: it is what frees.
        held: ({ kind, path, value }) =>
          kind === 'lock' && value !== true ? undefined : heldBy(unlocked, target.scope, path, memberOf),
        ...(options.ofSecret === undefined ? {} : { ofSecret: options.ofSecret }),
      });
    const first = compare(asWritten);
    const others = factsUnderOtherNames(asWritten, first.changes);
    const entry = others.length === 0 ? asWritten : { target, facts: [...asWritten.facts, ...others] };
    const compared = others.length === 0 ? first : compare(entry);
    const coupled =
      live.state === 'found' && options.asItWas !== true
        ? blockCoupled(entry, compared.changes, live)
        : { changes: compared.changes, blocked: [], warnings: [] };
    const verdict = blockLocked(entry, coupled.changes, await levels(entry, coupled.changes), options.asItWas);
    const { changes } = verdict;
    for (const { kind, path } of changes) {
      if (kind !== 'unlock') continue;
      if (target.scope === 'account') unlocked.account.add(path);
      else unlocked.group.set(path, (unlocked.group.get(path) ?? new Set()).add(target.id));
    }
    for (const [reference, value] of liveSecretsOf(live, entry.facts)) secrets.set(reference, value);
    const blocked = [...compared.blocked, ...coupled.blocked, ...verdict.blocked];
    const differing = new Set([...compared.changes, ...blocked].map(nameOf));
    const sent = new Set(changes.map(nameOf));
    // What has no effect now is not looked for after an apply either.
    const inert = new Set(compared.warnings.map(({ provenance }) => provenance));
    const isExpected = (fact: DesiredFact) =>
      sent.has(nameOf(fact)) || !(differing.has(nameOf(fact)) || inert.has(fact.provenance));
    // A target that is sent nothing is not looked at again, and of thousands most are such.
    if (changes.length > 0) wanted.set(keyOf(target), entry.facts.filter(isExpected));
    done += 1;
    options.onProgress(`Reading Zoom: ${done} of ${resolved.targets.length} targets`);
    return {
      target,
      steps: stepsOf(changes, live, {
        facts: entry.facts,
        // Of what nobody named the groups are not asked for: at worst a document is read once more than it has to be.
        hiddenBy: (path) => heldBy(unlocked, target.scope, path, undefined),
      }),
      blocked,
      warnings: [
        ...compared.warnings,
        ...coupled.warnings,
        ...verdict.warnings,
        ...cautions(changes),
        ...secretsLeftOut(changes, live, entry.facts),
      ],
      unchanged: entry.facts.filter((fact) => !differing.has(nameOf(fact))).length - compared.warnings.length,
    };
  };
  const targets: TargetPlan[] = [];
  // Level by level: what a lock above holds in place is only known once that level has been compared.
  for (const scope of ['account', 'group', 'user'] as const) {
    const level = resolved.targets.filter(({ target }) => target.scope === scope);
    // One by one: a call takes no hundred thousand arguments.
    for (const planned of await mapConcurrent(level, options.atOnce, planOne)) targets.push(planned);
  }
  const plan = assemblePlan(zoom.account, targets, resolved);
  const blocked = new Set(plan.blocked.map((block) => `${targetLabel(block.target)} ${nameOf(block)}`));
  return {
    plan,
    secrets,
    wanted: (target) =>
      (wanted.get(keyOf(target)) ?? []).filter((fact) => !blocked.has(`${targetLabel(target)} ${nameOf(fact)}`)),
  };
}

/** What happens beside the change of a value, and what an unlocking brings. */
function cautions(changes: readonly Change[]): Warning[] {
  return changes.flatMap((change): Warning[] => {
    const { target, path, kind, provenance } = change;
    const effect = kind === 'unlock' ? UNLOCKED : cautionOf(change);
    if (effect === undefined || change.heldBy !== undefined) return [];
    return [{ message: `${targetLabel(target)} ${path}: ${effect}`, provenance }];
  });
}

/** zoom-api, section 5: what was set below before a lock came is kept, and is back when the lock goes. */
const UNLOCKED = 'once unlocked, what was set below before the lock came is in force again';

type Named = { readonly kind: string; readonly path: string };

function nameOf({ kind, path }: Named): string {
  return `${kind === 'set' ? 'set' : 'lock'} ${path}`;
}

/** The documents that serve what is wanted of a target. */
export function documentsFor({ target, facts }: DesiredTarget): readonly DocumentRef[] {
  const documents = new Map<string, DocumentRef>();
  for (const fact of facts) {
    const { ref } = settingOf(target.scope, fact).document;
    documents.set(documentKey(ref), ref);
  }
  return [...documents.values()];
}

function keyOf(target: Target): string {
  return `${targetLabel(target)} ${target.id}`;
}
