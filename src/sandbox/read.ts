/** One GET: what is stored, with values locked above applied and settings that are switched off omitted. */
import { isJsonObject, type Json, type JsonObject } from '../util/json.ts';
import { holdOn, isPinned } from './above.ts';
import { fieldsOf, isHidden, locate, put } from './fields.ts';
import type { Organisation } from './state.ts';
import type { Holder } from './targets.ts';

/** The answer to a GET of one document, or `undefined` if the target's plan does not include it. */
export function readDocument(
  organisation: Organisation,
  holder: Holder,
  key: string,
  secrets: 'returned' | 'withheld',
): JsonObject | undefined {
  const stored = holder.documents[key];
  const known = fieldsOf(holder.scope, key);
  if (stored === undefined || known === undefined) return undefined;
  let shown = stored;
  for (const setting of known.fields.values()) {
    const own = locate(stored, setting);
    if (own === undefined) continue;
    if (known.kind === 'lock_settings') {
      if (typeof own.value === 'boolean' && isPinned(organisation, setting)) shown = put(shown, own.keys, true);
      continue;
    }
    const held = holdOn(organisation, holder, setting)?.value;
    if (held !== undefined && held !== own.value) shown = put(shown, own.keys, held);
  }
  // After the locks: a switch that is turned off by a lock hides as much as one's own.
  const effective = shown;
  for (const setting of known.fields.values()) {
    if (!isHidden(effective, setting) && !(setting.secret && secrets === 'withheld')) continue;
    const own = locate(shown, setting);
    if (own !== undefined) shown = without(shown, own.keys);
  }
  return shown;
}

/** A copy without the value at `keys`, and without objects that become empty. */
function without(document: JsonObject, [key, ...deeper]: readonly string[]): JsonObject {
  if (key === undefined) return document;
  const { [key]: child, ...rest } = document;
  if (deeper.length === 0 || !isJsonObject(child)) return rest;
  const smaller = without(child, deeper);
  return Object.keys(smaller).length === 0 ? rest : { ...document, [key]: smaller };
}

/** `custom_query_fields`: only fields with one of the bare names; sections that become empty are omitted. */
export function selectFields(document: JsonObject, names: ReadonlySet<string>): JsonObject {
  const selected: [string, Json][] = [];
  for (const [key, value] of Object.entries(document)) {
    if (names.has(key)) selected.push([key, value]);
    else if (isJsonObject(value)) {
      const inner = selectFields(value, names);
      if (Object.keys(inner).length > 0) selected.push([key, inner]);
    }
  }
  return Object.fromEntries(selected);
}
