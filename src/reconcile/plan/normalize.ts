/**
 * Brings a live document and a desired value to one form before anything is compared: the differ then needs to know
 * nothing of read shapes, sets or keyed lists.
 */
import { holdsSecret } from '../../catalog/secrecy.ts';
import type { ListRule, Setting, Shape } from '../../catalog/setting.ts';
import { isJsonObject, type Json, type JsonObject, stableText, valueAt } from '../../util/json.ts';

const STARS = /^[*\u2022]+$/;

/**
 * The live value of a setting in the form that PATCH takes, or `undefined` when the document lacks it. Absent is
 * neither false nor drift: Zoom leaves out what a plan, a licence or a switched-off parent does not offer.
 */
export function liveValue(setting: Setting, body: JsonObject): Json | undefined {
  for (const { keys, item } of setting.readKeys) {
    const found = valueAt(body, keys);
    // Stars in place of a secret are no value: neither to compare with, nor to send back.
    if (typeof found === 'string' && STARS.test(found) && holdsSecret(setting, setting.path, found)) return undefined;
    if (found !== undefined) return writable(item === undefined ? found : pluck(found, item), setting.declared);
  }
  return undefined;
}

function pluck(list: Json, property: string): Json {
  if (!Array.isArray(list)) return list;
  return list.flatMap((item) => (isJsonObject(item) ? (valueAt(item, [property]) ?? []) : item));
}

/** Drops what GET adds to a value and PATCH does not take: the names of countries, for one. */
function writable(value: Json, shape: Shape): Json {
  if (shape.type === 'array' && Array.isArray(value)) return value.map((item) => writable(item, shape.items));
  if (shape.type !== 'object' || !isJsonObject(value)) return value;
  const known = Object.entries(shape.properties);
  if (known.length === 0) return value;
  return Object.fromEntries(
    known.flatMap(([key, inner]) => (Object.hasOwn(value, key) ? [[key, writable(value[key] as Json, inner)]] : [])),
  );
}

/**
 * The value to send: what the policy says, and for items of a keyed list the live properties that it does not name,
 * because Zoom replaces arrays whole and would lose them.
 */
export function valueToSend(setting: Setting, desired: Json, live: Json | undefined): Json {
  const { key } = setting.list;
  if (key === undefined || !Array.isArray(desired) || !Array.isArray(live)) return desired;
  const liveByKey = itemsByKey(live, key);
  return desired.map((item) => {
    const name = keyOf(item, key);
    const same = name === undefined ? undefined : liveByKey.get(name);
    return isJsonObject(item) && same !== undefined ? { ...same, ...item } : item;
  });
}

/** Both sides in comparable form: equal exactly when nothing needs to change. */
export function comparable(
  setting: Setting,
  desired: Json,
  live: Json,
): { readonly desired: Json; readonly live: Json } {
  if (!Array.isArray(desired) || !Array.isArray(live)) return { desired, live };
  const { list } = setting;
  const wanted = valueToSend(setting, desired, live) as Json[];
  const seen = list.key === undefined ? live : onlyNamed(live, desired, list.key);
  const sent = list.key === undefined ? wanted : onlyNamed(wanted, desired, list.key);
  return { desired: arranged(sent, list), live: arranged(seen, list) };
}

/** Items of a keyed list, cut to the properties that the policy names for that item. */
function onlyNamed(items: readonly Json[], desired: readonly Json[], key: string): Json[] {
  const named = itemsByKey(desired, key);
  return items.map((item) => {
    const name = keyOf(item, key);
    const wanted = name === undefined ? undefined : named.get(name);
    if (wanted === undefined || !isJsonObject(item)) return item;
    return Object.fromEntries(Object.entries(item).filter(([property]) => Object.hasOwn(wanted, property)));
  });
}

function arranged(items: readonly Json[], list: ListRule): Json[] {
  if (list.ordered) return [...items];
  const byText = new Map(items.map((item) => [stableText(item), item]));
  return [...byText.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}

function itemsByKey(items: readonly Json[], key: string): Map<string, JsonObject> {
  const byKey = new Map<string, JsonObject>();
  for (const item of items) {
    const name = keyOf(item, key);
    if (name !== undefined && isJsonObject(item)) byKey.set(name, item);
  }
  return byKey;
}

function keyOf(item: Json, key: string): string | undefined {
  const value = valueAt(item, [key]);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
