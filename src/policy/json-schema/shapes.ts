/**
 * The values of a policy as JSON Schema. Editors treat any tagged value as a string (`!locked false`, `!env NAME`), so
 * a whole value may also be text. What is inside of it is strict.
 */
import type { ItemList, Shape } from '../../catalog/setting.ts';
import type { JsonObject } from '../../util/json.ts';

/**
 * The variable names that editors accept for values that are not text: capitals with an underscore, so that `yes`, `on`
 * and mistyped values are still found. `validate` accepts any name.
 */
const VARIABLE = '[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+';

/** A setting's value, or a tagged one. */
export function settingValue(shape: Shape, secret: boolean): JsonObject {
  switch (shape.type) {
    case 'boolean':
      return { type: ['boolean', 'string'], pattern: textOf('true|false') };
    case 'integer': {
      const { enum: known, ...limits } = shape;
      if (known === undefined) return { ...limits, type: ['integer', 'string'], pattern: textOf('-?[0-9]+') };
      return { anyOf: [strictValue(shape), { type: 'string', pattern: textOf(known.join('|')) }] };
    }
    case 'string':
      if (secret) return { type: 'string' };
      if (shape.enum === undefined) return strictValue(shape);
      return { anyOf: [strictValue(shape), { type: 'string', pattern: `^${VARIABLE}$` }] };
    default:
      return strictValue(shape);
  }
}

function textOf(values: string): string {
  return `^(?:${values}|${VARIABLE})$`;
}

/** A value that cannot be tagged: inside of a list or an object, and of locks. */
export function strictValue(shape: Shape): JsonObject {
  switch (shape.type) {
    case 'any':
      return {};
    case 'boolean':
      return { type: 'boolean' };
    case 'integer':
    case 'string': {
      const { enum: known, ...rest } = shape;
      return known === undefined ? rest : { ...rest, enum: [...known] };
    }
    case 'array': {
      const { items, ...rest } = shape;
      return { ...rest, items: strictValue(items) };
    }
    case 'object': {
      const properties = Object.entries(shape.properties).map(([name, inner]) => [name, strictValue(inner)] as const);
      return properties.length === 0 ? { type: 'object' } : closed(Object.fromEntries(properties));
    }
  }
}

/** A list that is managed item by item: plain, or with `exclusive`. */
export function itemsValue(shape: Shape, { key }: ItemList): JsonObject {
  const list = strictValue(shape);
  const items = { ...list, items: { ...(list['items'] as JsonObject), required: [key] } };
  const whole = closed({ exclusive: { type: 'boolean' }, items }, ['items']);
  return { anyOf: [items, whole] };
}

/** An object with these properties and no others. */
export function closed(properties: JsonObject, required: readonly string[] = []): JsonObject {
  return {
    type: 'object',
    properties,
    additionalProperties: false,
    ...(required.length === 0 ? {} : { required: [...required] }),
  };
}
