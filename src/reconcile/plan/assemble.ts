/** The plans of all targets into one: data that can be kept, checked and compared. */
import { settingOf } from '../../catalog/lookup.ts';
import type { AccountIdentity } from '../../model/account.ts';
import { type PlaceKey, placeKey } from '../../model/place.ts';
import { type Blocked, type Change, changesLock, type Plan, type Step, type Warning } from '../../model/plan.ts';
import { isSecret } from '../../model/secret.ts';
import { type Target, targetLabel } from '../../model/target.ts';
import { compareText } from '../../util/compare-text.ts';
import { isUnread } from './blocked.ts';
import { fingerprintOf } from './fingerprint.ts';
import { type Edge, type EdgeOf, orderSteps, provides, providesAt, requires, type UnorderedStep } from './order.ts';
import { narrowStep } from './patch.ts';
import { waitsForUnlock } from './siblings.ts';

/** What planning one target came to. */
export interface TargetPlan {
  readonly target: Target;
  readonly steps: readonly UnorderedStep[];
  readonly blocked: readonly Blocked[];
  readonly warnings: readonly Warning[];
  /** Wanted settings that are right already. */
  readonly unchanged: number;
  /** Zoom does not have the target, and need not. */
  readonly optional?: true;
}

export function assemblePlan(
  account: AccountIdentity,
  targets: readonly TargetPlan[],
  more: Pick<Plan, 'blocked' | 'warnings'> & { readonly optional?: number },
): Plan {
  const safe = withoutBlindLocks(targets);
  const left = targets.filter((target) => target.optional).length;
  const optional = (more.optional ?? 0) + left;
  const content = {
    formatVersion: 2 as const,
    account,
    waves: orderSteps(safe.steps),
    blocked: [...more.blocked, ...targets.flatMap(({ blocked }) => blocked), ...safe.blocked].sort(byTargetAndPath),
    warnings: [...more.warnings, ...targets.flatMap(({ warnings }) => warnings)].sort((a, b) =>
      compareText(a.message, b.message),
    ),
    compared: {
      targets: targets.length - left,
      unchanged: targets.reduce((sum, { unchanged }) => sum + unchanged, 0),
      ...(optional === 0 ? {} : { optional }),
    },
  };
  return { ...content, fingerprint: fingerprintOf(content) };
}

type Because = Pick<Blocked, 'reason' | 'detail' | 'waiver'>;

/** Why nothing may be locked over a value, by the edge that its change would have provided. */
type Unready = ReadonlyMap<Edge, Because>;

/**
 * Locking an unreadable value could freeze the wrong one, at the value's own level and above. Locking a value that cannot be
 * set, because of another setting or a lock above, would freeze a wrong one. Such locks are blocked together with the value.
 */
function withoutBlindLocks(targets: readonly TargetPlan[]): { steps: UnorderedStep[]; blocked: Blocked[] } {
  const unready = unreadyEdges(targets);
  const steps = targets.flatMap((target) => target.steps);
  if (unready.size === 0) return { steps, blocked: [] };
  const blocked: Blocked[] = [];
  const kept = steps.flatMap((entry) => {
    const keep = entry.step.changes.filter((change) => {
      const block = blockedLock(change, unready);
      if (block !== undefined) blocked.push(block);
      return block === undefined;
    });
    if (keep.length === entry.step.changes.length) return [entry];
    return keep.length === 0 ? [] : [{ ...entry, step: narrowStep(entry.step, keep) }];
  });
  return { steps: kept, blocked };
}

function unreadyEdges(targets: readonly TargetPlan[]): Unready {
  const unready = new Map<Edge, Because>();
  for (const { target, blocked } of targets) {
    for (const { kind, path, reason, waiver } of blocked) {
      if (kind !== 'set' || reason === 'not-offered') continue;
      const what = `it would freeze ${path} of ${targetLabel(target)}, which`;
      const detail = `${what} ${isUnread(reason) ? 'could not be read' : 'is not as it should be'}`;
      const value = { kind, target, path };
      for (const edge of isUnread(reason) ? provides(value) : ownLockEdges(value))
        unready.set(edge, { reason, detail, ...(waiver === undefined ? {} : { waiver }) });
    }
  }
  return unready;
}

/** The edges to the locks of the value's own level. */
function ownLockEdges(value: EdgeOf): readonly Edge[] {
  return value.target.scope === 'user' ? [] : providesAt(value.target.scope, value);
}

function blockedLock(change: Change, unready: Unready): Blocked | undefined {
  if (change.kind !== 'lock') return undefined;
  const [because] = requires(change).flatMap((edge) => unready.get(edge) ?? []);
  const { target, kind, path, after, provenance } = change;
  return because === undefined ? undefined : { target, kind, path, ...because, after, provenance };
}

/**
 * How many requests an apply of this plan sends: a PATCH per step, a GET per document that was patched, one before each step
 * that needs what a lock hid, and the looks at what locks freeze.
 */
export function requestsOf({ waves }: Plan): { readonly patch: number; readonly get: number } {
  const steps = waves.flat();
  const documents = patchedBy(steps);
  const looks = steps.reduce((sum, step) => sum + looksOf(step, documents), 0);
  return { patch: steps.length, get: documents.size + steps.filter(waitsForUnlock).length + looks };
}

/** The documents that steps patch, each of which is read back once. */
export function patchedBy(steps: readonly Step[]): ReadonlySet<PlaceKey> {
  return new Set(steps.map(({ target, request }) => placeKey(target, request.document)));
}

/**
 * How many GETs look at what the locks of a step freeze: one of each document after the lock, and one before it of those that
 * the run has not read back by then.
 */
export function looksOf({ target, changes }: Step, patched: ReadonlySet<PlaceKey>): number {
  const frozen = new Set(
    changes
      .flatMap((change) => (changesLock(change) ? change.over : []))
      .flatMap(({ path, value }) => {
        // What cannot be compared is not looked at.
        const { ref } = settingOf(target.scope, { kind: 'set', path }).document;
        return isSecret(value) ? [] : [placeKey(target, ref)];
      }),
  );
  return frozen.size + [...frozen].filter((place) => !patched.has(place)).length;
}

function byTargetAndPath(a: Blocked, b: Blocked): number {
  return (
    compareText(targetLabel(a.target), targetLabel(b.target)) ||
    compareText(a.path, b.path) ||
    compareText(a.kind, b.kind)
  );
}
