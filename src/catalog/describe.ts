/** What the catalogue knows of one setting, in words: for `explain` and for editors. */

import type { Strictness } from './data/strictness.ts';
import type { ItemList } from './setting.ts';
import type { Shape } from './table-types.ts';

const TYPES = { boolean: 'true or false', integer: 'a whole number', string: 'text', any: 'anything' } as const;

/** What a value may be: `true or false`, `one of 1, 2, 3`, `a whole number from 1 to 63`. */
export function shapeInWords(shape: Shape): string {
  switch (shape.type) {
    case 'integer':
      return shape.enum === undefined ? `${TYPES.integer}${range(shape)}` : oneOf(shape.enum);
    case 'string':
      return shape.enum === undefined ? `${TYPES.string}${length(shape)}` : oneOf(shape.enum);
    case 'array': {
      const most = shape.maxItems === undefined ? '' : ` of at most ${shape.maxItems} items`;
      return `a list${most}, each ${shapeInWords(shape.items)}`;
    }
    case 'object': {
      const properties = Object.entries(shape.properties).map(([name, inner]) => `${name} (${shapeInWords(inner)})`);
      return properties.length === 0 ? 'an object' : `an object of ${properties.join(', ')}`;
    }
    default:
      return TYPES[shape.type];
  }
}

function oneOf(values: readonly (string | number)[]): string {
  return values.length === 1 ? String(values[0]) : `one of ${values.join(', ')}`;
}

function range({ minimum, maximum }: Shape & { type: 'integer' }): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return `, at least ${minimum}`;
  return maximum === undefined ? '' : `, at most ${maximum}`;
}

function length({ minLength, maxLength }: Shape & { type: 'string' }): string {
  if (minLength !== undefined && maxLength !== undefined) return ` of ${minLength} to ${maxLength} characters`;
  if (minLength !== undefined) return ` of at least ${minLength} characters`;
  return maxLength === undefined ? '' : ` of at most ${maxLength} characters`;
}

/** How a list that Zoom changes item by item is written. */
export function itemsInWords({ key }: ItemList): string {
  return (
    `Items are identified by \`${key}\`; other items are left alone. ` +
    'Written as `{ exclusive: true, items: [...] }`, items that are not listed are removed.'
  );
}

/** Which way is stricter: `false is stricter`, `from loosest to strictest: 1, 4, 3, 2`. */
export function stricterInWords(stricter: Strictness['stricter']): string {
  switch (stricter) {
    case 'contextual':
      return 'no value is stricter for everybody';
    case 'more':
    case 'fewer':
      return `${stricter} items are stricter`;
    default:
      if (!Array.isArray(stricter)) return `${String(stricter)} is stricter`;
      return `from loosest to strictest: ${stricter.map((rank) => [rank].flat().join(' or ')).join(', ')}`;
  }
}
