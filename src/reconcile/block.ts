/**
 * What a lock of the account makes impossible below it. A value that differs from a lock that stays on is blocked at
 * plan time and never sent: Zoom would ignore it (204 and nothing changed) or refuse the whole request. A value that
 * reads right today is judged too, where this policy is about to lock another one over it.
 */
import { goTogether, type OtherName } from '../catalog/alias.ts';
import { aliasesOf, factAt, pathAt, settingsOf } from '../catalog/catalog.ts';
import { type Json, stableText } from '../model/json.ts';
import type { Blocked, Change, Warning } from '../model/plan.ts';
import { isSecret } from '../model/secret.ts';
import { type DocumentRef, documentKey } from '../model/setting.ts';
import { type DesiredFact, type DesiredTarget, type LiveTarget, positionOf } from '../model/state.ts';
import { targetLabel } from '../model/target.ts';
import { accountLocksOver } from './order.ts';
import { comparable, liveValue } from './project.ts';
import { blockedFacts } from './targets.ts';

/** The account as far as it bears on groups and users. */
export interface AccountAbove {
  /** Documents of the account, as observed; see `documentsAbove`. */
  readonly live: LiveTarget;
  /** What this run wants of the account. */
  readonly facts: readonly DesiredFact[];
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
  | { readonly kind: 'blocked'; readonly reason: 'locked-by-account' | 'unreadable'; readonly detail: string };

const FREE: Ruling = { kind: 'free' };

/** Wanting a lock below a lock is harmless; everything else could be stopped by one. */
function couldBeStopped(target: DesiredTarget['target'], fact: DesiredFact): boolean {
  return target.scope !== 'account' && (fact.kind === 'set' || fact.value !== true);
}

/**
 * The account's documents that must be read before a target can be judged, often none: lock documents over what is
 * going to change, and the value itself where this run locks it without saying which value.
 */
export function documentsAbove(
  { target, facts }: DesiredTarget,
  changes: readonly Change[],
  accountFacts: readonly DesiredFact[],
): readonly DocumentRef[] {
  const documents = new Map<string, DocumentRef>();
  const need = (ref: DocumentRef | undefined) => ref !== undefined && documents.set(documentKey(ref), ref);
  for (const fact of facts.filter((entry) => couldBeStopped(target, entry))) {
    const changing = changeOf(fact, changes) !== undefined;
    for (const lock of accountLocksOver(target.scope, fact.path)) {
      const judged = changing || isWantedOn(lock, accountFacts);
      if (judged) need(factAt('account', 'lock', lock)?.document.ref);
      const unpinned =
        fact.kind === 'set' && isWantedOn(lock, accountFacts) && pinnedFact(target, fact, accountFacts) === undefined;
      if (unpinned)
        for (const { path } of namesAtAccount(target, fact.path)) need(settingsOf('account').get(path)?.document.ref);
    }
  }
  return [...documents.values()];
}

export function blockLocked(desired: DesiredTarget, changes: readonly Change[], above: AccountAbove): Verdict {
  const { target, facts } = desired;
  const ruled = facts.map((fact) => {
    const change = changeOf(fact, changes);
    return {
      fact,
      change,
      ruling: couldBeStopped(target, fact) ? rule(desired, fact, change !== undefined, above) : FREE,
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

/** The strictest of what the locks above say. */
function rule({ target }: DesiredTarget, fact: DesiredFact, changing: boolean, above: AccountAbove): Ruling {
  const rulings = accountLocksOver(target.scope, fact.path).map((lock) =>
    ruleByLock(target, fact, changing, lock, above),
  );
  for (const kind of ['blocked', 'follows', 'warned']) {
    const found = rulings.find((ruling) => ruling.kind === kind);
    if (found !== undefined) return found;
  }
  return FREE;
}

function ruleByLock(
  target: DesiredTarget['target'],
  fact: DesiredFact,
  changing: boolean,
  lock: string,
  above: AccountAbove,
): Ruling {
  const wanted = above.facts.find(({ kind, path }) => kind === 'lock' && path === lock)?.value;
  // What reads right is no worse for a lock that is on already; only a lock to come can make it wrong.
  const now = changing || wanted === true ? liveLock(lock, above) : false;
  if (!changing && now !== false) return FREE;
  if (now === 'unreadable')
    return above.assumeUnlocked ? FREE : { kind: 'blocked', reason: 'unreadable', detail: unreadable(lock) };
  if (!(wanted === undefined ? now : wanted === true)) return FREE;
  if (fact.kind === 'lock') return blocked(`the account's lock (${lock}) keeps it locked; unlock it there`);
  const pinned = pinnedFact(target, fact, above.facts);
  if (now) {
    return pinned !== undefined && agrees(target, fact, pinned.path, pinned.value)
      ? { kind: 'follows', message: `locked by the account (${lock}); follows the value that this policy sets there` }
      : blocked(`the account locks it (${lock}); unlock it there, or leave it to the account`);
  }
  const value = pinned ?? liveFact(target, fact, above);
  if (value === 'unreadable') {
    const detail = `this policy locks it for the account (${lock}), and the account's value could not be read`;
    return { kind: 'blocked', reason: 'unreadable', detail };
  }
  if (value === undefined)
    return {
      kind: 'warned',
      message: `this policy locks it for the account (${lock}), and the account's value will win`,
    };
  if (agrees(target, fact, value.path, value.value)) return FREE;
  const where = pinned === undefined ? 'which Zoom has there' : `at ${positionOf(pinned.provenance)}`;
  return blocked(`this policy locks it for the account (${lock}) with another value, ${where}`);
}

function blocked(detail: string): Ruling {
  return { kind: 'blocked', reason: 'locked-by-account', detail };
}

function isWantedOn(lock: string, facts: readonly DesiredFact[]): boolean {
  return facts.some(({ kind, path, value }) => kind === 'lock' && path === lock && value === true);
}

function liveLock(lock: string, { live }: AccountAbove): boolean | 'unreadable' {
  const setting = factAt('account', 'lock', lock);
  const document =
    setting === undefined || live.state === 'missing'
      ? undefined
      : live.documents.get(documentKey(setting.document.ref));
  if (setting === undefined || document === undefined || document.state === 'unreadable') return 'unreadable';
  return liveValue(setting, document.body) === true;
}

/** The setting as the account spells it, under each of its names, with the values that go together. */
function namesAtAccount({ scope }: DesiredTarget['target'], path: string): readonly OtherName[] {
  const own = pathAt('account', path);
  const below = aliasesOf(scope, path).map((alias) => ({ ...alias, path: pathAt('account', alias.path) }));
  return [{ path: own }, ...below, ...aliasesOf('account', own)];
}

/** What this run wants of the account's own value. */
function pinnedFact(
  target: DesiredTarget['target'],
  fact: DesiredFact,
  facts: readonly DesiredFact[],
): DesiredFact | undefined {
  const names = namesAtAccount(target, fact.path).map(({ path }) => path);
  return facts.find(({ kind, path }) => kind === 'set' && names.includes(path));
}

/** What Zoom has for the account, where it lists it; unreadable is not the same as absent. */
function liveFact(
  target: DesiredTarget['target'],
  fact: DesiredFact,
  { live }: AccountAbove,
): { path: string; value: Json } | 'unreadable' | undefined {
  if (live.state === 'missing') return 'unreadable';
  let unread = false;
  for (const { path } of namesAtAccount(target, fact.path)) {
    const setting = settingsOf('account').get(path);
    const document = setting === undefined ? undefined : live.documents.get(documentKey(setting.document.ref));
    unread ||= document?.state === 'unreadable';
    const value = setting !== undefined && document?.state === 'read' ? liveValue(setting, document.body) : undefined;
    if (value !== undefined) return { path, value };
  }
  return unread ? 'unreadable' : undefined;
}

function agrees(target: DesiredTarget['target'], fact: DesiredFact, path: string, value: Json): boolean {
  // Two secrets are not compared: that they are the same is nothing that a plan could show.
  if (isSecret(value) || isSecret(fact.value)) return stableText(value) === stableText(fact.value);
  const name = namesAtAccount(target, fact.path).find((other) => other.path === path) ?? { path };
  const setting = settingsOf('account').get(path);
  if (name.pairs !== undefined || setting === undefined) return goTogether(name, fact.value, value);
  const both = comparable(setting, fact.value, value);
  return stableText(both.desired) === stableText(both.live);
}

function unreadable(lock: string): string {
  return `whether the account locks it (${lock}) cannot be read; grant the scope for reading account locks, or use --assume-unlocked`;
}
