/**
 * Lists that Zoom changes item by item. A policy says what should be, by name; here it becomes the verbs that lead there.
 * Items that the policy does not name are left alone, unless the list is exclusive.
 */
import type { ItemList, Setting } from '../../../catalog/setting.ts';
import type { ItemChange, SetChange } from '../../../model/plan.ts';
import type { DesiredFact } from '../../../model/state.ts';
import type { Target } from '../../../model/target.ts';
import { isJsonObject, type Json, type JsonObject, stableText, valueAt } from '../../../util/json.ts';
import { judgeItem } from '../risk.ts';
import { declaredPart, itemsOf, type NamedItem } from './item.ts';

export interface ItemComparison {
  readonly changes: readonly SetChange[];
  /** Items that cannot be as they are wanted, and why. */
  readonly missing: readonly MissingItem[];
}

interface MissingItem {
  readonly reason: 'not-offered' | 'coupled';
  readonly detail: string;
}

/** What one list is compared with. */
interface Comparing {
  readonly target: Target;
  readonly fact: DesiredFact;
  readonly rule: ItemList;
  /** Another item than today's is to be the default. Zoom then removes the mark from today's by itself. */
  readonly movesDefault: boolean;
  readonly displaced: string | undefined;
}

export function compareItems(
  target: Target,
  fact: DesiredFact,
  setting: Setting,
  rule: ItemList,
  body: JsonObject,
): ItemComparison {
  const wanted = itemsOf(fact.value, rule);
  const live = itemsOf(valueAt(body, setting.keys) ?? [], rule);
  const comparing: Comparing = { target, fact, rule, ...defaultsOf(wanted, live) };
  const liveByName = byName(live);
  const parts = wanted.map((item) => compareItem(comparing, item, liveByName.get(item.name)));
  const names = byName(wanted);
  const isUnwanted = (name: string) =>
    !names.has(name) && (fact.exclusive === true || (fact.absent ?? []).includes(name));
  const removals = live.filter(({ name }) => isUnwanted(name)).flatMap((item) => removal(comparing, item));
  return {
    changes: [...parts.flatMap(({ changes }) => changes), ...removals],
    missing: parts.flatMap(({ missing }) => missing),
  };
}

function byName(items: readonly NamedItem[]): ReadonlyMap<string, NamedItem> {
  return new Map(items.map((item) => [item.name, item]));
}

function defaultsOf(
  wanted: readonly NamedItem[],
  live: readonly NamedItem[],
): Pick<Comparing, 'movesDefault' | 'displaced'> {
  const [today, tomorrow] = [byName(live.filter(isDefault)), byName(wanted.filter(isDefault))];
  return {
    movesDefault: [...tomorrow.keys()].some((name) => !today.has(name)),
    displaced: [...today.keys()].find((name) => !tomorrow.has(name)),
  };
}

function isDefault({ body }: NamedItem): boolean {
  return body['default_option'] === true;
}

function compareItem(comparing: Comparing, wanted: NamedItem, found: NamedItem | undefined): ItemComparison {
  const missing = missingFrom(wanted, found, comparing.rule);
  if (missing !== undefined) return { changes: [], missing: [missing] };
  const changes =
    found === undefined
      ? [addition(comparing, wanted)]
      : [...update(comparing, wanted, found), ...showing(comparing, wanted, found)];
  return { changes, missing: [] };
}

function addition(comparing: Comparing, { name, body }: NamedItem): SetChange {
  return changeOf(comparing, { action: 'add', name, ...displacing(comparing, body) }, undefined, body);
}

function update(comparing: Comparing, wanted: NamedItem, found: NamedItem): SetChange[] {
  const { rule, movesDefault } = comparing;
  const was = declaredPart(found.body, rule);
  const will = merged(wanted, found, rule);
  if (!differs(was, will, movesDefault)) return [];
  const item: ItemChange = {
    action: 'update',
    name: wanted.name,
    ...handle(found),
    ...displacing(comparing, will),
  };
  return [changeOf(comparing, item, was, will)];
}

function showing(comparing: Comparing, { name, body }: NamedItem, found: NamedItem): SetChange[] {
  const [was, will] = [found.body['visible'], body['visible']];
  if (!comparing.rule.actions.includes('show') || will === undefined || was === will) return [];
  const item: ItemChange = { action: will === true ? 'show' : 'hide', name, ...handle(found) };
  return [changeOf(comparing, item, was ?? null, will)];
}

/** Removes an item from an exclusive list. Items that cannot be deleted are hidden. */
function removal(comparing: Comparing, item: NamedItem): SetChange[] {
  const { rule } = comparing;
  if (rule.actions.includes('delete')) {
    return [
      changeOf(comparing, { action: 'delete', name: item.name, ...handle(item) }, declaredPart(item.body, rule), null),
    ];
  }
  if (!rule.actions.includes('hide') || item.body['visible'] === false) return [];
  return [changeOf(comparing, { action: 'hide', name: item.name, ...handle(item) }, true, false)];
}

function changeOf({ target, fact }: Comparing, item: ItemChange, before: Json | undefined, after: Json): SetChange {
  const { path, protectedBy, provenance } = fact;
  return {
    kind: 'set',
    target,
    path,
    ...(before === undefined ? {} : { before }),
    after,
    item,
    ...judgeItem({ path, item }),
    ...(protectedBy === undefined ? {} : { protectedBy }),
    provenance,
  };
}

function displacing({ movesDefault, displaced }: Comparing, item: JsonObject): Pick<ItemChange, 'displaces'> {
  return movesDefault && item['default_option'] === true && displaced !== undefined ? { displaces: displaced } : {};
}

/** Why an item cannot be as it is wanted: Zoom's list does not have it, or would refuse it as a whole. */
function missingFrom(wanted: NamedItem, found: NamedItem | undefined, rule: ItemList): MissingItem | undefined {
  const { name } = wanted;
  if (found === undefined && !rule.actions.includes('add')) {
    return { reason: 'not-offered', detail: `"${name}": ${rule.missing}` };
  }
  const { needs } = rule;
  const will = merged(wanted, found, rule);
  if (needs === undefined || will[needs.where.property] !== needs.where.is) return undefined;
  const value = will[needs.property];
  const isEmpty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  if (!isEmpty) return undefined;
  const detail = `"${name}": the ${needs.where.property} ${needs.where.is} needs ${needs.property}`;
  return { reason: 'coupled', detail };
}

/** The wanted item, completed by what the policy does not say of it. */
function merged(wanted: NamedItem, found: NamedItem | undefined, rule: ItemList): JsonObject {
  return { ...(found === undefined ? {} : declaredPart(found.body, rule)), ...declaredPart(wanted.body, rule) };
}

/** When another profile becomes the default, Zoom removes the mark from this one by itself. */
function differs(was: JsonObject, will: JsonObject, movesDefault: boolean): boolean {
  const implied = movesDefault && was['default_option'] === true && will['default_option'] === false;
  const compared = implied ? { ...will, default_option: true } : will;
  return stableText(was) !== stableText(compared);
}

function handle({ body, index }: NamedItem): Pick<ItemChange, 'id' | 'index'> {
  return typeof body['id'] === 'string' ? { id: body['id'], index } : { index };
}

/** Whether the live list is as the change wants it. */
export function itemHolds({ item, after }: SetChange, setting: Setting, rule: ItemList, body: JsonObject): boolean {
  const found = itemsOf(valueAt(body, setting.keys) ?? [], rule).find(({ name }) => name === item?.name)?.body;
  if (after === null) return found === undefined;
  if (found === undefined) return false;
  if (!isJsonObject(after)) return found['visible'] === after;
  return Object.entries(after).every(([name, value]) => stableText(found[name] ?? null) === stableText(value));
}
