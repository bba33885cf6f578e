/**
 * Lists whose items Zoom is told about one by one: sign-in profiles, chat etiquette policies, meeting templates. A policy says what should be, by name; here it
 * becomes the verbs that lead there. Items that the policy does not name are left alone, unless the list is exclusive.
 */
import type { ItemList, Setting } from '../catalog/catalog.ts';
import { isJsonObject, type Json, type JsonObject, stableText, valueAt, withValueAt } from '../model/json.ts';
import type { ItemChange, Operation, SetChange } from '../model/plan.ts';
import type { DesiredFact } from '../model/state.ts';
import type { Target } from '../model/target.ts';

export interface ItemComparison {
  readonly changes: readonly SetChange[];
  /** Items that this scope cannot make, and why. */
  readonly missing: readonly { readonly name: string; readonly detail: string }[];
}

interface LiveItem {
  readonly name: string;
  readonly body: JsonObject;
  readonly index: number;
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
  const liveByName = new Map(live.map((item) => [item.name, item]));
  const movesDefault = wanted.some(
    ({ name, body: item }) => item['default_option'] === true && liveByName.get(name)?.body['default_option'] !== true,
  );
  const can = (action: ItemChange['action']) => rule.actions.includes(action);
  const displaced = live.find(
    ({ name, body: item }) => item['default_option'] === true && !isWantedDefault(name, wanted),
  )?.name;
  const displacing = (item: JsonObject): Pick<ItemChange, 'displaces'> =>
    movesDefault && item['default_option'] === true && displaced !== undefined ? { displaces: displaced } : {};
  const missing: ItemComparison['missing'][number][] = [];
  const changes: SetChange[] = [];
  const change = (item: ItemChange, before: Json | undefined, after: Json) =>
    changes.push({
      kind: 'set',
      target,
      path: fact.path,
      ...(before === undefined ? {} : { before }),
      after,
      item,
      provenance: fact.provenance,
    });
  for (const { name, body: item } of wanted) {
    const found = liveByName.get(name);
    if (found === undefined && can('add')) change({ action: 'add', name, ...displacing(item) }, undefined, item);
    else if (found === undefined) missing.push({ name, detail: `"${name}": ${rule.missing}` });
    else {
      const was = known(found.body, rule);
      const will = { ...was, ...known(item, rule) };
      if (differs(was, will, movesDefault))
        change({ action: 'update', name, ...handle(found), ...displacing(will) }, was, will);
      const visible = item['visible'];
      if (can('show') && visible !== undefined && found.body['visible'] !== visible) {
        change(
          { action: visible === true ? 'show' : 'hide', name, ...handle(found) },
          found.body['visible'] ?? null,
          visible,
        );
      }
    }
  }
  const names = new Set(wanted.map(({ name }) => name));
  const goes = (name: string) => !names.has(name) && (fact.exclusive === true || (fact.absent ?? []).includes(name));
  for (const item of live.filter(({ name }) => goes(name))) {
    if (can('delete')) change({ action: 'delete', name: item.name, ...handle(item) }, known(item.body, rule), null);
    else if (can('hide') && item.body['visible'] !== false)
      change({ action: 'hide', name: item.name, ...handle(item) }, true, false);
  }
  return { changes, missing };
}

function isWantedDefault(name: string, wanted: readonly LiveItem[]): boolean {
  return wanted.some((item) => item.name === name && item.body['default_option'] === true);
}

/** When another profile becomes the default, Zoom takes the mark off this one by itself. */
function differs(was: JsonObject, will: JsonObject, movesDefault: boolean): boolean {
  const implied = movesDefault && was['default_option'] === true && will['default_option'] === false;
  const compared = implied ? { ...will, default_option: true } : will;
  return stableText(was) !== stableText(compared);
}

function itemsOf(list: Json, { key }: ItemList): LiveItem[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((body, index) => {
    const name = valueAt(body, [key]);
    return isJsonObject(body) && typeof name === 'string' ? [{ name, body, index }] : [];
  });
}

function known(item: JsonObject, { key, content }: ItemList): JsonObject {
  return Object.fromEntries(
    Object.entries(item).filter(([property]) => property === key || content.includes(property)),
  );
}

function handle({ body, index }: LiveItem): Pick<ItemChange, 'id' | 'index'> {
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

/** The body of the one request that makes the change. Items that exist are found by id. */
export function itemBody({ item, after }: SetChange, { keys }: Setting, { told, key }: ItemList): JsonObject {
  if (item === undefined) throw new Error('not a change of an item');
  const { action, id, name } = item;
  const content = isJsonObject(after) && (action === 'add' || action === 'update') ? after : {};
  const handle: JsonObject = id === undefined ? {} : { id };
  // Profiles are named in every request, for whoever reads a log; the other lists take no more than they need.
  if ('object' in told) return { [told.object]: { action, ...handle, ...content, [key]: name } };
  const { [key]: _, ...rest } = content;
  const single = action === 'add' ? { [key]: name, ...rest } : { ...handle, ...rest };
  const list = withValueAt({}, keys, [single]);
  const word = told.word === undefined ? undefined : told.words[action];
  if (word === undefined || told.word === undefined) return list;
  const [section = '', ...inner] = keys.slice(0, -1);
  return withValueAt(list, [section, ...inner, told.word], word);
}

/**
 * The order of verbs on one list: the profile that becomes the default first, so that there is one at every moment;
 * what goes, last.
 */
export function itemTurn({ item, after }: SetChange): number {
  switch (item?.action) {
    case undefined:
      return 0;
    case 'add':
    case 'update':
      return isJsonObject(after) && after['default_option'] === true ? 1 : 2;
    case 'show':
      return 3;
    case 'hide':
    case 'delete':
      return 4;
  }
}

export function itemOperations(change: SetChange, setting: Setting): { patch: Operation[]; inverse: Operation[] } {
  const { item, before, after } = change;
  const list = `/${setting.keys.join('/')}`;
  const at = `${list}/${item?.index ?? '-'}`;
  const place = item?.action === 'show' || item?.action === 'hide' ? `${at}/visible` : at;
  if (before === undefined) return { patch: [{ op: 'add', path: `${list}/-`, value: after }], inverse: [] };
  const test: Operation = {
    op: 'test',
    path: `${place}${isJsonObject(before) ? '/name' : ''}`,
    value: isJsonObject(before) ? (before['name'] ?? null) : before,
  };
  if (after === null)
    return { patch: [test, { op: 'remove', path: at }], inverse: [{ op: 'add', path: at, value: before }] };
  return {
    patch: [test, { op: 'replace', path: place, value: after }],
    inverse: [{ op: 'replace', path: place, value: before }],
  };
}
