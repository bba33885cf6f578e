/**
 * A saved plan against Zoom as it is now. Every field that a plan would send is compared with the value that the plan
 * was made from; what moved in between is named, because a person approved another change than would happen now.
 */
import type { ItemList } from '../../catalog/setting.ts';
import { isAfterUnlock } from '../../model/after-unlock.ts';
import { type Change, changeName, type Plan, type Step } from '../../model/plan.ts';
import { isSecret } from '../../model/secret.ts';
import { documentKey } from '../../model/setting.ts';
import type { LiveTarget } from '../../model/state.ts';
import { type Target, targetLabel } from '../../model/target.ts';
import { isJsonObject, type Json, type JsonObject, stableText, valueAt } from '../../util/json.ts';
import { settingOfChange } from '../plan/change.ts';
import { comparable, liveValue } from '../plan/normalize.ts';
import { narrowStep } from '../plan/patch.ts';

/** One field that is no longer what the plan was made from. Absent values are absent keys. */
export interface Stale {
  readonly step: string;
  readonly target: Target;
  readonly path: string;
  readonly was?: Json;
  readonly is?: Json;
}

/** @param live every document that the plan patches, as observed now, by `targetLabel` */
export function staleFields(plan: Plan, live: ReadonlyMap<string, LiveTarget>): readonly Stale[] {
  return plan.waves.flat().flatMap((step) => {
    const found = live.get(targetLabel(step.target));
    const document = found?.state === 'found' ? found.documents.get(documentKey(step.request.document)) : undefined;
    return document?.state === 'read'
      ? staleIn(step, document.body)
      : step.changes.map((change) => staleOf(step, change.path, change.before, undefined));
  });
}

function staleIn(step: Step, body: JsonObject): Stale[] {
  const changed = step.changes.flatMap((change) => {
    const setting = settingOfChange(change);
    if (setting.items !== undefined) return staleItem(step, change, setting.items, valueAt(body, setting.keys));
    const now = liveValue(setting, body);
    // A secret's old value is not in the plan, so there is nothing to compare with.
    if (isSecret(change.before) || (change.before === undefined && isSecret(change.after))) return [];
    return same(change, now) ? [] : [staleOf(step, change.path, change.before, now)];
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
  return gone || moved ? [staleOf(step, changeName(change), change.before, now)] : [];
}

/** What travels along with a changed object would be set back to what it was when the plan was made. */
function staleSiblings(step: Step, body: JsonObject): Stale[] {
  const changed = new Set(step.changes.map((change) => settingOfChange(change).path));
  const [first] = step.changes;
  if (first === undefined || settingOfChange(first).items !== undefined) return [];
  return settingOfChange(first).document.settings.flatMap((setting) => {
    const sent = valueAt(step.request.body, setting.keys);
    if (sent === undefined || changed.has(setting.path) || isSecret(sent) || isAfterUnlock(sent)) return [];
    const now = liveValue(setting, body);
    return now !== undefined && stableText(now) === stableText(sent) ? [] : [staleOf(step, setting.path, sent, now)];
  });
}

function same(change: Change, now: Json | undefined): boolean {
  if (now === undefined || change.before === undefined) return now === change.before;
  const both = comparable(settingOfChange(change), change.before, now);
  return stableText(both.desired) === stableText(both.live);
}

function staleOf(step: Step, path: string, was: Json | undefined, is: Json | undefined): Stale {
  const { id, target } = step;
  return { step: id, target, path, ...(was === undefined ? {} : { was }), ...(is === undefined ? {} : { is }) };
}

/**
 * The plan without what went stale, for `--partial`: a moved sibling takes every change of its object with it, since
 * the object would go whole.
 */
export function withoutStale(plan: Plan, stale: readonly Stale[]): Plan {
  const waves = plan.waves.map((wave) =>
    wave.flatMap((step) => {
      const moved = stale.filter((entry) => entry.step === step.id).map(({ path }) => objectOf(path));
      const keep = step.changes.filter(({ path }) => !moved.includes(objectOf(path)));
      if (keep.length === step.changes.length) return [step];
      return keep.length === 0 ? [] : [narrowStep(step, keep)];
    }),
  );
  return { ...plan, waves: waves.filter((wave) => wave.length > 0) };
}

/** `a.b` of `a.b.c`: a leaf of a section stands for itself. */
function objectOf(path: string): string {
  return path.split('.').slice(0, 2).join('.');
}
