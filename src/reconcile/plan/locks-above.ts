/**
 * What a lock above makes impossible below it: of the account over groups and users, of a group over its members. A value
 * that differs from a lock that stays on is blocked at plan time and never sent: Zoom would ignore it (204 and nothing
 * changed) or refuse the whole request. A value that reads right today is judged too, where this policy is about to lock
 * another one over it.
 */
import { goTogether } from '../../catalog/alias.ts';
import { locksOver, namesAt } from '../../catalog/levels.ts';
import { settingsOf } from '../../catalog/lookup.ts';
import type { BlockReason, Change, Warning } from '../../model/plan.ts';
import { isSecret } from '../../model/secret.ts';
import type { SettingPath } from '../../model/setting.ts';
import { type DesiredFact, positionOf, type Unread } from '../../model/state.ts';
import { type LockScope, type Scope, targetLabel } from '../../model/target.ts';
import { type Json, stableText } from '../../util/json.ts';
import { blockedFact, reasonOf } from './blocked.ts';
import { comparable } from './normalize.ts';
import { blocked, type Outcome } from './outcome.ts';
import type { TargetPairs } from './pair.ts';

/** The account, or a group that a user is in, as far as it bears on what is below. */
export interface Above {
  readonly level: LockScope;
  /** As messages name it: `the account`, `the group Students`. */
  readonly name: string;
  /** What this run wants there, next to its documents as observed; see `documentsAbove`. */
  readonly pairs: TargetPairs;
  /**
   * Whether a lock of a group reads as on because the account locks the same, and this run removes the account's lock:
   * then what it reads says nothing of how it will be.
   */
  readonly isHeld: (lock: SettingPath) => boolean;
  /** `--assume-unlocked`: a lock that cannot be read is treated as off. */
  readonly assumeUnlocked: boolean;
}

export type Ruling =
  | { readonly kind: 'free' }
  | { readonly kind: 'follows' | 'warned'; readonly message: string }
  | { readonly kind: 'blocked'; readonly reason: BlockReason; readonly detail: string };

const FREE: Ruling = { kind: 'free' };

/** What is judged: one pair of a target, and the change that it came to. */
interface Judged {
  readonly scope: Scope;
  readonly wanted: DesiredFact;
  readonly change: Change | undefined;
  /** What Zoom has before the change, which hides it where it is a secret. */
  readonly seen: Json | undefined;
}

/** Wanting a lock below a lock is harmless; everything else could be stopped by one. */
export function couldBeStopped(scope: Scope, { kind, value }: DesiredFact): boolean {
  return scope !== 'account' && (kind === 'set' || value !== true);
}

/**
 * @param asItWas what is wanted was there before, under the locks that are wanted: where one lock of a group comes back
 *   with the value, it outranks whatever another group locks
 */
export function underLocksAbove(
  { target, scope }: TargetPairs,
  outcomes: readonly Outcome[],
  above: readonly Above[],
  asItWas = false,
): readonly Outcome[] {
  return outcomes.map((outcome) => {
    const { wanted } = outcome.pair;
    if (!couldBeStopped(scope, wanted)) return outcome;
    // The changes of a list's items stop together.
    const [change] = outcome.changes;
    const { live } = outcome.pair;
    const seen = isSecret(change?.before) && live.state === 'read' ? live.value : change?.before;
    const ruling = ruleAll({ scope, wanted, change, seen }, above, asItWas);
    if (ruling.kind === 'free') return outcome;
    if (ruling.kind === 'blocked') {
      // Without a change the value reads right today.
      const before = change === undefined ? wanted.value : change.before;
      const block = blockedFact(target, wanted, ruling.reason, ruling.detail, before);
      return { ...blocked(outcome.pair, [...outcome.blocked, block]), warnings: outcome.warnings };
    }
    const { provenance, path } = wanted;
    const warning: Warning = { message: `${targetLabel(target)} ${path}: ${ruling.message}`, provenance };
    const changes = ruling.kind === 'follows' ? [] : outcome.changes;
    return { ...outcome, changes, warnings: [...outcome.warnings, warning] };
  });
}

/**
 * The strictest of what the locks above say. Under a lock of the account those of groups decide nothing in the end
 * (zoom-api, section 5); a lock of a group that is on until then still stops the value from being sent.
 */
function ruleAll(judged: Judged, above: readonly Above[], asItWas: boolean): Ruling {
  const { scope, wanted } = judged;
  const ruled = above.map((entry) => ({ entry, ruling: ruleAt(judged, entry) }));
  const byAccount = ruled.filter(({ entry }) => entry.level === 'account');
  const byGroups = ruled.filter(({ entry }) => entry.level === 'group');
  const [keys, groupKeys] = [locksOver('account', scope, wanted.path), locksOver('group', scope, wanted.path)];
  const leader =
    byAccount.find(({ entry }) => keys.some((key) => willBeOn(key, entry))) ??
    byGroups.find(
      ({ entry, ruling }) => asItWas && ruling.kind === 'free' && groupKeys.some((key) => comesOn(key, entry)),
    );
  if (leader === undefined) return strictest(ruled.map(({ ruling }) => ruling));
  const ruling = strictest(byAccount.map((found) => found.ruling));
  const stopping = byGroups.find(
    ({ entry, ruling: found }) =>
      found.kind === 'blocked' && groupKeys.some((key) => entry.pairs.liveLock(key) === true),
  );
  if (ruling.kind !== 'free' || stopping === undefined) return ruling;
  const message = `locked by ${stopping.entry.name} now; follows ${leader.entry.name}, which has the same value and will be locked`;
  return { kind: 'follows', message };
}

/** What every lock of one level says. */
function ruleAt(judged: Judged, above: Above): Ruling {
  const locks = locksOver(above.level, judged.scope, judged.wanted.path);
  return strictest(locks.map((lock) => ruleByLock(judged, lock, above)));
}

function strictest(rulings: readonly Ruling[]): Ruling {
  for (const kind of ['blocked', 'follows', 'warned']) {
    const found = rulings.find((ruling) => ruling.kind === kind);
    if (found !== undefined) return found;
  }
  return FREE;
}

function willBeOn(lock: SettingPath, { pairs }: Above): boolean {
  return pairs.wants.lock(lock) ?? pairs.liveLock(lock) === true;
}

function comesOn(lock: SettingPath, { pairs, isHeld }: Above): boolean {
  return pairs.wants.lock(lock) === true && (isHeld(lock) || pairs.liveLock(lock) !== true);
}

function ruleByLock(judged: Judged, lock: SettingPath, above: Above): Ruling {
  const { level, name, pairs } = above;
  const isChanging = judged.change !== undefined;
  const wanted = pairs.wants.lock(lock);
  // What reads right is no worse for a lock that is on already; only a lock to come can make it wrong.
  const now = (isChanging || wanted === true) && !above.isHeld(lock) ? pairs.liveLock(lock) : false;
  if (!isChanging && now !== false) return FREE;
  if (now === 'unreadable') return above.assumeUnlocked ? FREE : unreadableLock(above, lock);
  if (!(wanted ?? now)) return FREE;
  if (judged.wanted.kind === 'lock')
    return stoppedBy(level, `${name}'s lock (${lock}) keeps it locked; unlock it there`);
  return now ? underLock(judged, lock, above) : underLockToCome(judged, lock, above);
}

/** A lock that is on and stays on. */
function underLock(judged: Judged, lock: SettingPath, above: Above): Ruling {
  const { level, name } = above;
  const pinned = pinnedAbove(judged, above);
  if (pinned !== undefined && agrees(level, judged, pinned.path, pinned.value)) {
    return { kind: 'follows', message: `locked by ${name} (${lock}); follows the value that this policy sets there` };
  }
  if (level === 'group' && evades(judged, liveAbove(judged, above))) return FREE;
  return stoppedBy(level, `${name} locks it (${lock}); unlock it there, or leave it to ${name}`);
}

/** A lock that this run brings. */
function underLockToCome(judged: Judged, lock: SettingPath, above: Above): Ruling {
  const { level, name } = above;
  const coming = `this policy locks it for ${name} (${lock})`;
  const pinned = pinnedAbove(judged, above);
  const value = pinned ?? liveAbove(judged, above);
  if (value !== undefined && 'state' in value) {
    return { kind: 'blocked', reason: reasonOf(value), detail: `${coming}, and the value there could not be read` };
  }
  if (value === undefined) return { kind: 'warned', message: `${coming}, and the value there will win` };
  if (agrees(level, judged, value.path, value.value)) return FREE;
  const where = pinned === undefined ? 'which Zoom has there' : `at ${positionOf(pinned.provenance)}`;
  return stoppedBy(level, `${coming} with another value, ${where}`);
}

function stoppedBy(level: LockScope, detail: string): Ruling {
  return { kind: 'blocked', reason: `locked-by-${level}`, detail };
}

function unreadableLock({ level, name, pairs }: Above, lock: SettingPath): Ruling {
  const detail = `whether ${name} locks it (${lock}) cannot be read; grant the scope for reading ${level} locks, or use --assume-unlocked`;
  return { kind: 'blocked', reason: pairs.whyUnreadLock(lock), detail };
}

interface ValueAbove {
  readonly path: SettingPath;
  readonly value: Json;
}

/**
 * Whether a member reads another value than the group that locks it: then that lock does not bind this member. Zoom has
 * two group models, and in the newer one a group of higher priority wins; the API shows no priorities (zoom-api, section 5).
 */
function evades({ scope, change, seen }: Judged, held: ValueAbove | Unread | undefined): boolean {
  if (held === undefined || 'state' in held || change === undefined || seen === undefined) return false;
  return !agrees('group', { scope, wanted: { path: change.path, value: seen } }, held.path, held.value);
}

/** What this run wants of the value above. */
export function pinnedAbove(
  { scope, wanted }: Pick<Judged, 'scope' | 'wanted'>,
  { level, pairs }: Pick<Above, 'level' | 'pairs'>,
): DesiredFact | undefined {
  for (const { path } of namesAt(level, scope, wanted.path)) {
    const pinned = pairs.wants.value(path);
    if (pinned !== undefined) return pinned;
  }
  return undefined;
}

/** What Zoom has above, where it lists it; unreadable is not the same as absent. */
function liveAbove({ scope, wanted }: Judged, { level, pairs }: Above): ValueAbove | Unread | undefined {
  let unread: Unread | undefined;
  for (const { path } of namesAt(level, scope, wanted.path)) {
    const setting = settingsOf(level).get(path);
    const reading = setting === undefined ? undefined : pairs.reading(setting);
    if (reading?.state === 'read') return { path, value: reading.value };
    if (reading?.state === 'unreadable') unread ??= reading;
  }
  return unread;
}

function agrees(
  level: LockScope,
  { scope, wanted }: { readonly scope: Scope; readonly wanted: Pick<DesiredFact, 'path' | 'value'> },
  path: SettingPath,
  value: Json,
): boolean {
  // Two secrets are not compared: that they are the same is nothing that a plan could show.
  if (isSecret(value) || isSecret(wanted.value)) return stableText(value) === stableText(wanted.value);
  const name = namesAt(level, scope, wanted.path).find((other) => other.path === path) ?? { path };
  const setting = settingsOf(level).get(path);
  if (name.pairs !== undefined || setting === undefined) return goTogether(name, wanted.value, value);
  const both = comparable(setting, wanted.value, value);
  return stableText(both.desired) === stableText(both.live);
}
