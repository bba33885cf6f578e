/** What a setting has and what it should have, as parts that every format shows in its own layout. */
import type { Check } from '../../model/check.ts';
import type { Blocked, Change, SetChange } from '../../model/plan.ts';
import { isJsonObject, type Json, type JsonObject, stableText } from '../../util/json.ts';
import type { Purpose } from './direction.ts';
import { valuePart } from './value.ts';
import type { Part } from './words.ts';

/**
 * - pair: what Zoom has, and what is wanted
 * - list: the same of two lists, by the items that differ
 * - same: both are equal, and the change or the check is about that value
 * - wanted: what Zoom has was not read
 */
export type Values =
  | { readonly form: 'pair'; readonly before: Part; readonly after: Part }
  | ListValues
  | { readonly form: 'same'; readonly after: Part }
  | { readonly form: 'wanted'; readonly after: Part };

export interface ListValues {
  readonly form: 'list';
  readonly before: Part;
  readonly after: Part;
  readonly removed: readonly Part[];
  readonly added: readonly Part[];
}

/** Locks have words instead of true and false. */
function lockPart(value: Json | undefined): Part {
  return typeof value === 'boolean' ? (value ? 'locked' : 'unlocked') : valuePart(value);
}

export function partOf(kind: Change['kind'], value: Json | undefined): Part {
  return kind === 'set' ? valuePart(value) : lockPart(value);
}

export function changeValues(purpose: Purpose, change: Change): Values {
  const { kind, before, after, heldBy } = change;
  if (heldBy !== undefined) return { form: 'same', after: partOf(kind, after) };
  if (kind !== 'set') return { form: 'pair', before: lockPart(before), after: lockPart(after) };
  if (removesItem(change))
    return { form: 'pair', before: valuePart(before), after: purpose === 'drift' ? 'no such item' : 'removed' };
  const lists = listChanges(before, after);
  if (lists !== undefined) return { form: 'list', before: valuePart(before), after: valuePart(after), ...lists };
  const [from, to] = differingParts(change);
  return { form: 'pair', before: valuePart(from), after: valuePart(to) };
}

export function removesItem(change: Change): boolean {
  return change.kind === 'set' && change.item !== undefined && change.after === null;
}

/** Only a key that Zoom does not list is absent. What could not be read is unknown. */
export function blockedValues({ kind, before, after: wanted, reason }: Blocked): Values {
  const after = partOf(kind, kind === 'set' ? wanted : kind === 'lock');
  if (before === undefined && reason !== 'not-offered') return { form: 'wanted', after };
  if (stableText(before ?? null) === stableText(wanted)) return { form: 'same', after };
  return { form: 'pair', before: partOf(kind, before), after };
}

export function checkValues({ kind, wanted, found, status }: Check): Values {
  const after = partOf(kind, wanted);
  if (found === undefined && status !== 'fail') return { form: 'wanted', after };
  if (found !== undefined && stableText(found) === stableText(wanted)) return { form: 'same', after };
  return { form: 'pair', before: partOf(kind, found), after };
}

/** Only the properties of an item that differ: the others would hide them. */
function differingParts({ item, before, after }: SetChange): [Json | undefined, Json] {
  if (item === undefined || !isJsonObject(before) || !isJsonObject(after)) return [before, after];
  const names = Object.keys(after).filter(
    (name) => stableText(before[name] ?? null) !== stableText(after[name] ?? null),
  );
  const pick = (from: JsonObject) => Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
  return [pick(before), pick(after)];
}

/** The items that are removed and added, if both values are lists and do not only differ in order. */
function listChanges(before: Json | undefined, after: Json): { removed: Part[]; added: Part[] } | undefined {
  if (!Array.isArray(before) || !Array.isArray(after)) return undefined;
  const had = new Set(before.map(stableText));
  const has = new Set(after.map(stableText));
  const removed = before.filter((item) => !has.has(stableText(item)));
  const added = after.filter((item) => !had.has(stableText(item)));
  if (removed.length + added.length === 0) return undefined;
  return { removed: removed.map(valuePart), added: added.map(valuePart) };
}
