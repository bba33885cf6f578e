/** Any value that JSON can hold. Absence is a missing key, never `undefined`. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The value at a path of own keys, or `undefined` when a step is missing. Inherited names (`constructor`, `__proto__`)
 * are never followed: replies and policies are not trusted.
 */
export function valueAt(document: Json, keys: readonly string[]): Json | undefined {
  let value: Json | undefined = document;
  for (const key of keys) {
    if (!isJsonObject(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** A copy with `value` at `keys`. Objects on the way are copied, everything else is shared. */
export function withValueAt(document: JsonObject, keys: readonly [string, ...string[]], value: Json): JsonObject {
  const [key, ...rest] = keys;
  const child = Object.hasOwn(document, key) ? document[key] : undefined;
  const [next, ...deeper] = rest;
  const inner = next === undefined ? value : withValueAt(isJsonObject(child) ? child : {}, [next, ...deeper], value);
  return { ...document, [key]: inner };
}

/** A copy without the value at `keys`. Objects that become empty are removed too. */
export function withoutValueAt(document: JsonObject, keys: readonly [string, ...string[]]): JsonObject {
  const [key, ...rest] = keys;
  const { [key]: child, ...others } = document;
  const [next, ...deeper] = rest;
  if (next === undefined || !isJsonObject(child)) return others;
  const inner = withoutValueAt(child, [next, ...deeper]);
  return Object.keys(inner).length === 0 ? others : { ...document, [key]: inner };
}

/** The value as JSON with sorted keys: equal text means equal values, whatever order their keys came in. */
export function stableText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => stableText(item ?? null)).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  let members = '';
  for (const key of Object.keys(value).sort()) {
    // As in JSON, a member without a value is no member.
    if (value[key] === undefined) continue;
    members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${stableText(value[key])}`;
  }
  return `{${members}}`;
}
