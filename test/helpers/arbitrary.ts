/** Random settings, values and organisations for the laws. */
import fc from 'fast-check';
import { aliasesOf } from '../../src/catalog/alias.ts';
import { rulesAbout } from '../../src/catalog/coupling.ts';
import { locksOf, settingsOf } from '../../src/catalog/lookup.ts';
import type { Setting, Shape } from '../../src/catalog/setting.ts';
import { gatesOf } from '../../src/catalog/switches.ts';
import { documentKey } from '../../src/model/setting.ts';
import type { Scope } from '../../src/model/target.ts';
import { type Json, type JsonObject, withValueAt } from '../../src/util/json.ts';

/** Settings that Zoom moves by itself when another is set: no law can hold of both together. */
const COUPLED =
  /join_before_host|waiting_room|use_pmi|require_password|encryption|auto_security|meeting_password$|jbh|meeting_authentication|e2e/;

/** By a rule of Zoom's own, two values of a random policy may exclude each other. */
function isRuled(scope: Scope, path: string): boolean {
  return rulesAbout(scope, path).some(({ certainty }) => certainty === 'documented');
}

/** Settings that stand alone: no second name, no coupling, not behind a switch, no verb, no secret. */
export function plainSettings(scope: Scope): readonly Setting[] {
  return [...settingsOf(scope).values()].filter(
    ({ path, readable, writable, verb, secret, shape }) =>
      readable &&
      writable &&
      !verb &&
      !secret &&
      !COUPLED.test(path) &&
      !isRuled(scope, path) &&
      aliasesOf(scope, path).length === 0 &&
      gatesOf(scope, path).length === 0 &&
      !isGate(scope, path) &&
      (shape.type !== 'array' || shape.items.type !== 'object'),
  );
}

/** Of these, what Zoom may replace together with its neighbours: leaves of an object inside of a section. */
export function inObjects(settings: readonly Setting[]): readonly Setting[] {
  return settings.filter(({ keys }) => keys.length > 2);
}

function isGate(scope: Scope, path: string): boolean {
  return (
    path.endsWith('.enable') || [...settingsOf(scope).keys()].some((other) => gatesOf(scope, other).includes(path))
  );
}

export function plainLocks(level: 'account' | 'group'): readonly Setting[] {
  return [...locksOf(level).values()].filter(
    ({ writable, readable, path }) => writable && readable && !COUPLED.test(path),
  );
}

export function valueLike(shape: Shape): fc.Arbitrary<Json> {
  switch (shape.type) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return shape.enum === undefined
        ? fc.integer({ min: shape.minimum ?? 0, max: shape.maximum ?? 1000 })
        : fc.constantFrom(...shape.enum);
    case 'string':
      return shape.enum === undefined
        ? fc.string({
            unit: 'grapheme',
            minLength: shape.minLength ?? 0,
            maxLength: Math.min(shape.maxLength ?? 20, 20),
          })
        : fc.constantFrom(...shape.enum);
    case 'array':
      return fc.uniqueArray(valueLike(shape.items), { maxLength: 4, selector: (item) => JSON.stringify(item) });
    case 'object':
    case 'any':
      return fc.constant({});
  }
}

/** Some facts: a value for each of a few settings. */
export function someValues(settings: readonly Setting[], most = 12): fc.Arbitrary<ReadonlyMap<string, Json>> {
  return fc
    .uniqueArray(fc.constantFrom(...settings), { maxLength: most, selector: ({ path }) => path })
    .chain((chosen) =>
      fc.tuple(
        ...chosen.map((setting) => valueLike(setting.shape).map((value): [string, Json] => [setting.path, value])),
      ),
    )
    .map((pairs) => new Map(pairs));
}

/** Puts values by path into the documents that hold them. */
export function placed(
  documents: Readonly<Record<string, JsonObject>>,
  known: ReadonlyMap<string, Setting>,
  values: ReadonlyMap<string, Json>,
): Record<string, JsonObject> {
  const result = { ...documents };
  for (const [path, value] of values) {
    const setting = known.get(path);
    if (setting === undefined) continue;
    const key = documentKey(setting.document.ref);
    result[key] = withValueAt(result[key] ?? {}, setting.keys, value);
  }
  return result;
}

/** Facts as a policy nests them. */
export function nested(values: ReadonlyMap<string, Json>): { settings: JsonObject; registration?: Json } {
  let tree: JsonObject = {};
  for (const [path, value] of values) tree = withValueAt(tree, path.split('.') as [string, ...string[]], value);
  const { registration, ...settings } = tree;
  return registration === undefined ? { settings } : { settings, registration };
}
