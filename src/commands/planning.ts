/** What plan, drift and apply have in common: policies and live settings in, a plan out. */
import { fileURLToPath } from 'node:url';
import type { Json } from '../model/json.ts';
import type { Plan } from '../model/plan.ts';
import type { Secrets } from '../model/secret.ts';
import { type DocumentRef, documentKey } from '../model/setting.ts';
import type { DesiredFact, DesiredTarget } from '../model/state.ts';
import { type Target, targetLabel } from '../model/target.ts';
import type { ReadOutcome, ZoomReader } from '../model/zoom-api.ts';
import { type LoadedPolicies, loadPolicies } from '../policy/load.ts';
import { blockLocked, lockDocumentsOver } from '../reconcile/block.ts';
import { compareTarget, liveSecretsOf, settingOf } from '../reconcile/compare.ts';
import { heldBy } from '../reconcile/order.ts';
import { assemblePlan, stepsOf, type TargetPlan } from '../reconcile/plan.ts';
import { type Selection, selectEntries, selectionFrom, selectTargets } from '../reconcile/select.ts';
import { needsGroupListing, resolveTargets } from '../reconcile/targets.ts';
import type { Host, Progress } from '../terminal.ts';
import { observeTarget } from '../zoom/observe.ts';
import { type Flags, isOn, textsOf } from './flags.ts';

const DEFAULT_POLICIES = './policies';
const PACKS = fileURLToPath(new URL('../../policies/', import.meta.url));

export function readPolicies(
  host: Host,
  env: Host['env'],
  paths: readonly string[],
  flags: Flags,
  secrets: 'required' | 'named',
): Promise<LoadedPolicies> {
  const allowUnknown = isOn(flags, 'allowUnknown');
  return loadPolicies(paths.length === 0 ? [DEFAULT_POLICIES] : paths, {
    cwd: host.cwd,
    env,
    allowUnknown,
    secrets,
    packs: PACKS,
  });
}

export interface PlanningOptions {
  readonly selection: Selection;
  readonly assumeUnlocked: boolean;
  readonly onProgress: (text: string) => void;
}

export function planningOptions(flags: Flags, progress: Progress): PlanningOptions {
  return {
    selection: selectionFrom(textsOf(flags, 'target')),
    assumeUnlocked: isOn(flags, 'assumeUnlocked'),
    onProgress: progress.say,
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
  const unlocked = { account: new Set<string>(), group: new Set<string>() };
  let done = 0;
  const planOne = async (entry: DesiredTarget): Promise<TargetPlan> => {
    const { scope } = entry.target;
    const live = await observeTarget(reader, entry.target, documentsFor(entry));
    const compared = compareTarget(entry, live, policies.secrets, (fact) => heldBy(unlocked, scope, fact));
    const locks = lockDocumentsOver(compared.changes);
    const above = locks.length === 0 ? undefined : await observeTarget(reader, accountTarget(zoom), locks);
    const verdict =
      above === undefined ? undefined : blockLocked(compared.changes, { live: above, facts: accountFacts, ...options });
    const changes = verdict?.changes ?? compared.changes;
    if (scope !== 'user') for (const { kind, path } of changes) if (kind === 'unlock') unlocked[scope].add(path);
    for (const [reference, value] of liveSecretsOf(live)) secrets.set(reference, value);
    const held = heldBack(compared, changes);
    wanted.set(
      keyOf(entry.target),
      entry.facts.filter((fact) => !held.has(`${fact.kind} ${fact.path}`)),
    );
    done += 1;
    options.onProgress(`Reading Zoom: ${done} of ${resolved.targets.length} targets`);
    return {
      steps: stepsOf(changes, live, entry.facts),
      blocked: [...compared.blocked, ...(verdict?.blocked ?? [])],
      warnings: [...compared.warnings, ...(verdict?.warnings ?? [])],
      unchanged: entry.facts.length - compared.changes.length - compared.blocked.length - compared.warnings.length,
    };
  };
  const targets: TargetPlan[] = [];
  // Level by level: what a lock above holds in place is only known once that level has been compared.
  for (const scope of ['account', 'group', 'user'] as const) {
    const level = resolved.targets.filter(({ target }) => target.scope === scope);
    targets.push(...(await Promise.all(level.map(planOne))));
  }
  const plan = assemblePlan(zoom.account, targets, resolved);
  return { plan, secrets, wanted: (target) => wanted.get(keyOf(target)) ?? [] };
}

/** Facts that are not going to be sent: blocked, or following a lock above. */
function heldBack(
  compared: ReturnType<typeof compareTarget>,
  changes: readonly { kind: string; path: string }[],
): Set<string> {
  const nameOf = ({ kind, path }: { kind: string; path: string }) => `${kind === 'set' ? 'set' : 'lock'} ${path}`;
  const sent = new Set(changes.map(nameOf));
  const held = [...compared.changes, ...compared.blocked].map(nameOf).filter((name) => !sent.has(name));
  return new Set(held);
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
