/** Messages about values that the catalogue does not allow. They never quote a secret. */
import type { Shape } from '../catalog/setting.ts';
import { type Misfit, withFound } from '../catalog/shape.ts';
import { nearestName } from '../util/nearest.ts';
import type { FileContext } from './context.ts';
import type { Expected } from './expected.ts';
import { quoted } from './phrases.ts';
import { type Entry, entryOf, nearestNode, type ScalarNode } from './tree.ts';

export function reportMisfit(
  context: FileContext,
  entry: Entry,
  path: string,
  expected: Expected,
  misfit: Misfit,
): void {
  const { keys, message } = misfit;
  const node = nearestNode(entry.value, keys);
  const shape = shapeAt(expected.declared, keys);
  const label = quoted(path + keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join(''));
  if (shape === undefined) {
    // The items of this list have no such property, so the problem is its name.
    const above = nearestNode(entry.value, keys.slice(0, -1));
    const name = String(keys.at(-1));
    const near = nearestName(name, propertiesOf(shapeAt(expected.declared, keys.slice(0, -1))));
    const spot = entryOf(above, name)?.spot ?? node.spot;
    context.error(spot, `${label} ${message}${near === undefined ? '' : `: did you mean \`${near}\`?`}`);
    return;
  }
  const demand = expected.secret ? message : withFound(misfit);
  context.error(node.spot, `${label} ${demand}${node.kind === 'scalar' ? hintFor(shape, node) : ''}`);
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

/** A hint for common YAML slips and typing mistakes. */
function hintFor(shape: Shape, { value, plain }: ScalarNode): string {
  if (typeof value !== 'string') return shape.type === 'string' ? '; put it in quotes' : '';
  if (shape.type === 'boolean' && /^(y|yes|n|no|on|off)$/i.test(value)) {
    return `: YAML 1.2 knows only true and false, so \`${value}\` is text`;
  }
  const unquoted = shape.type === 'boolean' ? /^(true|false)$/ : /^-?\d+$/;
  if (!plain && shape.type !== 'string' && unquoted.test(value)) return '; remove the quotes';
  const near = shape.type === 'string' ? nearestName(value, shape.enum ?? []) : undefined;
  return near === undefined ? '' : `: did you mean \`${near}\`?`;
}
