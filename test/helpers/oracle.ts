/** Judges what a run left behind, by the sandbox's own log and state and none of what lockstep believes. */
import { aliasesOf } from '../../src/catalog/alias.ts';
import { lockOf, pathAt } from '../../src/catalog/levels.ts';
import { factAt, locksOf, settingsOf } from '../../src/catalog/lookup.ts';
import { documentKey } from '../../src/model/setting.ts';
import { type Scope, targetLabel } from '../../src/model/target.ts';
import { loadPolicies } from '../../src/policy/load.ts';
import { resolveTargets } from '../../src/reconcile/plan/targets.ts';
import { holdOn, isPinned } from '../../src/sandbox/above.ts';
import type { LoggedRequest, SandboxState } from '../../src/sandbox/index.ts';
import { readDocument } from '../../src/sandbox/read.ts';
import { findHolder, type Holder } from '../../src/sandbox/targets.ts';
import { isJsonObject, type Json, type JsonObject, stableText, valueAt } from '../../src/util/json.ts';
import { OWN } from './account.ts';

/** Documents by target (`account`, `group:NAME`, `user:EMAIL`) and document key. */
export type Organised = Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;

interface Holding extends Holder {
  readonly label: string;
}

function holdersOf(state: SandboxState): Holding[] {
  const at = (scope: Scope, id: string, label: string) => {
    const holder = findHolder(state, scope, id);
    return holder === undefined ? [] : [{ ...holder, label }];
  };
  return [
    ...at('account', state.account.id, 'account'),
    ...state.groups.flatMap(({ id, name }) => at('group', id, `group:${name}`)),
    ...state.users.flatMap(({ id, email }) => at('user', id, `user:${email}`)),
  ];
}

/** What is stored, with whatever a lock above hides. */
export function stored(state: SandboxState): Organised {
  return Object.fromEntries(holdersOf(state).map(({ label, documents }) => [label, sameIds(documents)]));
}

/** What GET answers. */
export function shown(state: SandboxState): Organised {
  return Object.fromEntries(
    holdersOf(state).map((holder) => [
      holder.label,
      sameIds(
        Object.fromEntries(
          Object.keys(holder.documents).map((key) => [key, readDocument(state, holder, key, 'returned') ?? {}]),
        ),
      ),
    ]),
  );
}

/** Ids that the sandbox makes up are made alike. */
function sameIds(documents: Readonly<Record<string, JsonObject>>): Record<string, JsonObject> {
  return JSON.parse(JSON.stringify(documents), (key, value: unknown) =>
    key === 'id' && typeof value === 'string' && /^[\w-]{22}$/.test(value) ? 'made-up' : value,
  ) as Record<string, JsonObject>;
}

/** Every leaf with its place. Items that have a name are told apart by it; any other list is one leaf. */
export function leavesOf(value: Json, at: string): [string, Json][] {
  if (isJsonObject(value)) return Object.entries(value).flatMap(([key, child]) => leavesOf(child, `${at} > ${key}`));
  if (Array.isArray(value) && value.some((item) => isJsonObject(item) && typeof item['name'] === 'string')) {
    return value.flatMap((item) => leavesOf(item, `${at} > [${String(valueAt(item, ['name']))}]`));
  }
  return [[at, value]];
}

/** Where `leavesOf` may have a setting or a lock of a target. */
export function placesOf(label: string, { kind, path }: Pick<ChangeLike, 'kind' | 'path'>): readonly string[] {
  const setting = factAt(scopeOf(label), kind, path);
  if (setting === undefined) throw new Error(`${label} has no ${kind} ${path}`);
  const { document, readKeys } = setting;
  return readKeys.map(({ keys }) => ['', label, documentKey(document.ref), ...keys].join(' > '));
}

/** Leaves that hold neither what they held at the start nor what the run was to put there. */
export function strayLeaves(now: Organised, start: Organised, goal: Organised): string[] {
  const allowed = new Set(
    [start, goal].flatMap((side) => leavesOf(side as JsonObject, '').map((leaf) => stableText(leaf))),
  );
  return leavesOf(now as JsonObject, '').flatMap((leaf) =>
    allowed.has(stableText(leaf)) ? [] : [`touched: ${leaf[0]} is ${JSON.stringify(leaf[1])}`],
  );
}

/** The value that a change is about, in any state; an item's without what Zoom or the place of its list adds. */
export function valueIn(side: Organised, label: string, change: ChangeLike): Json | undefined {
  const scope = scopeOf(label);
  const setting = (change.kind === 'set' ? settingsOf(scope) : locksOf(scope)).get(change.path);
  const document = setting && side[label]?.[documentKey(setting.document.ref)];
  if (setting === undefined || document === undefined) return undefined;
  const value = setting.readKeys.map(({ keys }) => valueAt(document, keys)).find((found) => found !== undefined);
  const { item } = change;
  if (item === undefined || !Array.isArray(value)) return value;
  return value.find((entry) => valueAt(entry, ['name']) === item.name);
}

/** Whether a change, or a managed setting, has the same value on both sides. */
export function isSame(one: Organised, other: Organised, label: string, change: ChangeLike): boolean {
  return stableText(valueIn(one, label, change)) === stableText(valueIn(other, label, change));
}

/** Whether a lock above hides what is stored: what reads there is the value of the level that locks. */
export function isHeldAbove(state: SandboxState, label: string, { kind, path }: ChangeLike): boolean {
  const holder = holdersOf(state).find((candidate) => candidate.label === label);
  const setting = factAt(scopeOf(label), kind, path);
  if (holder === undefined || setting === undefined) return false;
  return kind === 'set' ? holdOn(state, holder, setting) !== undefined : isPinned(state, setting);
}

export interface ChangeLike {
  readonly kind: 'set' | 'lock' | 'unlock';
  readonly path: string;
  readonly item?: { readonly name: string };
}

export function scopeOf(label: string): Scope {
  return label.startsWith('group:') ? 'group' : label.startsWith('user:') ? 'user' : 'account';
}

/** A managed setting of one target. */
export interface Managed {
  readonly label: string;
  readonly path: string;
}

/** Every setting that `policy.yaml` in a folder names, group by group. */
export async function managedBy(cwd: string, { groups }: SandboxState): Promise<Managed[]> {
  const options = { cwd, env: {}, allowUnknown: false, secrets: 'named', packs: '' } as const;
  const { desired } = await loadPolicies(['policy.yaml'], options);
  return resolveTargets(desired, groups, OWN.id).targets.flatMap(({ target, facts }) =>
    facts.flatMap(({ kind, path }) => (kind === 'set' ? [{ label: targetLabel(target), path }] : [])),
  );
}

/** The state when a request came in: what was committed while `before` requests had been logged. */
export interface Moment {
  readonly logged: number;
  readonly state: SandboxState;
}

/**
 * Locks that were sent before what they freeze was right, at their own level and below.
 * @param isRight judges the state that a lock came upon
 */
export function earlyLocks(
  log: readonly LoggedRequest[],
  moments: readonly Moment[],
  managed: readonly Managed[],
  isRight: (state: SandboxState, setting: Managed) => boolean,
): string[] {
  return log.flatMap(({ method, path, query, target, body }, index) => {
    if (method !== 'PATCH' || !path.endsWith('/lock_settings') || target === undefined || !isJsonObject(body))
      return [];
    const key = documentKey({ endpoint: 'lock_settings', query });
    const level = scopeOf(target) === 'group' ? 'group' : 'account';
    const keys = [...locksOf(level).values()].filter(
      (lock) => documentKey(lock.document.ref) === key && valueAt(body, lock.keys) === true,
    );
    const state = moments.findLast(({ logged }) => logged <= index)?.state;
    if (keys.length === 0 || state === undefined) return [];
    const members = membersOf(state);
    return managed.flatMap(({ label, path: frozen }) => {
      const below = level === 'account' || label === target || (members.get(label) ?? []).includes(target);
      const lock = keys.find(({ path: name }) => below && locksOver(level, scopeOf(label), frozen).includes(name));
      return lock === undefined || isRight(state, { label, path: frozen })
        ? []
        : [`locked early: ${target} ${lock.path}, while ${label} ${frozen} was not right`];
    });
  });
}

function membersOf({ users, groups }: SandboxState): ReadonlyMap<string, readonly string[]> {
  const names = new Map(groups.map(({ id, name }) => [id, `group:${name}`]));
  return new Map(users.map(({ email, groupIds }) => [`user:${email}`, groupIds.flatMap((id) => names.get(id) ?? [])]));
}

function locksOver(level: 'account' | 'group', scope: Scope, path: string): string[] {
  const here = [path, ...aliasesOf(scope, path).map((alias) => alias.path)].map((name) => pathAt(level, name));
  const there = here.flatMap((name) => [name, ...aliasesOf(level, name).map((alias) => alias.path)]);
  return there.flatMap((name) => lockOf(level, name)?.path ?? []);
}

/** Whether something else than the change itself could have moved its value: the knob has another name. */
export function hasOtherName(label: string, { path }: ChangeLike): boolean {
  return aliasesOf(scopeOf(label), path).length > 0;
}
