/**
 * One target: what its policies want against what Zoom answers. Every fact becomes nothing (equal), a change, or a
 * blocked change with its reason.
 */
import {
  frozenBy,
  gatesOf,
  hidingGatesOf,
  lockOf,
  type Setting,
  secretSettings,
  settingOf,
} from '../../catalog/lookup.ts';
import type { Blocked, BlockReason, Change, SetChange, Warning } from '../../model/plan.ts';
import { isSecret, reveal, type Secrets, secret } from '../../model/secret.ts';
import { documentKey } from '../../model/setting.ts';
import type { DesiredFact, DesiredTarget, LiveTarget } from '../../model/state.ts';
import { type Target, targetLabel } from '../../model/target.ts';
import { compareText } from '../../util/compare-text.ts';
import type { Json } from '../../util/json.ts';
import { liveAt } from '../observe/live.ts';
import { differingFacts } from './diff.ts';
import { compareItems, type ItemComparison } from './items.ts';
import { comparable, liveValue, valueToSend } from './normalize.ts';
import { judgeLock, judgeSet } from './risk.ts';
import { blockedFacts } from './targets.ts';

export interface Comparison {
  readonly changes: readonly Change[];
  readonly blocked: readonly Blocked[];
  readonly warnings: readonly Warning[];
}

/**
 * What is known of a secret that Zoom does not return, so that it cannot be compared: never written by lockstep, written
 * with another value, written with this one. `forced`: to be written whatever is known.
 */
export type SecretVerdict = 'new' | 'changed' | 'same' | 'forced';

export interface CompareOptions {
  /** The lock above that this run takes off a fact (see `Change.heldBy`). */
  readonly held?: (fact: DesiredFact) => string | undefined;
  readonly ofSecret?: (target: Target, fact: DesiredFact) => SecretVerdict;
}

type Marks = Pick<SetChange, 'heldBy' | 'unconfirmed'>;

/** How one fact stands before it is known whether it differs. */
type Standing =
  | { readonly state: 'comparable'; readonly live: Json }
  | { readonly state: 'unreturned'; readonly verdict: SecretVerdict }
  | { readonly state: 'items'; readonly found: ItemComparison }
  | { readonly state: 'appears' }
  | { readonly state: 'inert'; readonly message: string }
  | { readonly state: 'blocked'; readonly reason: BlockReason; readonly detail: string };

interface Examined {
  readonly fact: DesiredFact;
  readonly setting: Setting;
  readonly standing: Standing;
}

/** The marker for a value that Zoom holds and that must not be written down. */
export function liveSecret(targetText: string, path: string): { $secret: string } {
  return secret(`live:${targetText}:${path}`);
}

/** The secrets that the observed documents hold, by the reference that bodies name them with. */
export function liveSecretsOf(live: LiveTarget, facts: readonly DesiredFact[]): [reference: string, value: Json][] {
  if (live.state === 'missing') return [];
  const { target, documents } = live;
  const named = facts.filter(({ value }) => isSecret(value)).map((fact) => settingOf(target.scope, fact));
  return [...secretSettings(target.scope), ...named].flatMap((setting): [string, Json][] => {
    const document = documents.get(documentKey(setting.document.ref));
    const value = document?.state === 'read' ? liveValue(setting, document.body) : undefined;
    return value === undefined ? [] : [[liveSecret(targetLabel(target), setting.path).$secret, value]];
  });
}

/** The setting or lock key that a change is about. */
export function settingOfChange({ target, kind, path }: Pick<Change, 'target' | 'kind' | 'path'>): Setting {
  return settingOf(target.scope, { kind: kind === 'set' ? 'set' : 'lock', path });
}

/** @param secrets values of the policy's secrets; needed to compare, never part of the result */
export function compareTarget(
  desired: DesiredTarget,
  live: LiveTarget,
  secrets: Secrets,
  { held = () => undefined, ofSecret = () => 'same' }: CompareOptions = {},
): Comparison {
  const { target } = desired;
  if (live.state === 'missing') {
    return { changes: [], blocked: blockedFacts(target, desired.facts, live.reason), warnings: [] };
  }
  const examined = [...desired.facts].sort(byKindAndPath).map((fact): Examined => {
    const setting = settingOf(target.scope, fact);
    return { fact, setting, standing: examine(fact, setting, desired, live, ofSecret) };
  });
  const differing = differingOf(examined, secrets);
  const idle = idleOf(examined, differing, desired, live);
  const after = (path: string) => {
    const wanted = desired.facts.find((fact) => fact.kind === 'set' && fact.path === path)?.value;
    const value = wanted ?? liveAt(target.scope, path, live);
    return value === undefined ? undefined : { value, wanted: wanted !== undefined };
  };
  const change = (fact: DesiredFact, setting: Setting, now: Json | undefined, marks: Marks = {}) =>
    changeFor(target, fact, setting, now, marks, after);
  const changes = examined.flatMap(({ fact, setting, standing }): Change[] => {
    if (idle.has(factName(fact))) return [];
    switch (standing.state) {
      case 'items':
        return [...standing.found.changes];
      case 'appears':
        return [change(fact, setting, undefined)];
      case 'unreturned':
        if (standing.verdict === 'same') return [];
        return [change(fact, setting, undefined, standing.verdict === 'new' ? { unconfirmed: true } : {})];
      case 'comparable': {
        if (differing.has(factName(fact)) || isForced(fact, target, ofSecret))
          return [change(fact, setting, standing.live)];
        const heldBy = held(fact);
        return heldBy === undefined ? [] : [change(fact, setting, standing.live, { heldBy })];
      }
      default:
        return [];
    }
  });
  const blocked = examined.flatMap(({ fact, standing }): Blocked[] => {
    if (standing.state === 'blocked') return [blockedFact(desired, fact, standing)];
    if (standing.state !== 'items') return [];
    return standing.found.missing.map(({ reason, detail }) =>
      blockedFact(desired, fact, { state: 'blocked', reason, detail }),
    );
  });
  const warnings = examined.flatMap(({ fact, standing }): Warning[] => {
    const message = standing.state === 'inert' ? standing.message : idle.get(factName(fact));
    return message === undefined
      ? []
      : [{ message: `${targetLabel(target)} ${fact.path}: ${message}`, provenance: fact.provenance }];
  });
  return { changes, blocked, warnings };
}

function isForced(fact: DesiredFact, target: Target, ofSecret: Required<CompareOptions>['ofSecret']): boolean {
  return isSecret(fact.value) && ofSecret(target, fact) === 'forced';
}

/**
 * What differs and has no effect, because a switch above it is off and stays off: not drift, and not sent. A lock that
 * would freeze such a value and not the switch waits with it: the switch could come on, with the wrong value locked in.
 */
function idleOf(
  examined: readonly Examined[],
  differing: ReadonlySet<string>,
  desired: DesiredTarget,
  live: LiveTarget & { state: 'found' },
): ReadonlyMap<string, string> {
  const { scope } = desired.target;
  const gates = new Map<string, string>();
  for (const { fact, setting, standing } of examined) {
    const differs =
      (standing.state === 'comparable' && differing.has(factName(fact))) ||
      (standing.state === 'items' && standing.found.changes.length > 0);
    const gate = differs && fact.kind === 'set' ? closedGate(setting, desired, live) : undefined;
    if (gate !== undefined) gates.set(fact.path, gate);
  }
  const idle = new Map([...gates].map(([path, gate]) => [`set ${path}`, `has no effect while ${gate} is off`]));
  if (gates.size === 0 || scope === 'user') return idle;
  for (const { fact, standing } of examined) {
    if (fact.kind !== 'lock' || fact.value !== true || standing.state !== 'comparable' || standing.live === true)
      continue;
    const frozen = frozenBy(scope, fact.path);
    const waits = frozen.find((path) => gates.has(path) && !frozen.includes(gates.get(path) ?? ''));
    if (waits === undefined) continue;
    idle.set(factName(fact), `not locked while ${gates.get(waits)} is off, because ${waits} is not as it should be`);
  }
  return idle;
}

/**
 * The switch above a setting that is off in Zoom, that this policy does not turn on, and that takes away all effect. Of a
 * switch that the levels below may turn on for themselves the others are what they would start from: there they matter.
 */
export function closedGate(
  { scope, path }: Pick<Setting, 'scope' | 'path'>,
  desired: Pick<DesiredTarget, 'facts'>,
  live: LiveTarget & { state: 'found' },
): string | undefined {
  const turnsOn = (gate: string) =>
    desired.facts.some((fact) => fact.kind === 'set' && fact.path === gate && fact.value === true);
  const hiding = hidingGatesOf(scope, path);
  const staysOffBelow = (gate: string) => {
    if (scope === 'user' || hiding.includes(gate)) return true;
    const lock = lockOf(scope, gate);
    return lock !== undefined && liveLockAt(lock, live) === true;
  };
  return gatesOf(scope, path).find(
    (gate) => liveAt(scope, gate, live) === false && !turnsOn(gate) && staysOffBelow(gate),
  );
}

function liveLockAt(lock: Setting, live: LiveTarget & { state: 'found' }): Json | undefined {
  const document = live.documents.get(documentKey(lock.document.ref));
  return document?.state === 'read' ? liveValue(lock, document.body) : undefined;
}

function differingOf(examined: readonly Examined[], secrets: Secrets): ReadonlySet<string> {
  const liveSide = new Map<string, Json>();
  const desiredSide = new Map<string, Json>();
  for (const { fact, setting, standing } of examined) {
    if (standing.state !== 'comparable') continue;
    const both = comparable(setting, reveal(fact.value, secrets), standing.live);
    if (both.live === both.desired) continue;
    liveSide.set(factName(fact), both.live);
    desiredSide.set(factName(fact), both.desired);
  }
  return differingFacts(liveSide, desiredSide);
}

function examine(
  fact: DesiredFact,
  setting: Setting,
  desired: DesiredTarget,
  live: LiveTarget & { state: 'found' },
  ofSecret: Required<CompareOptions>['ofSecret'],
): Standing {
  const document = live.documents.get(documentKey(setting.document.ref));
  if (document === undefined) throw new Error(`${documentKey(setting.document.ref)} was not observed for ${fact.path}`);
  if (document.state === 'unreadable') return { state: 'blocked', reason: 'unreadable', detail: document.reason };
  if (!setting.writable && setting.items === undefined) {
    return {
      state: 'blocked',
      reason: 'read-only',
      detail: `Zoom's PATCH does not take it for ${article(setting.scope)}`,
    };
  }
  const found = liveValue(setting, document.body);
  if (found !== undefined && setting.items !== undefined) {
    return { state: 'items', found: compareItems(desired.target, fact, setting, setting.items, document.body) };
  }
  const hidden = setting.secret || isSecret(fact.value);
  if (found !== undefined) return { state: 'comparable', live: found };
  return fact.kind === 'lock'
    ? notOffered('Zoom lists no such lock here')
    : absentSetting(setting, desired, live, hidden ? ofSecret(desired.target, fact) : undefined);
}

/**
 * Zoom leaves out what lies behind a switch that is off: the policy may be about to turn that switch on.
 * @param verdict given for a secret, which Zoom may hold and not return
 */
function absentSetting(
  setting: Setting,
  desired: DesiredTarget,
  live: LiveTarget & { state: 'found' },
  verdict: SecretVerdict | undefined,
): Standing {
  let opened = false;
  const hiding = hidingGatesOf(setting.scope, setting.path);
  for (const gate of gatesOf(setting.scope, setting.path)) {
    const wanted = desired.facts.find(({ kind, path }) => kind === 'set' && path === gate)?.value;
    const now = liveAt(setting.scope, gate, live);
    if (wanted === false) return { state: 'inert', message: `has no effect while this policy turns ${gate} off` };
    if (!hiding.includes(gate)) continue;
    if (wanted === true && now !== true) opened = true;
    else if (now === false) {
      return notOffered(`${gate} is off in Zoom, and Zoom leaves this out until it is on; set ${gate} to true as well`);
    }
  }
  if (opened && setting.items !== undefined) {
    return {
      state: 'inert',
      message: 'Zoom lists these only while the switch above them is on; apply, then plan again',
    };
  }
  if (opened) return { state: 'appears' };
  if (verdict !== undefined) return { state: 'unreturned', verdict };
  return notOffered("Zoom's answer has no such key; the plan or licence does not seem to offer it");
}

function notOffered(detail: string): Standing {
  return { state: 'blocked', reason: 'not-offered', detail };
}

function changeFor(
  target: Target,
  fact: DesiredFact,
  setting: Setting,
  live: Json | undefined,
  marks: Marks,
  after: Parameters<typeof judgeLock>[1],
): Change {
  const { path, provenance, protectedBy } = fact;
  const common = { target, path, ...marks, ...(protectedBy === undefined ? {} : { protectedBy }), provenance };
  if (fact.kind === 'lock') {
    const level = target.scope === 'account' ? 'account' : 'group';
    const on = fact.value === true;
    const lock = { kind: on ? ('lock' as const) : ('unlock' as const), freezes: frozenBy(level, path) };
    // Beside the setting of the lock's own name, what a switch that is off makes idle weighs nothing.
    const weighed = (frozen: string) =>
      frozen !== path && gatesOf(target.scope, frozen).some((gate) => after(gate)?.value === false)
        ? undefined
        : after(frozen);
    return { ...common, ...lock, ...before(live), after: on, ...judgeLock({ ...lock, ...marks }, weighed) };
  }
  const hidden = setting.secret || isSecret(fact.value);
  const was = hidden && live !== undefined ? liveSecret(targetLabel(target), path) : live;
  const set = { path, ...marks, ...before(was), after: hidden ? fact.value : valueToSend(setting, fact.value, live) };
  return { kind: 'set', ...common, ...set, ...judgeSet(set) };
}

/** `exactOptionalPropertyTypes`: an absent value is an absent key. */
function before(live: Json | undefined): { before?: Json } {
  return live === undefined ? {} : { before: live };
}

function blockedFact(desired: DesiredTarget, fact: DesiredFact, standing: Standing & { state: 'blocked' }): Blocked {
  const [block] = blockedFacts(desired.target, [fact], standing.detail);
  return { ...(block as Blocked), reason: standing.reason };
}

function factName({ kind, path }: DesiredFact): string {
  return `${kind} ${path}`;
}

function byKindAndPath(a: DesiredFact, b: DesiredFact): number {
  return compareText(a.path, b.path) || compareText(a.kind, b.kind);
}

function article(scope: Setting['scope']): string {
  return scope === 'account' ? 'an account' : `a ${scope}`;
}
