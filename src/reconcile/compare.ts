/**
 * One target: what its policies want against what Zoom answers. Every fact becomes nothing (equal), a change, or a
 * blocked change with its reason.
 */
import { assumedFact, factAt, frozenBy, gatesOf, type Setting, secretSettings } from '../catalog/catalog.ts';
import { compareText } from '../model/compare-text.ts';
import type { Json } from '../model/json.ts';
import type { Blocked, BlockReason, Change, Warning } from '../model/plan.ts';
import { isSecret, reveal, type Secrets, secret } from '../model/secret.ts';
import { documentKey } from '../model/setting.ts';
import type { DesiredFact, DesiredTarget, LiveTarget } from '../model/state.ts';
import { targetLabel } from '../model/target.ts';
import { differingFacts } from './diff.ts';
import { compareItems, type ItemComparison } from './items.ts';
import { comparable, liveValue, valueToSend } from './project.ts';
import { blockedFacts } from './targets.ts';

export interface Comparison {
  readonly changes: readonly Change[];
  readonly blocked: readonly Blocked[];
  readonly warnings: readonly Warning[];
}

/** How one fact stands before it is known whether it differs. */
type Standing =
  | { readonly state: 'comparable'; readonly live: Json }
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

/** The catalogue's fact, or what is assumed of one that `--allow-unknown` let in. */
export function settingOf(scope: Setting['scope'], fact: Pick<DesiredFact, 'kind' | 'path'>): Setting {
  return factAt(scope, fact.kind, fact.path) ?? assumedFact(scope, fact.kind, fact.path);
}

/**
 * @param secrets values of the policy's secrets; needed to compare, never part of the result
 * @param held the lock above that this run takes off a fact (see `Change.heldBy`)
 */
export function compareTarget(
  desired: DesiredTarget,
  live: LiveTarget,
  secrets: Secrets,
  held: (fact: DesiredFact) => string | undefined = () => undefined,
): Comparison {
  const { target } = desired;
  if (live.state === 'missing') {
    return { changes: [], blocked: blockedFacts(target, desired.facts, live.reason), warnings: [] };
  }
  const examined = [...desired.facts].sort(byKindAndPath).map((fact): Examined => {
    const setting = settingOf(target.scope, fact);
    return { fact, setting, standing: examine(fact, setting, desired, live) };
  });
  const differing = differingOf(examined, secrets);
  const changes = examined.flatMap(({ fact, setting, standing }): Change[] => {
    if (standing.state === 'items') return [...standing.found.changes];
    if (standing.state === 'appears') return [changeFor(target, fact, setting, undefined)];
    if (standing.state !== 'comparable') return [];
    if (differing.has(factName(fact))) return [changeFor(target, fact, setting, standing.live)];
    const heldBy = held(fact);
    return heldBy === undefined ? [] : [{ ...changeFor(target, fact, setting, standing.live), heldBy }];
  });
  const blocked = examined.flatMap(({ fact, standing }): Blocked[] => {
    if (standing.state === 'blocked') return [blockedFact(desired, fact, standing)];
    if (standing.state !== 'items') return [];
    return standing.found.missing.map(({ detail }) =>
      blockedFact(desired, fact, { state: 'blocked', reason: 'not-offered', detail }),
    );
  });
  const warnings = examined.flatMap(({ fact, standing }): Warning[] =>
    standing.state === 'inert'
      ? [{ message: `${targetLabel(target)} ${fact.path}: ${standing.message}`, provenance: fact.provenance }]
      : [],
  );
  return { changes, blocked, warnings };
}

function differingOf(examined: readonly Examined[], secrets: Secrets): ReadonlySet<string> {
  const liveSide = new Map<string, Json>();
  const desiredSide = new Map<string, Json>();
  for (const { fact, setting, standing } of examined) {
    if (standing.state !== 'comparable') continue;
    const both = comparable(setting, reveal(fact.value, secrets), standing.live);
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
  if (found !== undefined) return { state: 'comparable', live: found };
  return fact.kind === 'lock'
    ? notOffered('Zoom lists no such lock here')
    : absentSetting(fact, setting, desired, live);
}

/** Zoom leaves out what lies behind a switch that is off: the policy may be about to turn that switch on. */
function absentSetting(
  fact: DesiredFact,
  setting: Setting,
  desired: DesiredTarget,
  live: LiveTarget & { state: 'found' },
): Standing {
  let opened = false;
  for (const gate of gatesOf(setting.scope, setting.path)) {
    const wanted = desired.facts.find(({ kind, path }) => kind === 'set' && path === gate)?.value;
    const now = liveGate(setting.scope, gate, live);
    if (wanted === false) return { state: 'inert', message: `has no effect while this policy turns ${gate} off` };
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
  if (setting.secret || isSecret(fact.value)) {
    return { state: 'inert', message: 'Zoom does not return this secret, so it is neither compared nor sent' };
  }
  return notOffered("Zoom's answer has no such key; the plan or licence does not seem to offer it");
}

function liveGate(scope: Setting['scope'], gate: string, live: LiveTarget & { state: 'found' }): Json | undefined {
  const setting = factAt(scope, 'set', gate);
  const document = setting && live.documents.get(documentKey(setting.document.ref));
  return document?.state === 'read' && setting !== undefined ? liveValue(setting, document.body) : undefined;
}

function notOffered(detail: string): Standing {
  return { state: 'blocked', reason: 'not-offered', detail };
}

function changeFor(target: Change['target'], fact: DesiredFact, setting: Setting, live: Json | undefined): Change {
  const { path, provenance } = fact;
  if (fact.kind === 'lock') {
    const level = target.scope === 'account' ? 'account' : 'group';
    const after = fact.value === true;
    const kind = after ? 'lock' : 'unlock';
    return { kind, target, path, ...before(live), after, freezes: frozenBy(level, path), provenance };
  }
  const hidden = setting.secret || isSecret(fact.value);
  if (!hidden)
    return { kind: 'set', target, path, ...before(live), after: valueToSend(setting, fact.value, live), provenance };
  const was = live === undefined ? undefined : liveSecret(targetLabel(target), path);
  return { kind: 'set', target, path, ...before(was), after: fact.value, provenance };
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
