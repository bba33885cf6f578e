/** Reads a value: checks it against the catalogue, takes it from the environment for `!env`, and hides secrets. */
import { holdsSecret } from '../catalog/secrecy.ts';
import { misfits } from '../catalog/shape.ts';
import { secret } from '../model/secret.ts';
import { positionOf } from '../model/state.ts';
import type { Json } from '../util/json.ts';
import { type FileContext, provenanceOf } from './context.ts';
import type { Expected } from './expected.ts';
import { reportMisfit } from './misfit.ts';
import { NULL_IS_NO_VALUE, quoted } from './phrases.ts';
import { childrenOf, type Entry, type FileProblem, type Node, nearestNode } from './tree.ts';
import { readVariable } from './variable.ts';

/** The value with secrets as markers, ready for a plan; `undefined` if it has a problem, which is reported. */
export function readValue(context: FileContext, entry: Entry, path: string, expected: Expected): Json | undefined {
  const { value: node } = entry;
  if (node.tag === 'env') return readVariable(context, entry, path, expected);
  const faults = faultsWithin(node, true);
  for (const { spot, message } of faults) context.error(spot, message);
  const value = plainJson(node);
  const mismatches = misfits(value, expected.declared).filter(({ keys }) => !isFaulty(nearestNode(node, keys), node));
  for (const misfit of mismatches) reportMisfit(context, entry, path, expected, misfit);
  if (faults.length + mismatches.length > 0 || holdsBroken(node)) return undefined;
  return holdsSecret(expected, path, value) ? markSecret(context, entry, path, value) : value;
}

const LOCKED_WITHOUT_VALUE =
  '`!locked` needs a value to lock, as in `chat: !locked true`; use `lock_settings` to lock without a value';

/** Problems that no value may have, whatever the setting. */
function faultsWithin(node: Node, outermost: boolean): readonly FileProblem[] {
  const { spot, tag } = node;
  const below = childrenOf(node).flatMap((child) => faultsWithin(child, false));
  if (tag !== undefined && !outermost) {
    return [{ spot, message: `\`!${tag}\` belongs before the value of a setting, not inside it` }, ...below];
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

/** Reported already: as null, for its tag, or by the parser. */
function isFaulty(node: Node, outermost: Node): boolean {
  if (node.tag !== undefined && node !== outermost) return true;
  return node.kind === 'broken' || (node.kind === 'scalar' && node.value === null);
}

function holdsBroken(node: Node): boolean {
  return node.kind === 'broken' || childrenOf(node).some(holdsBroken);
}

function markSecret(context: FileContext, entry: Entry, path: string, value: Json): Json {
  const reference = `policy:${positionOf(provenanceOf(context, entry))}`;
  context.run.secrets.set(reference, value);
  context.warning(
    entry.spot,
    `${quoted(path)} is a secret, written where everyone who can read this file sees it; use \`!env NAME\``,
  );
  return secret(reference);
}
