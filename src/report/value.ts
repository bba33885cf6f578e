/** How values look in text: one line each, long ones cut, lists item by item. */

import type { Blocked, SetChange } from '../model/plan.ts';
import { isSecret } from '../model/secret.ts';
import { isJsonObject, type Json, type JsonObject, stableText } from '../util/json.ts';
import { printable } from '../util/printable.ts';

const LONGEST = 60;

/** A value on one line. An absent one and a secret say so; text is quoted, so that `"true"` is not `true`. */
export function shortValue(value: Json | undefined): string {
  return value === undefined || isSecret(value) ? wholeValue(value) : cut(wholeValue(value));
}

/** The same, uncut, for reports that have the room. */
export function wholeValue(value: Json | undefined): string {
  if (value === undefined) return '(absent)';
  if (isSecret(value))
    return value.$secret.startsWith('env:') ? `(secret ${printable(value.$secret.slice(4))})` : '(secret)';
  return printable(compact(value));
}

function compact(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(compact).join(', ')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, child]) => `${key}: ${compact(child)}`)
    .join(', ')}}`;
}

/** Cuts in the middle: the ends of long values, addresses and lists, are what tells them apart. */
function cut(text: string): string {
  const characters = [...text];
  if (characters.length <= LONGEST) return text;
  const half = Math.floor((LONGEST - 3) / 2);
  return `${characters.slice(0, half).join('')}...${characters.slice(-half).join('')}`;
}

/** Of an item that exists only what differs: its other properties would bury it. */
export function differingParts({ item, before, after }: SetChange): [Json | undefined, Json] {
  if (item === undefined || !isJsonObject(before) || !isJsonObject(after)) return [before, after];
  const names = Object.keys(after).filter(
    (name) => stableText(before[name] ?? null) !== stableText(after[name] ?? null),
  );
  const pick = (from: JsonObject) => Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
  return [pick(before), pick(after)];
}

/** Items that go and items that come, when both values are lists and neither is a mere reordering. */
export function listChanges(before: Json | undefined, after: Json): { removed: Json[]; added: Json[] } | undefined {
  if (!Array.isArray(before) || !Array.isArray(after)) return undefined;
  const had = new Set(before.map(stableText));
  const has = new Set(after.map(stableText));
  const removed = before.filter((item) => !has.has(stableText(item)));
  const added = after.filter((item) => !had.has(stableText(item)));
  return removed.length + added.length === 0 ? undefined : { removed, added };
}

/** What Zoom has for something blocked; `undefined` where that was not read. Only a key that Zoom does not list is absent. */
export function knownBefore({ before, reason }: Blocked): { readonly value: Json | undefined } | undefined {
  return before === undefined && reason !== 'not-offered' ? undefined : { value: before };
}
