/** Small damage to text and to JSON, as values, so that a failing case can be kept and made smaller. */
import fc from 'fast-check';
import { isJsonObject, type Json, type JsonObject } from '../src/util/json.ts';
import { anyJson, hostileText } from './words.ts';

/** Places are fractions of a million: they mean something in a text of any length. */
const WHOLE = 1_000_000;
const place = fc.nat(WHOLE - 1);

export type TextEdit =
  | { readonly do: 'splice'; readonly at: number; readonly cut: number; readonly put: string }
  | { readonly do: 'truncate'; readonly at: number }
  | { readonly do: 'flip'; readonly at: number; readonly bit: number }
  | { readonly do: 'drop line' | 'repeat line'; readonly at: number; readonly times: number }
  | { readonly do: 'swap lines'; readonly at: number; readonly with: number }
  | { readonly do: 'indent line'; readonly at: number; readonly by: number };

export function textEdit(pieces: readonly string[]): fc.Arbitrary<TextEdit> {
  const put = fc.oneof(fc.constantFrom(...pieces), hostileText);
  const line = { at: place, times: fc.integer({ min: 1, max: 50 }) };
  return fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('splice' as const), at: place, cut: fc.nat(20), put }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('truncate' as const), at: place }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('flip' as const), at: place, bit: fc.nat(7) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('drop line' as const, 'repeat line' as const), ...line }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('swap lines' as const), at: place, with: place }) },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('indent line' as const), at: place, by: fc.integer({ min: -4, max: 8 }) }),
    },
  );
}

export function editedText(text: string, edits: readonly TextEdit[]): string {
  return edits.reduce(editText, text);
}

function editText(text: string, edit: TextEdit): string {
  const at = spot(edit.at, text.length);
  switch (edit.do) {
    case 'splice':
      return text.slice(0, at) + edit.put + text.slice(at + edit.cut);
    case 'truncate':
      return text.slice(0, at);
    case 'flip':
      return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << edit.bit)) + text.slice(at + 1);
    default:
      return editLines(text.split('\n'), edit).join('\n');
  }
}

function editLines(
  lines: readonly string[],
  edit: Exclude<TextEdit, { do: 'splice' | 'truncate' | 'flip' }>,
): string[] {
  const at = spot(edit.at, lines.length);
  const line = lines[at] ?? '';
  switch (edit.do) {
    case 'drop line':
      return lines.toSpliced(at, edit.times);
    case 'repeat line':
      return lines.toSpliced(at, 0, ...Array<string>(edit.times).fill(line));
    case 'swap lines': {
      const other = spot(edit.with, lines.length);
      return lines.with(at, lines[other] ?? '').with(other, line);
    }
    case 'indent line':
      return lines.with(at, edit.by < 0 ? line.slice(-edit.by) : ' '.repeat(edit.by) + line);
  }
}

function spot(place: number, size: number): number {
  return Math.min(Math.max(0, size - 1), Math.floor((place / WHOLE) * size));
}

export type JsonEdit =
  | { readonly do: 'put'; readonly at: number; readonly value: Json }
  | { readonly do: 'delete' | 'repeat' | 'nudge'; readonly at: number }
  | { readonly do: 'copy' | 'swap'; readonly at: number; readonly from: number }
  | { readonly do: 'rename'; readonly at: number; readonly key: string }
  | { readonly do: 'add'; readonly at: number; readonly key: string; readonly value: Json }
  | { readonly do: 'wrap'; readonly at: number; readonly times: number };

export const jsonEdit: fc.Arbitrary<JsonEdit> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('put' as const), at: place, value: anyJson }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('delete', 'repeat', 'nudge'), at: place }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('copy', 'swap'), at: place, from: place }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rename' as const), at: place, key: hostileText }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('add' as const), at: place, key: hostileText, value: anyJson }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('wrap' as const), at: place, times: fc.constantFrom(1, 40, 90, 101) }),
  },
) as fc.Arbitrary<JsonEdit>;

/** A value, and where it stands. */
interface Slot {
  readonly holder: Json[] | JsonObject;
  readonly key: string | number;
}

export function editedJson(value: Json, edits: readonly JsonEdit[]): Json {
  const root: JsonObject = { root: structuredClone(value) };
  for (const edit of edits) {
    const slots = slotsOf(root);
    const slot = slots[spot(edit.at, slots.length)];
    if (slot !== undefined) applyEdit(slots, slot, edit);
  }
  return root['root'] ?? null;
}

function applyEdit(slots: readonly Slot[], slot: Slot, edit: JsonEdit): void {
  const { holder, key } = slot;
  const value = read(slot);
  switch (edit.do) {
    case 'put':
      put(slot, structuredClone(edit.value));
      break;
    case 'delete':
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
      break;
    case 'repeat':
      if (Array.isArray(holder)) holder.splice(Number(key), 0, structuredClone(value));
      else put({ holder, key: `${key}2` }, structuredClone(value));
      break;
    case 'nudge':
      put(slot, nudged(value));
      break;
    case 'copy':
    case 'swap': {
      const other = slots[spot(edit.from, slots.length)];
      if (other === undefined) break;
      const theirs = structuredClone(read(other));
      if (edit.do === 'swap') put(other, structuredClone(value));
      put(slot, theirs);
      break;
    }
    case 'rename':
      if (Array.isArray(holder)) break;
      delete holder[key];
      put({ holder, key: edit.key }, value);
      break;
    case 'add':
      put(isJsonObject(value) ? { holder: value, key: edit.key } : slot, structuredClone(edit.value));
      break;
    case 'wrap':
      put(slot, wrapped(value, edit.times));
      break;
  }
}

function wrapped(value: Json, times: number): Json {
  let outer = value;
  for (let level = 0; level < times; level += 1) outer = [outer];
  return outer;
}

function read({ holder, key }: Slot): Json {
  return (Array.isArray(holder) ? holder[Number(key)] : holder[key]) ?? null;
}

/** As an own property, whatever its name. */
function put({ holder, key }: Slot, value: Json): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

/** A value that could well stand in its place. */
function nudged(value: Json): Json {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'string') return `${value}2`;
  if (Array.isArray(value)) return value.toReversed();
  return isJsonObject(value) ? objectReversed(value) : false;
}

function objectReversed(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).reverse());
}

function slotsOf(root: JsonObject): Slot[] {
  const slots: Slot[] = [];
  const pending: (Json[] | JsonObject)[] = [root];
  for (let holder = pending.pop(); holder !== undefined; holder = pending.pop()) {
    for (const key of Object.keys(holder)) {
      slots.push({ holder, key: Array.isArray(holder) ? Number(key) : key });
      const child = read({ holder, key });
      if (typeof child === 'object' && child !== null) pending.push(child);
    }
  }
  return slots;
}

/** JSON text of a value however deep it is. */
export function jsonText(value: Json): string {
  try {
    return JSON.stringify(value);
  } catch {
    return `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  }
}
