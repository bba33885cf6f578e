/** Reads lists that Zoom changes item by item. */
import type { ItemList, Setting } from '../catalog/setting.ts';
import type { DesiredFact } from '../model/state.ts';
import { valueAt } from '../util/json.ts';
import type { FileContext } from './context.ts';
import { factsOfValue, ON_OR_OFF } from './leaf.ts';
import { lockOfLeaf } from './locked-tag.ts';
import { quoted } from './phrases.ts';
import type { Place } from './place.ts';
import type { Entry } from './tree.ts';
import { readValue } from './value.ts';

/** A plain list manages the items that it names; `{ exclusive: true, items: [...] }` manages the whole list. */
export function factsOfItems(place: Place, entry: Entry, setting: Setting, rule: ItemList): DesiredFact[] {
  const { context } = place;
  const { value } = entry;
  if (value.kind !== 'map' || value.tag === 'env')
    return checkNames(context, factsOfValue(place, entry, setting.path, setting), rule);
  const parts = new Map(value.entries.map((part) => [part.key, part]));
  const items = parts.get('items');
  for (const { key, spot } of value.entries) {
    if (key === 'exclusive' || key === 'items') continue;
    context.error(
      spot,
      `unknown key ${quoted(key)}; write a list of items, or \`exclusive: true\` and \`items\` with the list`,
    );
  }
  if (items === undefined) {
    context.error(entry.spot, `${quoted(setting.path)} has no \`items\``);
    return [];
  }
  const flag = parts.get('exclusive');
  if (flag?.value.tag !== undefined) {
    context.error(flag.spot, '`exclusive` must be true or false, without a tag');
    return [];
  }
  const exclusive = flag === undefined ? false : readValue(context, flag, `${setting.path}.exclusive`, ON_OR_OFF);
  const lock = value.tag === 'locked' ? lockOfLeaf(place, entry, setting.path) : [];
  const facts = checkNames(context, factsOfValue(place, items, setting.path, setting), rule);
  return [...facts.map((fact) => (exclusive === true ? { ...fact, exclusive } : fact)), ...lock];
}

/** Items are identified by name, so each needs a unique one. */
function checkNames(context: FileContext, facts: readonly DesiredFact[], { key }: ItemList): DesiredFact[] {
  for (const { value, provenance } of facts) {
    const defaults = (Array.isArray(value) ? value : []).filter((item) => valueAt(item, ['default_option']) === true);
    if (defaults.length > 1) context.error(provenance, `${defaults.length} items are the default; only one can be`);
    const names = (Array.isArray(value) ? value : []).map((item) => valueAt(item, [key]));
    for (const [index, name] of names.entries()) {
      if (typeof name !== 'string' || name === '')
        context.error(provenance, `item ${index + 1} has no \`${key}\`, which identifies it`);
      else if (names.indexOf(name) < index) context.error(provenance, `two items are named "${name}"`);
    }
  }
  return [...facts];
}
