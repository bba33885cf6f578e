/** The value of one setting: checked against the catalogue, fetched where a variable holds it, hidden where it is secret. */

import type { Setting, Shape } from '../catalog/lookup.ts';
import { type Misfit, misfits, withFound } from '../catalog/shape.ts';
import { secret } from '../model/secret.ts';
import { positionOf } from '../model/state.ts';
import type { Json } from '../util/json.ts';
import { nearestName } from '../util/nearest.ts';
import { provenanceOf, type Reading } from './context.ts';
import { NULL_IS_NO_VALUE, quoted } from './phrases.ts';
import { type Entry, entryOf, type Fault, type Node, nearestNode, type ScalarNode } from './tree.ts';

/** A field that the catalogue does not know has no shape and is not known to be secret. */
export type Expected = Pick<Setting, 'declared' | 'secret'>;

/** The value as a plan may hold it, secrets as markers; `undefined` when something is wrong with it, which is reported. */
export function readValue(reading: Reading, entry: Entry, path: string, expected: Expected): Json | undefined {
  const { value: node } = entry;
  if (node.tag === 'env') return readVariable(reading, entry, path, expected);
  const faults = faultsWithin(node, true);
  for (const { spot, message } of faults) reading.error(spot, message);
  const value = plainJson(node);
  const found = misfits(value, expected.declared).filter(({ keys }) => !isFaulty(nearestNode(node, keys), node));
  for (const misfit of found) reportMisfit(reading, entry, path, expected, misfit);
  if (faults.length + found.length > 0 || holdsBroken(node)) return undefined;
  return expected.secret ? hidden(reading, entry, path, value) : value;
}

const LOCKED_WITHOUT_VALUE =
  '`!locked` needs the value to lock, as in `chat: !locked true`; to lock without a value use `lock_settings`';

/** What no value of any setting may hold. */
function faultsWithin(node: Node, outermost: boolean): readonly Fault[] {
  const { spot, tag } = node;
  const below = childrenOf(node).flatMap((child) => faultsWithin(child, false));
  if (tag !== undefined && !outermost) {
    return [{ spot, message: `\`!${tag}\` stands before a whole setting, not inside its value` }, ...below];
  }
  if (node.kind !== 'scalar' || node.value !== null) return below;
  return [{ spot, message: tag === 'locked' ? LOCKED_WITHOUT_VALUE : NULL_IS_NO_VALUE }];
}

function plainJson(node: Node): Json {
  switch (node.kind) {
    case 'broken':
      return null;
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(plainJson);
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, plainJson(value)]));
  }
}

function childrenOf(node: Node): readonly Node[] {
  if (node.kind === 'list') return node.items;
  return node.kind === 'map' ? node.entries.map(({ value }) => value) : [];
}

/** Has been reported already: as null, for its tag, or by the parser. */
function isFaulty(node: Node, outermost: Node): boolean {
  if (node.tag !== undefined && node !== outermost) return true;
  return node.kind === 'broken' || (node.kind === 'scalar' && node.value === null);
}

function holdsBroken(node: Node): boolean {
  return node.kind === 'broken' || childrenOf(node).some(holdsBroken);
}

function reportMisfit(reading: Reading, entry: Entry, path: string, expected: Expected, misfit: Misfit): void {
  const { keys, message } = misfit;
  const node = nearestNode(entry.value, keys);
  const shape = shapeAt(expected.declared, keys);
  const label = quoted(path + keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join(''));
  if (shape === undefined) {
    // A property that the items of this list do not have: the fault is its name.
    const above = nearestNode(entry.value, keys.slice(0, -1));
    const name = String(keys.at(-1));
    const near = nearestName(name, propertiesOf(shapeAt(expected.declared, keys.slice(0, -1))));
    const spot = entryOf(above, name)?.spot ?? node.spot;
    reading.error(spot, `${label} ${message}${near === undefined ? '' : `: did you mean \`${near}\`?`}`);
    return;
  }
  const demand = expected.secret ? message : withFound(misfit);
  reading.error(node.spot, `${label} ${demand}${node.kind === 'scalar' ? hintFor(shape, node) : ''}`);
}

function shapeAt(shape: Shape, keys: Misfit['keys']): Shape | undefined {
  return keys.reduce<Shape | undefined>((at, key) => {
    if (at?.type === 'array') return at.items;
    return at?.type === 'object' && Object.hasOwn(at.properties, key) ? at.properties[key] : undefined;
  }, shape);
}

function propertiesOf(shape: Shape | undefined): readonly string[] {
  return shape?.type === 'object' ? Object.keys(shape.properties) : [];
}

/** The slips of YAML and of the fingers, each with the way out. */
function hintFor(shape: Shape, { value, plain }: ScalarNode): string {
  if (typeof value !== 'string') return shape.type === 'string' ? ': put it in quotes' : '';
  if (shape.type === 'boolean' && /^(y|yes|n|no|on|off)$/i.test(value)) {
    return `: YAML 1.2 knows only true and false, so \`${value}\` is text`;
  }
  const unquoted = shape.type === 'boolean' ? /^(true|false)$/ : /^-?\d+$/;
  if (!plain && shape.type !== 'string' && unquoted.test(value)) return ': leave the quotes out';
  const near = shape.type === 'string' ? nearestName(value, shape.enum ?? []) : undefined;
  return near === undefined ? '' : `: did you mean \`${near}\`?`;
}

function hidden(reading: Reading, entry: Entry, path: string, value: Json): Json {
  const reference = `policy:${positionOf(provenanceOf(reading, entry))}`;
  reading.run.secrets.set(reference, value);
  reading.warning(
    entry.spot,
    `the value of ${quoted(path)} is a secret and stands in the file for everyone to read: use \`!env NAME\``,
  );
  return secret(reference);
}

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Nothing said here holds the value, nor what stands where the name should: that may well be the value. */
function readVariable(reading: Reading, entry: Entry, path: string, { declared: shape }: Expected): Json | undefined {
  const { value: node, spot } = entry;
  const name = node.kind === 'scalar' ? node.value : undefined;
  const refuse = (message: string): undefined => {
    reading.error(spot, message);
  };
  if (typeof name !== 'string' || !VARIABLE.test(name)) {
    return refuse(
      '`!env` takes the name of one environment variable: letters, digits and `_`, not starting with a digit',
    );
  }
  const type = shape.type === 'any' ? 'string' : shape.type;
  if (type === 'array' || type === 'object') {
    return refuse(`${quoted(path)} cannot come from a variable: \`!env\` gives text, a whole number, or true or false`);
  }
  if (!usedAlike(reading, entry, name, type)) return undefined;
  const reference = `env:${name}`;
  const text = Object.hasOwn(reading.run.env, name) ? reading.run.env[name] : undefined;
  // An empty variable is what a CI system makes of a secret that nobody has set.
  if (text === undefined || text === '') {
    if (!reading.run.needsVariables) return secret(reference);
    return refuse(`the environment variable \`${name}\` is not set, or is empty`);
  }
  const value = converted(text, type);
  const [misfit] = misfits(value, shape);
  if (misfit !== undefined) {
    return refuse(`${quoted(path)} ${misfit.message}: the value of the variable \`${name}\` does not fit`);
  }
  reading.run.secrets.set(reference, value);
  return secret(reference);
}

function converted(text: string, type: 'string' | 'boolean' | 'integer'): Json {
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return type === 'integer' && /^-?\d+$/.test(text) ? Number(text) : text;
}

const TYPE_WORDS = { string: 'text', boolean: 'true or false', integer: 'a whole number' } as const;

function usedAlike(reading: Reading, entry: Entry, name: string, type: keyof typeof TYPE_WORDS): boolean {
  const { variables } = reading.run;
  const first = variables.get(name);
  if (first === undefined) variables.set(name, { type, provenance: provenanceOf(reading, entry) });
  if (first === undefined || first.type === type) return true;
  const { file, line, column } = first.provenance;
  const before = `${TYPE_WORDS[first.type]} at ${positionOf(first.provenance)}`;
  const message = `the variable \`${name}\` would be ${TYPE_WORDS[type]} here and is ${before}: use two variables`;
  reading.error(entry.spot, message, { file, line, column });
  return false;
}
