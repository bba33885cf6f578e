/**
 * A saved plan against Zoom as it is now. Every field that a plan would send is compared with the value that the plan
 * was made from; what moved in between is named, because a person approved another change than would happen now.
 */
import type { ItemList, Setting } from '../../catalog/setting.ts';
import { isAfterUnlock } from '../../model/after-unlock.ts';
import { type Change, changeName, type Plan, type Step } from '../../model/plan.ts';
import type { ChangeResult } from '../../model/result.ts';
import { isSecret } from '../../model/secret.ts';
import type { SettingPath } from '../../model/setting.ts';
import { targetLabel } from '../../model/target.ts';
import { isJsonObject, type Json, type JsonObject, stableText, valueAt } from '../../util/json.ts';
import { settingOfChange } from '../plan/change.ts';
import { comparable, liveValue } from '../plan/normalize.ts';
import type { Reading, TargetPairs } from '../plan/pair.ts';
import { narrowStep } from '../plan/patch.ts';

/** One field that is no longer what the plan was made from, or that cannot be read any more. */
export interface Stale {
  readonly step: Step;
  readonly path: SettingPath;
  /** The path, and of a list the item. */
  readonly name: string;
  /** Absent when Zoom did not list it. */
  readonly was?: Json;
  readonly now: Reading;
}

/**
 * @param steps those of one target
 * @param pairs the target, with every document that the steps patch as it was observed now
 */
export function staleFields(steps: readonly Step[], pairs: TargetPairs): readonly Stale[] {
  return steps.flatMap((step) => {
    const [first] = step.changes;
    const body = first === undefined ? undefined : pairs.body(settingOfChange(first));
    return body === undefined ? unread(step, pairs) : staleIn(step, body);
  });
}

/** What cannot be read may have moved: it is not absent. */
function unread(step: Step, pairs: TargetPairs): Stale[] {
  return step.changes.map((change) => staleChange(step, change, pairs.reading(settingOfChange(change))));
}

function staleIn(step: Step, body: JsonObject): Stale[] {
  const changed = step.changes.flatMap((change) => {
    const setting = settingOfChange(change);
    if (setting.items !== undefined) return staleItem(step, change, setting.items, valueAt(body, setting.keys));
    const now = liveValue(setting, body);
    // A secret's old value is not in the plan, so there is nothing to compare with.
    if (isSecret(change.before) || (change.before === undefined && isSecret(change.after))) return [];
    return same(change, setting, now) ? [] : [staleChange(step, change, readingOf(now))];
  });
  return [...changed, ...staleSiblings(step, body)];
}

/** An item that came, went or changed since the plan was made. */
function staleItem(step: Step, change: Change, { key }: ItemList, list: Json | undefined): Stale[] {
  if (change.kind !== 'set' || change.item === undefined) return [];
  const { name, id } = change.item;
  const now = (Array.isArray(list) ? list : []).find((item) => valueAt(item, [key]) === name);
  const gone =
    change.before === undefined
      ? now !== undefined
      : now === undefined || (id !== undefined && valueAt(now, ['id']) !== id);
  const { before } = change;
  const moved =
    isJsonObject(before) &&
    Object.entries(before).some(
      ([property, was]) =>
        stableText(now === undefined ? null : (valueAt(now, [property]) ?? null)) !== stableText(was),
    );
  return gone || moved ? [staleChange(step, change, readingOf(now))] : [];
}

/** What travels along with a changed object would be set back to what it was when the plan was made. */
function staleSiblings(step: Step, body: JsonObject): Stale[] {
  const changed = new Set(step.changes.map((change) => settingOfChange(change).path));
  const [first] = step.changes;
  if (first === undefined || settingOfChange(first).items !== undefined) return [];
  return settingOfChange(first).document.settings.flatMap((setting) => {
    const { path, keys } = setting;
    const sent = valueAt(step.request.body, keys);
    if (sent === undefined || changed.has(path) || isSecret(sent) || isAfterUnlock(sent)) return [];
    const now = liveValue(setting, body);
    const isSame = now !== undefined && stableText(now) === stableText(sent);
    return isSame ? [] : [{ step, path, name: path, was: sent, now: readingOf(now) }];
  });
}

function same({ before }: Change, setting: Setting, now: Json | undefined): boolean {
  if (now === undefined || before === undefined) return now === before;
  const both = comparable(setting, before, now);
  return stableText(both.desired) === stableText(both.live);
}

function staleChange(step: Step, change: Change, now: Reading): Stale {
  const { path, before } = change;
  return { step, path, name: changeName(change), ...(before === undefined ? {} : { was: before }), now };
}

function readingOf(value: Json | undefined): Reading {
  return value === undefined ? { state: 'absent' } : { state: 'read', value };
}

export function describeStale({ step, name, was, now }: Stale): string {
  const before = `${targetLabel(step.target)} ${name}: was ${was === undefined ? 'absent' : shown(was)} for the plan`;
  switch (now.state) {
    case 'read':
      return `${before}, is ${shown(now.value)} now`;
    case 'absent':
      return `${before}, is absent now`;
    case 'unreadable':
      return `${before}, cannot be read now: ${now.reason}`;
    case 'unobserved':
      return `${before}, was not read now`;
  }
}

/** Whether Zoom holds something else, as opposed to not being readable. */
export function hasMoved({ now }: Stale): boolean {
  return now.state === 'read' || now.state === 'absent';
}

function shown(value: Json): string {
  return isSecret(value) ? 'a secret' : JSON.stringify(value);
}

/** A plan of which something was left out. */
export interface Narrowed {
  readonly plan: Plan;
  readonly dropped: readonly ChangeResult[];
}

/**
 * The plan without what went stale, for `--partial`: a moved sibling takes every change of its object with it, since
 * the object would go whole.
 */
export function withoutStale(plan: Plan, stale: readonly Stale[]): Narrowed {
  const byStep = new Map<Step, Map<string, Stale>>();
  for (const entry of stale) {
    const objects = byStep.get(entry.step) ?? new Map<string, Stale>();
    if (!objects.has(objectOf(entry.path))) objects.set(objectOf(entry.path), entry);
    byStep.set(entry.step, objects);
  }
  const dropped: ChangeResult[] = [];
  const waves = plan.waves.map((wave) =>
    wave.flatMap((step) => {
      const objects = byStep.get(step);
      if (objects === undefined) return [step];
      const keep = step.changes.filter((change) => {
        const cause = objects.get(objectOf(change.path));
        if (cause !== undefined) dropped.push(leftOut(change, step, cause));
        return cause === undefined;
      });
      return keep.length === 0 ? [] : [narrowStep(step, keep)];
    }),
  );
  return { plan: { ...plan, waves: waves.filter((wave) => wave.length > 0) }, dropped };
}

function leftOut(change: Change, { id }: Step, cause: Stale): ChangeResult {
  const because = cause.now.state === 'unreadable' ? `it cannot be read now: ${cause.now.reason}` : MOVED;
  return { status: 'notAttempted', change, step: id, because };
}

const MOVED = 'Zoom has moved since the plan was made';

/** `a.b` of `a.b.c`: a leaf of a section stands for itself. */
function objectOf(path: SettingPath): string {
  return path.split('.').slice(0, 2).join('.');
}
