/** A PATCH body split into single values, each checked against Zoom's documentation. */
import type { Setting, Shape } from '../catalog/setting.ts';
import { misfits, withFound } from '../catalog/shape.ts';
import { isJsonObject, type Json, type JsonObject, valueAt } from '../util/json.ts';
import type { FieldProblem } from './answers.ts';
import type { DocumentFields } from './fields.ts';

export interface Write {
  readonly setting: Setting;
  readonly value: Json;
}

/** A value for a key that Zoom does not document and that live answers have anyway. */
export interface UndocumentedWrite {
  readonly keys: readonly string[];
  readonly value: Json;
}

export interface ReadBody {
  readonly writes: readonly Write[];
  readonly undocumented: readonly UndocumentedWrite[];
  /** Every problem of the body. If there is one, nothing is written. */
  readonly problems: readonly FieldProblem[];
}

/**
 * @param live what the target has now: a key that it has is accepted even if it is undocumented, because Zoom's server is
 *   often ahead of its documentation (zoom-api, section 4, "What live GETs really look like")
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
      // To Zoom a dotted key is one name, not a path.
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

/** The value without the properties that its shape does not list: unknown keys are ignored inside lists too. */
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
