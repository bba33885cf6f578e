/** Policies and live settings in, a plan out: what plan, drift, apply and rollback have in common. */
import type { Change, Plan, Warning } from '../../model/plan.ts';
import type { Secrets } from '../../model/secret.ts';
import { settingKey } from '../../model/setting.ts';
import type { Desired, DesiredFact, DesiredTarget, Missing } from '../../model/state.ts';
import { type Target, type TargetKey, targetKey, targetLabel } from '../../model/target.ts';
import type { WaiverRequest } from '../../model/waiver.ts';
import { type Group, knownGroups, type ZoomReader } from '../../model/zoom-api.ts';
import { mapConcurrent } from '../../util/concurrent.ts';
import type { Json } from '../../util/json.ts';
import { cachingReader } from '../observe/caching-reader.ts';
import { observeTarget } from '../observe/observe.ts';
import { withAccepted } from '../waivers.ts';
import { assemblePlan, type TargetPlan } from './assemble.ts';
import { type CompareOptions, compareTarget } from './compare.ts';
import { Confidential } from './confidential.ts';
import { constrain } from './constraints.ts';
import { LevelsAbove } from './levels-above.ts';
import { underLocksAbove } from './locks-above.ts';
import { wantedUnderOtherNames } from './other-names.ts';
import { changesIn, isExpected, type Outcome } from './outcome.ts';
import { TargetPairs, Wants } from './pair.ts';
import { RemovedLocks } from './removed-locks.ts';
import { cautionOf } from './risk.ts';
import { type Selection, selectEntries, selectTargets } from './select.ts';
import { secretsLeftOut } from './siblings.ts';
import { stepsOf } from './steps.ts';
import { leftOut, needsGroupListing, type ResolvedTargets, resolveTargets } from './targets.ts';

/** What policies want, and the values of the secrets that they name. */
export interface WantedPolicies {
  readonly desired: Desired;
  readonly secrets: Secrets;
  /** What else must not be written down; of itself, what these policies take from variables. */
  readonly confidential?: Confidential;
}

export interface PlanningOptions {
  readonly selection: Selection;
  readonly assumeUnlocked: boolean;
  /** The wanted values are those that Zoom had: what it held together it can hold again, whatever the rules say. */
  readonly asItWas?: true;
  /** Those that accept what cannot be read are held against the day. */
  readonly waivers?: readonly WaiverRequest[];
  /** `2026-11-27` */
  readonly today?: string;
  /** What is known of secrets that Zoom does not return. */
  readonly ofSecret?: CompareOptions['ofSecret'];
  readonly onProgress: (text: string) => void;
  /** Receives the number of documents that the policies need, before the first of them is read. */
  readonly onReads?: (documents: number) => void;
  /** Targets planned at the same time: enough to keep the requests flowing, few enough to hold few documents. */
  readonly atOnce: number;
}

export interface Planned {
  readonly plan: Plan;
  /** Values of the policy's secrets, and of those in Zoom that travel with a changed object. */
  readonly secrets: Secrets;
  readonly confidential: Confidential;
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
  return { ...selectTargets(resolveTargets(selected, groups, zoom.account.id), selection), groups };
}

/**
 * Each target is read, compared and freed on its own: what stays in memory is changes, not documents. Scope by scope, because
 * what a lock above holds in place is only known once that scope has been compared.
 */
export async function makePlan(policies: WantedPolicies, zoom: ZoomReader, options: PlanningOptions): Promise<Planned> {
  const { groups, ...resolved } = await wantedTargets(policies.desired, zoom, options);
  options.onReads?.(resolved.targets.reduce((sum, desired) => sum + documentsFor(desired).length, 0));
  const { desired, secrets, confidential = new Confidential(desired.entries, secrets) } = policies;
  const planner = new Planner({ secrets, confidential }, resolved.targets, groups, zoom, options);
  const targets: TargetPlan[] = [];
  for (const scope of ['account', 'group', 'user'] as const) {
    const ofScope = resolved.targets.filter(({ target }) => target.scope === scope);
    const planned = await mapConcurrent(ofScope, options.atOnce, (desired) => planner.plan(desired));
    // One by one: a call takes no hundred thousand arguments.
    for (const entry of planned) targets.push(entry);
  }
  const undoes = options.asItWas === true ? ({ undoes: true } as const) : {};
  const plan = { ...assemblePlan(zoom.account, targets, moreOf(resolved)), ...undoes };
  return { plan, secrets: planner.secrets, confidential, wanted: planner.expectedAfter(plan) };
}

function moreOf({ blocked, leftOut }: ResolvedTargets) {
  return { blocked, warnings: leftOut.map(({ note }) => note), optional: leftOut.length };
}

/** The documents that serve what is wanted of a target. */
export function documentsFor(desired: DesiredTarget) {
  return Wants.of(desired).documents;
}

/** Plans the targets of one run, and keeps what later targets and the apply need of earlier ones. */
class Planner {
  readonly secrets: Map<string, Json>;
  readonly #policySecrets: Secrets;
  readonly #confidential: Confidential;
  readonly #options: PlanningOptions;
  readonly #reader: ZoomReader;
  readonly #removed = new RemovedLocks();
  readonly #levels: LevelsAbove;
  readonly #expected = new Map<TargetKey, readonly DesiredFact[]>();
  readonly #count: number;
  #done = 0;

  constructor(
    { secrets, confidential }: Pick<Planned, 'secrets' | 'confidential'>,
    targets: readonly DesiredTarget[],
    groups: readonly Group[],
    zoom: ZoomReader,
    options: PlanningOptions,
  ) {
    this.secrets = new Map(secrets);
    this.#policySecrets = secrets;
    this.#confidential = confidential;
    this.#options = options;
    this.#reader = cachingReader(zoom, targets.filter(({ target }) => target.scope === 'user').length);
    this.#levels = new LevelsAbove(this.#reader, targets, groups, this.#removed, options.assumeUnlocked);
    this.#count = targets.length;
  }

  async plan(desired: DesiredTarget): Promise<TargetPlan> {
    const { target } = desired;
    // 1. Read what the policies need.
    const live = await observeTarget(this.#reader, target, documentsFor(desired));
    if (live.state === 'missing' && desired.optional !== undefined) return this.#leftOut(desired, live);
    // 2. Pair it with what they want, and compare.
    const { pairs, compared } = await this.#compare(desired, live);
    // 3. Take out what rules between settings forbid.
    const constrained = this.#options.asItWas === true ? compared : constrain(pairs, compared);
    // 4. Take out what locks above stop.
    const above = await this.#levels.of(pairs, constrained);
    const outcomes = underLocksAbove(pairs, constrained, above, this.#options.asItWas);
    // 5. Turn what is left into requests.
    const changes = changesIn(outcomes);
    this.#removed.add(changes);
    // Unnamed siblings: membership is not read for them, which at worst reads a document once more than needed.
    const steps = stepsOf(changes, pairs, (path) => this.#removed.over(target.scope, path, undefined));
    this.#keep(pairs, outcomes, changes);
    this.#report();
    return {
      target,
      steps,
      blocked: withAccepted(
        outcomes.flatMap(({ blocked }) => blocked),
        this.#options.waivers ?? [],
        this.#options.today ?? '',
      ),
      warnings: [
        ...outcomes.flatMap(({ warnings }) => warnings),
        ...cautions(changes),
        ...secretsLeftOut(changes, pairs),
      ],
      unchanged: outcomes.filter(({ state }) => state === 'right').length,
    };
  }

  #leftOut({ target, optional }: DesiredTarget, { reason }: Missing): TargetPlan {
    this.#report();
    const note = optional === undefined ? [] : [leftOut(`${targetLabel(target)}: ${reason}`, optional)];
    return { target, steps: [], blocked: [], warnings: note, unchanged: 0, optional: true };
  }

  /** What a target should hold after an apply of the plan. */
  expectedAfter({ blocked }: Plan): Planned['wanted'] {
    const stopped = new Set(blocked.map((block) => `${targetLabel(block.target)} ${settingKey(block)}`));
    return (target) =>
      (this.#expected.get(targetKey(target)) ?? []).filter(
        (fact) => !stopped.has(`${targetLabel(target)} ${settingKey(fact)}`),
      );
  }

  /** Compares once more where a changed object must carry a setting under its other name, too. */
  async #compare(desired: DesiredTarget, live: Awaited<ReturnType<typeof observeTarget>>) {
    const { target, facts } = desired;
    const memberOf = this.#removed.needsMembership(desired)
      ? knownGroups(await this.#reader.groupsOfUser(target.id))
      : [];
    const { ofSecret } = this.#options;
    const compare = (pairs: TargetPairs) => ({
      pairs,
      compared: compareTarget(pairs, this.#policySecrets, {
        // An unlock is never held: it is what frees.
        heldBy: ({ kind, path, value }) =>
          kind === 'lock' && value !== true ? undefined : this.#removed.over(target.scope, path, memberOf),
        ...(ofSecret === undefined ? {} : { ofSecret }),
      }),
    });
    const first = compare(new TargetPairs(desired, live, this.#confidential));
    const others = wantedUnderOtherNames(desired, changesIn(first.compared));
    if (others.length === 0) return first;
    return compare(new TargetPairs({ target, facts: [...facts, ...others] }, live, this.#confidential));
  }

  #keep(pairs: TargetPairs, outcomes: readonly Outcome[], changes: readonly Change[]): void {
    for (const [reference, value] of pairs.liveSecrets()) this.secrets.set(reference, value);
    // Targets without changes are not read again. In large accounts that is most of them.
    if (changes.length === 0) return;
    const expected = outcomes.filter(isExpected).map(({ pair }) => pair.wanted);
    this.#expected.set(targetKey(pairs.target), expected);
  }

  #report(): void {
    this.#done += 1;
    this.#options.onProgress(`Reading Zoom: ${this.#done} of ${this.#count} targets`);
  }
}

/** What happens along with the change of a value, and what an unlock brings. */
function cautions(changes: readonly Change[]): Warning[] {
  return changes.flatMap((change): Warning[] => {
    const { target, path, kind, provenance } = change;
    const effect = kind === 'unlock' ? UNLOCKED : cautionOf(change);
    if (effect === undefined || change.heldBy !== undefined) return [];
    return [{ message: `${targetLabel(target)} ${path}: ${effect}`, provenance }];
  });
}

/** zoom-api, section 5: what was set below before a lock came is kept, and applies again when the lock is removed. */
const UNLOCKED = 'once unlocked, what was set below before the lock came is in force again';
