/**
 * What a lock above makes impossible below it: of the account over groups and users, of a group over its members. A value
 * that differs from a lock that stays on is blocked at plan time and never sent: Zoom would ignore it (204 and nothing
 * changed) or refuse the whole request. A value that reads right today is judged too, where this policy is about to lock
 * another one over it.
 */
import { goTogether } from '../../catalog/alias.ts';
import { locksOver, namesAt } from '../../catalog/levels.ts';
import { factAt, settingsOf } from '../../catalog/lookup.ts';
import type { Blocked, BlockReason, Change, Warning } from '../../model/plan.ts';
import { isSecret } from '../../model/secret.ts';
import { type DocumentRef, documentKey, type SettingPath } from '../../model/setting.ts';
import { type DesiredFact, type DesiredTarget, type LiveTarget, positionOf } from '../../model/state.ts';
import { type Target, targetLabel } from '../../model/target.ts';
import { type Json, stableText } from '../../util/json.ts';
import { comparable, liveValue } from './normalize.ts';
import { blockedFacts } from './targets.ts';

/** The account, or a group that a user is in, as far as it bears on what is below. */
export interface Above {
  readonly level: 'account' | 'group';
  /** As messages name it: `the account`, `the group Students`. */
  readonly name: string;
  /** Its documents, as observed; see `documentsAbove`. */
  readonly live: LiveTarget;
  /** What this run wants of it. */
  readonly facts: readonly DesiredFact[];
  /**
   * Whether a lock of a group reads as on because the account locks the same, and this run takes the account's lock off:
   * then what it reads says nothing of how it will be.
   */
  readonly isHeld: (lock: SettingPath) => boolean;
  /** `--assume-unlocked`: a lock that cannot be read is taken for off. */
  readonly assumeUnlocked: boolean;
}

export interface Verdict {
  readonly changes: readonly Change[];
  readonly blocked: readonly Blocked[];
  readonly warnings: readonly Warning[];
}

type Ruling =
  | { readonly kind: 'free' }
  | { readonly kind: 'follows' | 'warned'; readonly message: string }
  | { readonly kind: 'blocked'; readonly reason: BlockReason; readonly detail: string };

const FREE: Ruling = { kind: 'free' };

/** Wanting a lock below a lock is harmless; everything else could be stopped by one. */
function couldBeStopped(target: Target, fact: DesiredFact): boolean {
  return target.scope !== 'account' && (fact.kind === 'set' || fact.value !== true);
}

type Level = Above['level'];

/** The locks of a level above that would have to be known to judge a target: of what changes, or is about to be locked. */
export function locksToJudge(
  level: Level,
  { target, facts }: DesiredTarget,
  changes: readonly Change[],
  factsAbove: readonly DesiredFact[],
): readonly SettingPath[] {
  if (level === 'group' && target.scope !== 'user') return [];
  return facts
    .filter((fact) => couldBeStopped(target, fact))
    .flatMap((fact) => {
      const locks = locksOver(level, target.scope, fact.path);
      return changeOf(fact, changes) === undefined ? locks.filter((lock) => isWantedOn(lock, factsAbove)) : locks;
    });
}

/**
 * The documents of a level above that must be read before a target can be judged, often none: lock documents over what is
 * going to change, and the value itself where a lock may hold it without a policy saying which value.
 * @param live what has been read of that level: a lock that is known to be on makes its value matter
 */
export function documentsAbove(
  level: Level,
  desired: DesiredTarget,
  changes: readonly Change[],
  factsAbove: readonly DesiredFact[],
  live?: LiveTarget,
): readonly DocumentRef[] {
  const { target, facts } = desired;
  const documents = new Map<string, DocumentRef>();
  const need = (ref: DocumentRef | undefined) => ref !== undefined && documents.set(documentKey(ref), ref);
  for (const lock of locksToJudge(level, desired, changes, factsAbove)) need(factAt(level, 'lock', lock)?.document.ref);
  if (documents.size === 0) return [];
  for (const fact of facts.filter((entry) => entry.kind === 'set' && couldBeStopped(target, entry))) {
    const holds = locksOver(level, target.scope, fact.path).some(
      (lock) => isWantedOn(lock, factsAbove) || (live !== undefined && liveLock(level, lock, live) === true),
    );
    if (!holds || (level === 'account' && pinnedFact(level, target, fact, factsAbove) !== undefined)) continue;
    for (const { path } of namesAt(level, target.scope, fact.path)) need(settingsOf(level).get(path)?.document.ref);
  }
  return [...documents.values()];
}

/**
 * @param asItWas what is wanted was there before, under the locks that are wanted: where one lock of a group comes back
 * with the value, it outranks whatever another group locks
 */
export function blockLocked(
  desired: DesiredTarget,
  changes: readonly Change[],
  above: readonly Above[],
  asItWas = false,
): Verdict {
  const { target, facts } = desired;
  const ruled = facts.map((fact) => {
    const change = changeOf(fact, changes);
    return {
      fact,
      change,
      ruling: couldBeStopped(target, fact) ? ruleAll(desired, fact, change, above, asItWas) : FREE,
    };
  });
  const stopped = new Set(
    ruled.flatMap(({ change, ruling }) =>
      change !== undefined && (ruling.kind === 'blocked' || ruling.kind === 'follows') ? [change] : [],
    ),
  );
  return {
    changes: changes.filter((change) => !stopped.has(change)),
    blocked: ruled.flatMap(({ fact, change, ruling }) => {
      if (ruling.kind !== 'blocked') return [];
      // Without a change the value reads right today.
      const now = change === undefined ? fact.value : change.before;
      const before: { before?: Json } = now === undefined ? {} : { before: now };
      return blockedFacts(target, [fact], ruling.detail).map((entry) => ({
        ...entry,
        ...before,
        reason: ruling.reason,
      }));
    }),
    warnings: ruled.flatMap(({ fact, ruling }) =>
      ruling.kind === 'follows' || ruling.kind === 'warned'
        ? [{ message: `${targetLabel(target)} ${fact.path}: ${ruling.message}`, provenance: fact.provenance }]
        : [],
    ),
  };
}

function changeOf({ kind, path }: DesiredFact, changes: readonly Change[]): Change | undefined {
  return changes.find((change) => change.path === path && (change.kind === 'set') === (kind === 'set'));
}

/**
 * The strictest of what the locks above say. Under a lock of the account those of groups decide nothing in the end
 * (zoom-api, section 5); a lock of a group that is on until then still stops the value from being sent.
 */
function ruleAll(
  desired: DesiredTarget,
  fact: DesiredFact,
  change: Change | undefined,
  above: readonly Above[],
  asItWas: boolean,
): Ruling {
  const { scope } = desired.target;
  const ruled = above.map((entry) => ({ entry, ruling: strictest(rule(desired, fact, change, entry)) }));
  const byAccount = ruled.filter(({ entry }) => entry.level === 'account');
  const byGroups = ruled.filter(({ entry }) => entry.level === 'group');
  const [keys, groupKeys] = [locksOver('account', scope, fact.path), locksOver('group', scope, fact.path)];
  const leader =
    byAccount.find(({ entry }) => keys.some((key) => willBeOn(key, entry))) ??
    byGroups.find(
      ({ entry, ruling }) => asItWas && ruling.kind === 'free' && groupKeys.some((key) => comesOn(key, entry)),
    );
  if (leader === undefined) return strictest(ruled.map(({ ruling }) => ruling));
  const ruling = strictest(byAccount.map((found) => found.ruling));
  const stopping = byGroups.find(
    ({ entry, ruling: found }) =>
      found.kind === 'blocked' && groupKeys.some((key) => liveLock('group', key, entry.live) === true),
  );
  if (ruling.kind !== 'free' || stopping === undefined) return ruling;
  const message = `locked by ${stopping.entry.name} now; follows ${leader.entry.name}, which has the same value and will be locked`;
  return { kind: 'follows', message };
}

function willBeOn(lock: SettingPath, { level, facts, live }: Above): boolean {
  const wanted = facts.find(({ kind, path }) => kind === 'lock' && path === lock)?.value;
  return wanted === undefined ? liveLock(level, lock, live) === true : wanted === true;
}

function comesOn(lock: SettingPath, above: Above): boolean {
  return isWantedOn(lock, above.facts) && (above.isHeld(lock) || liveLock(above.level, lock, above.live) !== true);
}

/** What every lock of one level says of a fact. */
function rule({ target }: DesiredTarget, fact: DesiredFact, change: Change | undefined, above: Above): Ruling[] {
  return locksOver(above.level, target.scope, fact.path).map((lock) => ruleByLock(target, fact, change, lock, above));
}

function strictest(rulings: readonly Ruling[]): Ruling {
  for (const kind of ['blocked', 'follows', 'warned']) {
    const found = rulings.find((ruling) => ruling.kind === kind);
    if (found !== undefined) return found;
  }
  return FREE;
}

function ruleByLock(
  target: Target,
  fact: DesiredFact,
  change: Change | undefined,
  lock: SettingPath,
  above: Above,
): Ruling {
  const { level, name } = above;
  const changing = change !== undefined;
  const wanted = above.facts.find(({ kind, path }) => kind === 'lock' && path === lock)?.value;
  // What reads right is no worse for a lock that is on already; only a lock to come can make it wrong.
  const now = (changing || wanted === true) && !above.isHeld(lock) ? liveLock(level, lock, above.live) : false;
  if (!changing && now !== false) return FREE;
  if (now === 'unreadable') {
    return above.assumeUnlocked
      ? FREE
      : { kind: 'blocked', reason: 'unreadable', detail: unreadable(level, name, lock) };
  }
  if (!(wanted === undefined ? now : wanted === true)) return FREE;
  const blocked = (detail: string): Ruling => ({ kind: 'blocked', reason: `locked-by-${level}`, detail });
  if (fact.kind === 'lock') return blocked(`${name}'s lock (${lock}) keeps it locked; unlock it there`);
  const pinned = pinnedFact(level, target, fact, above.facts);
  const held = liveFact(level, target, fact, above.live);
  if (now) {
    if (pinned !== undefined && agrees(level, target, fact, pinned.path, pinned.value)) {
      const message = `locked by ${name} (${lock}); follows the value that this policy sets there`;
      return { kind: 'follows', message };
    }
    if (level === 'group' && evades(target, change, held)) return FREE;
    return blocked(`${name} locks it (${lock}); unlock it there, or leave it to ${name}`);
  }
  const value = pinned ?? held;
  const coming = `this policy locks it for ${name} (${lock})`;
  if (value === 'unreadable') {
    const detail = `${coming}, and the value there could not be read`;
    return { kind: 'blocked', reason: 'unreadable', detail };
  }
  if (value === undefined) return { kind: 'warned', message: `${coming}, and the value there will win` };
  if (agrees(level, target, fact, value.path, value.value)) return FREE;
  const where = pinned === undefined ? 'which Zoom has there' : `at ${positionOf(pinned.provenance)}`;
  return blocked(`${coming} with another value, ${where}`);
}

/**
 * Whether a member reads another value than the group that locks it: then that lock does not bind this member. Zoom has
 * two group models, and in the newer one a group of higher priority wins; the API shows no priorities (zoom-api, section 5).
 */
function evades(target: Target, change: Change | undefined, held: ReturnType<typeof liveFact>): boolean {
  if (held === undefined || held === 'unreadable' || change?.before === undefined) return false;
  return !agrees('group', target, { path: change.path, value: change.before }, held.path, held.value);
}

function isWantedOn(lock: SettingPath, facts: readonly DesiredFact[]): boolean {
  return facts.some(({ kind, path, value }) => kind === 'lock' && path === lock && value === true);
}

function liveLock(level: Level, lock: SettingPath, live: LiveTarget): boolean | 'unreadable' {
  const setting = factAt(level, 'lock', lock);
  const document =
    setting === undefined || live.state === 'missing'
      ? undefined
      : live.documents.get(documentKey(setting.document.ref));
  if (setting === undefined || document === undefined || document.state === 'unreadable') return 'unreadable';
  return liveValue(setting, document.body) === true;
}

/** What this run wants of the value above. */
function pinnedFact(
  level: Level,
  target: Target,
  fact: DesiredFact,
  facts: readonly DesiredFact[],
): DesiredFact | undefined {
  const names = namesAt(level, target.scope, fact.path).map(({ path }) => path);
  return facts.find(({ kind, path }) => kind === 'set' && names.includes(path));
}

/** What Zoom has above, where it lists it; unreadable is not the same as absent. */
function liveFact(
  level: Level,
  target: Target,
  fact: DesiredFact,
  live: LiveTarget,
): { path: SettingPath; value: Json } | 'unreadable' | undefined {
  if (live.state === 'missing') return 'unreadable';
  let unread = false;
  for (const { path } of namesAt(level, target.scope, fact.path)) {
    const setting = settingsOf(level).get(path);
    const document = setting === undefined ? undefined : live.documents.get(documentKey(setting.document.ref));
    unread ||= document?.state === 'unreadable';
    const value = setting !== undefined && document?.state === 'read' ? liveValue(setting, document.body) : undefined;
    if (value !== undefined) return { path, value };
  }
  return unread ? 'unreadable' : undefined;
}

function agrees(
  level: Level,
  target: Target,
  fact: Pick<DesiredFact, 'path' | 'value'>,
  path: SettingPath,
  value: Json,
): boolean {
  // Two secrets are not compared: that they are the same is nothing that a plan could show.
  if (isSecret(value) || isSecret(fact.value)) return stableText(value) === stableText(fact.value);
  const name = namesAt(level, target.scope, fact.path).find((other) => other.path === path) ?? { path };
  const setting = settingsOf(level).get(path);
  if (name.pairs !== undefined || setting === undefined) return goTogether(name, fact.value, value);
  const both = comparable(setting, fact.value, value);
  return stableText(both.desired) === stableText(both.live);
}

function unreadable(level: Level, name: string, lock: SettingPath): string {
  return `whether ${name} locks it (${lock}) cannot be read; grant the scope for reading ${level} locks, or use --assume-unlocked`;
}
