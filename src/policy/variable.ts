/** `!env NAME`: a value that an environment variable holds. */
import { misfits, valueFromText } from '../catalog/shape.ts';
import { isOfConnection } from '../model/connection-variables.ts';
import { secret } from '../model/secret.ts';
import { positionOf } from '../model/state.ts';
import type { Json } from '../util/json.ts';
import { type FileContext, provenanceOf } from './context.ts';
import type { Expected } from './expected.ts';
import { quoted } from './phrases.ts';
import type { Entry } from './tree.ts';

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Messages hold neither the value nor whatever is written in place of the name: that may be the value. */
export function readVariable(
  context: FileContext,
  entry: Entry,
  path: string,
  { declared: shape }: Expected,
): Json | undefined {
  const { value: node, spot } = entry;
  const name = node.kind === 'scalar' ? node.value : undefined;
  const refuse = (message: string): undefined => {
    context.error(spot, message);
  };
  if (typeof name !== 'string' || !VARIABLE.test(name)) {
    return refuse('`!env` takes the name of one environment variable: letters, digits and `_`, not a digit first');
  }
  if (isOfConnection(name)) {
    return refuse(
      `\`${name}\` belongs to the connection to Zoom, and no setting can have its value: use another variable`,
    );
  }
  const type = shape.type === 'any' ? 'string' : shape.type;
  if (type === 'array' || type === 'object') {
    return refuse(`${quoted(path)} cannot come from a variable: \`!env\` gives text, a whole number, or true or false`);
  }
  if (!hasOneType(context, entry, name, type)) return undefined;
  const reference = `env:${name}`;
  const text = Object.hasOwn(context.run.env, name) ? context.run.env[name] : undefined;
  // CI systems pass a secret that is not set as an empty variable.
  if (text === undefined || text === '') {
    if (!context.run.needsVariables) return secret(reference);
    return refuse(`the environment variable \`${name}\` is not set, or is empty`);
  }
  const value = valueFromText(text, shape);
  const [misfit] = misfits(value, shape);
  if (misfit !== undefined) {
    return refuse(`${quoted(path)} ${misfit.message}: the value of the variable \`${name}\` does not fit`);
  }
  context.run.secrets.set(reference, value);
  return secret(reference);
}

const TYPE_WORDS = { string: 'text', boolean: 'true or false', integer: 'a whole number' } as const;

function hasOneType(context: FileContext, entry: Entry, name: string, type: keyof typeof TYPE_WORDS): boolean {
  const { variables } = context.run;
  const first = variables.get(name);
  if (first === undefined) variables.set(name, { type, provenance: provenanceOf(context, entry) });
  if (first === undefined || first.type === type) return true;
  const { file, line, column } = first.provenance;
  const before = `${TYPE_WORDS[first.type]} at ${positionOf(first.provenance)}`;
  const message = `the variable \`${name}\` would be ${TYPE_WORDS[type]} here and is ${before}: use two variables`;
  context.error(entry.spot, message, { file, line, column });
  return false;
}
