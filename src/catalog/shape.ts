import { isJsonObject, type Json } from '../util/json.ts';
import type { Shape } from './table-types.ts';

/**
 * Where and why a value does not fit; `keys` lead from the value to the spot. The value may be a secret: `message` says
 * what the shape demands and nothing of the value, which is in `found` alone.
 */
export interface Misfit {
  readonly keys: readonly (string | number)[];
  readonly message: string;
  /** What there is instead, where its type is wrong: `a list`, `12345`. Never shown for a secret. */
  readonly found?: string;
}

/** The whole sentence, for values that may be shown: `must be text, not 12345`. */
export function withFound({ message, found }: Misfit): string {
  return found === undefined ? message : `${message}, not ${found}`;
}

/** Everything about a value that Zoom's schema does not allow. */
export function misfits(value: Json, shape: Shape): readonly Misfit[] {
  switch (shape.type) {
    case 'any':
      return [];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [wrongType('must be true or false', value)];
    case 'integer':
      return Number.isSafeInteger(value)
        ? integerMisfits(value as number, shape)
        : [wrongType('must be a whole number', value)];
    case 'string':
      return typeof value === 'string' ? stringMisfits(value, shape) : [wrongType('must be text', value)];
    case 'array':
      return Array.isArray(value) ? arrayMisfits(value, shape) : [wrongType('must be a list', value)];
    case 'object':
      return isJsonObject(value) ? objectMisfits(value, shape) : [wrongType('must be an object', value)];
  }
}

export function fits(value: Json, shape: Shape): boolean {
  return misfits(value, shape).length === 0;
}

function misfit(message: string, keys: Misfit['keys'] = []): Misfit {
  return { keys, message };
}

function wrongType(message: string, value: Json): Misfit {
  return { keys: [], message, found: named(value) };
}

function integerMisfits(value: number, shape: Shape & { type: 'integer' }): Misfit[] {
  if (shape.enum !== undefined && !shape.enum.includes(value))
    return [misfit(`must be one of ${shape.enum.join(', ')}`)];
  if (shape.minimum !== undefined && value < shape.minimum) return [misfit(`must be at least ${shape.minimum}`)];
  if (shape.maximum !== undefined && value > shape.maximum) return [misfit(`must be at most ${shape.maximum}`)];
  return [];
}

function stringMisfits(value: string, shape: Shape & { type: 'string' }): Misfit[] {
  if (shape.enum !== undefined && !shape.enum.includes(value))
    return [misfit(`must be one of ${shape.enum.join(', ')}`)];
  if (shape.minLength !== undefined && value.length < shape.minLength) {
    return [misfit(`must have at least ${shape.minLength} characters`)];
  }
  if (shape.maxLength !== undefined && value.length > shape.maxLength) {
    return [misfit(`must have at most ${shape.maxLength} characters`)];
  }
  return [];
}

function arrayMisfits(value: readonly Json[], shape: Shape & { type: 'array' }): Misfit[] {
  const items = value.flatMap((item, index) => under(index, misfits(item, shape.items)));
  if (shape.maxItems === undefined || value.length <= shape.maxItems) return items;
  return [misfit(`must have at most ${shape.maxItems} items`), ...items];
}

function objectMisfits(value: { [key: string]: Json }, shape: Shape & { type: 'object' }): Misfit[] {
  const open = Object.keys(shape.properties).length === 0;
  return Object.entries(value).flatMap(([key, child]) => {
    const property = Object.hasOwn(shape.properties, key) ? shape.properties[key] : undefined;
    if (property !== undefined) return under(key, misfits(child, property));
    return open ? [] : [misfit(`is not one of ${Object.keys(shape.properties).join(', ')}`, [key])];
  });
}

function under(key: string | number, inner: readonly Misfit[]): Misfit[] {
  return inner.map((misfit) => ({ ...misfit, keys: [key, ...misfit.keys] }));
}

function named(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? 'text' : JSON.stringify(value);
}

/** What a text comes to as a value of a shape: a variable holds text only. One that does not fit stays as it is. */
export function valueFromText(text: string, shape: Shape | undefined): Json {
  if (shape?.type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return shape?.type === 'integer' && /^-?\d+$/.test(text) ? Number(text) : text;
}
