/** What plan, drift and apply have in common: policies and live settings in, a plan out. */
import type { Json } from '../model/json.ts';
import type { Plan } from '../model/plan.ts';
import type { Secrets } from '../model/secret.ts';
import { type DocumentRef, documentKey } from '../model/setting.ts';
import type { DesiredFact, DesiredTarget } from '../model/state.ts';
import { type Target, targetLabel } from '../model/target.ts';
import type { ReadOutcome, ZoomReader } from '../model/zoom-api.ts';
import type { LoadedPolicies } from '../policy/load.ts';
import { blockLocked, documentsAbove } from '../reconcile/block.ts';
import { compareTarget, liveSecretsOf, settingOf } from '../reconcile/compare.ts';
import { heldBy, needsMembership } from '../reconcile/order.ts';
import { assemblePlan, stepsOf, type TargetPlan } from '../reconcile/plan.ts';
import { type Selection, selectEntries, selectionFrom, selectTargets } from '../reconcile/select.ts';
import { needsGroupListing, resolveTargets } from '../reconcile/targets.ts';
import type { Progress } from '../terminal.ts';
import type { Connection } from '../zoom/connection.ts';
import { observeTarget } from '../zoom/observe.ts';
import { type Flags, isOn, textsOf } from './flags.ts';

export interface PlanningOptions {
  readonly selection: Selection;
  readonly assumeUnlocked: boolean;
  readonly onProgress: (text: string) => void;
  /** Targets under way at once: enough to keep the requests flowing, few enough to hold few documents. */
  readonly atOnce: number;
}

export function planningOptions(flags: Flags, progress: Progress, { concurrency }: Connection): PlanningOptions {
  return {
    selection: selectionFrom(textsOf(flags, 'target')),
    assumeUnlocked: isOn(flags, 'assumeUnlocked'),
    onProgress: progress.say,
    atOnce: concurrency * 2,
  };
}

export interface Planned {
  readonly plan: Plan;
  /** Values of the policy's secrets, and of those in Zoom that travel with a changed object. */
  readonly secrets: Secrets;
  /** What a target should hold after an apply; without what is blocked or follows a lock above. */
  readonly wanted: (target: Target) => readonly DesiredFact[];
}

/**
 * Each target is read, compared and let go on its own: what stays in memory is changes, not documents. The account's
 * locks are read only when a change below could be stopped by one.
 */
export async function makePlan(
  policies: Pick<LoadedPolicies, 'desired' | 'secrets'>,
  zoom: ZoomReader,
  options: PlanningOptions,
): Promise<Planned> {
  const desired = selectEntries(policies.desired, options.selection);
  if (needsGroupListing(desired)) options.onProgress('Listing groups');
  const groups = needsGroupListing(desired) ? await zoom.listGroups() : [];
  const resolved = selectTargets(resolveTargets(desired, groups, zoom.account), options.selection);

  const reader = readingOnce(zoom);
  const accountFacts = resolved.targets.find(({ target }) => target.scope === 'account')?.facts ?? [];
  const secrets = new Map<string, Json>(policies.secrets);
  const wanted = new Map<string, readonly DesiredFact[]>();
  const unlocked = { account: new Set<string>(), group: new Map<string, Set<string>>() };
  let done = 0;
  const planOne = async (entry: DesiredTarget): Promise<TargetPlan> => {
    const { target } = entry;
    const live = await observeTarget(reader, target, documentsFor(entry));
    const memberOf = needsMembership(unlocked, entry) ? await zoom.groupsOfUser(target.id) : [];
    const compared = compareTarget(entry, live, policies.secrets, (fact) =>
      heldBy(unlocked, target.scope, fact, memberOf),
    );
    const above = documentsAbove(entry, compared.changes, accountFacts);
    const account = await observeTarget(reader, accountTarget(zoom), above);
    const verdict = blockLocked(entry, compared.changes, { live: account, facts: accountFacts, ...options });
    const { changes } = verdict;
    for (const { kind, path } of changes) {
      if (kind !== 'unlock') continue;
      if (target.scope === 'account') unlocked.account.add(path);
      else unlocked.group.set(path, (unlocked.group.get(path) ?? new Set()).add(target.id));
    }
    for (const [reference, value] of liveSecretsOf(live, entry.facts)) secrets.set(reference, value);
    const blocked = [...compared.blocked, ...verdict.blocked];
    const differing = new Set([...compared.changes, ...blocked].map(nameOf));
    const sent = new Set(changes.map(nameOf));
    wanted.set(
      keyOf(target),
      entry.facts.filter((fact) => sent.has(nameOf(fact)) || !differing.has(nameOf(fact))),
    );
    done += 1;
    options.onProgress(`Reading Zoom: ${done} of ${resolved.targets.length} targets`);
    return {
      target,
      steps: stepsOf(changes, live, entry.facts),
      blocked,
      warnings: [...compared.warnings, ...verdict.warnings],
      unchanged: entry.facts.filter((fact) => !differing.has(nameOf(fact))).length - compared.warnings.length,
    };
  };
  const targets: TargetPlan[] = [];
  // Level by level: what a lock above holds in place is only known once that level has been compared.
  for (const scope of ['account', 'group', 'user'] as const) {
    const level = resolved.targets.filter(({ target }) => target.scope === scope);
    targets.push(...(await sideBySide(level, options.atOnce, planOne)));
  }
  const plan = assemblePlan(zoom.account, targets, resolved);
  return { plan, secrets, wanted: (target) => wanted.get(keyOf(target)) ?? [] };
}

type Named = { readonly kind: string; readonly path: string };

function nameOf({ kind, path }: Named): string {
  return `${kind === 'set' ? 'set' : 'lock'} ${path}`;
}

/** Results in the order of the items, with so many of them under way. */
async function sideBySide<T, R>(items: readonly T[], atOnce: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const left = items.entries();
  const worker = async () => {
    for (const [at, item] of left) results[at] = await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

function documentsFor({ target, facts }: DesiredTarget): readonly DocumentRef[] {
  const documents = new Map<string, DocumentRef>();
  for (const fact of facts) {
    const { ref } = settingOf(target.scope, fact).document;
    documents.set(documentKey(ref), ref);
  }
  return [...documents.values()];
}

/**
 * The account's documents are wanted twice, for its own facts and as what stands above groups and users; each is
 * asked for once. Other targets pass through, so that their documents can be let go.
 */
function readingOnce(zoom: ZoomReader): ZoomReader {
  const account = new Map<string, Promise<ReadOutcome>>();
  return {
    account: zoom.account,
    listGroups: () => zoom.listGroups(),
    listUsers: () => zoom.listUsers(),
    groupsOfUser: (user) => zoom.groupsOfUser(user),
    readDocument: (target, document) => {
      if (target.scope !== 'account') return zoom.readDocument(target, document);
      const key = documentKey(document);
      const reading = account.get(key) ?? zoom.readDocument(target, document);
      account.set(key, reading);
      return reading;
    },
  };
}

function accountTarget(zoom: ZoomReader): Target {
  return { scope: 'account', id: zoom.account };
}

function keyOf(target: Target): string {
  return `${targetLabel(target)} ${target.id}`;
}
