/** Items of lists that a policy declares by name, on either side: sign-in profiles, chat etiquette policies, meeting templates. */
import type { ItemList } from '../../../catalog/setting.ts';
import { isJsonObject, type Json, type JsonObject, valueAt } from '../../../util/json.ts';

export interface NamedItem {
  readonly name: string;
  readonly body: JsonObject;
  /** Its place in the list. */
  readonly index: number;
}

export function itemsOf(list: Json, { key }: ItemList): NamedItem[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((body, index) => {
    const name = valueAt(body, [key]);
    return isJsonObject(body) && typeof name === 'string' ? [{ name, body, index }] : [];
  });
}

/** What a policy can say of an item, and no more. */
export function declaredPart(item: JsonObject, { key, content }: ItemList): JsonObject {
  return Object.fromEntries(
    Object.entries(item).filter(([property]) => property === key || content.includes(property)),
  );
}
