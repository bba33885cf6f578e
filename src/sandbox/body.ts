/** A PATCH body taken apart into single values, each checked against what Zoom's document says of it. */
import type { Setting, Shape } from '../catalog/setting.ts';
import { misfits, withFound } from '../catalog/shape.ts';
import { isJsonObject, type Json, type JsonObject, valueAt } from '../util/json.ts';
import type { FieldProblem } from './answers.ts';
import type { DocumentFields } from './fields.ts';

export interface Write {
  readonly setting: Setting;
  readonly value: Json;
}

/** A value for a key that no document of Zoom's lists and that the live answer has all the same. */
export interface UndocumentedWrite {
  readonly keys: readonly string[];
  readonly value: Json;
}

export interface ReadBody {
  readonly writes: readonly Write[];
  readonly undocumented: readonly UndocumentedWrite[];
  /** Every fault of the body. With any of them nothing is written. */
  readonly problems: readonly FieldProblem[];
}

/**
 * @param live what the target has now: a key that it has is taken even if it is undocumented, as Zoom's server is often
 *   ahead of its document (zoom-api, section 4, "What live GETs really look like")
 */
export function readBody(
  { fields, sections }: DocumentFields,
  body: JsonObject,
  live: JsonObject,
  unknownFields: 'ignore' | 'reject',
): ReadBody {
  const writes: Write[] = [];
  const undocumented: UndocumentedWrite[] = [];
  const problems: FieldProblem[] = [];
  const strict = unknownFields === 'reject';

  const readLeaf = (path: string, setting: Setting, sent: Json) => {
    if (!setting.writable) {
      if (strict) problems.push({ field: path, message: 'Read-only field.' });
      return;
    }
    const value = strict ? sent : knownParts(sent, setting.shape);
    const faults = misfits(value, setting.shape);
    if (faults.length === 0) writes.push({ setting, value });
    for (const fault of faults) problems.push({ field: [path, ...fault.keys].join('.'), message: withFound(fault) });
  };

  const readUnknown = (keys: readonly string[], value: Json) => {
    if (strict) problems.push({ field: keys.join('.'), message: 'Unknown field.' });
    else if (sameType(valueAt(live, keys), value)) undocumented.push({ keys, value });
  };

  const walk = (object: JsonObject, above: readonly string[]) => {
    for (const [key, value] of Object.entries(object)) {
      const keys = [...above, key];
      // A dotted key is one name to Zoom, not a way down.
      const path = key.includes('.') ? '' : keys.join('.');
      const setting = fields.get(path);
      if (setting !== undefined) readLeaf(path, setting, value);
      else if (!sections.has(path)) readUnknown(keys, value);
      else if (isJsonObject(value)) walk(value, keys);
      else problems.push({ field: path, message: 'must be an object' });
    }
  };

  walk(body, []);
  return { writes, undocumented, problems };
}

function sameType(live: Json | undefined, sent: Json): boolean {
  return (
    live !== undefined && sent !== null && typeof live === typeof sent && Array.isArray(live) === Array.isArray(sent)
  );
}

/** The value without the properties that its shape does not list: unknown keys are ignored inside of lists too. */
function knownParts(value: Json, shape: Shape): Json {
  if (Array.isArray(value) && shape.type === 'array') return value.map((item) => knownParts(item, shape.items));
  if (!isJsonObject(value) || shape.type !== 'object') return value;
  const { properties } = shape;
  if (Object.keys(properties).length === 0) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, child]) => {
      const inner = Object.hasOwn(properties, key) ? properties[key] : undefined;
      return inner === undefined ? [] : [[key, knownParts(child, inner)]];
    }),
  );
}
