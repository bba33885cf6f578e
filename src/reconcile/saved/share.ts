/**
 * One copy of what the steps of a plan have in common. Thousands of groups get the same body for the same reason; read from
 * a file, each step would have its own.
 */
import { interning } from '../../util/intern.ts';
import { isJsonObject, type Json, type JsonObject, stableText } from '../../util/json.ts';
import { VALUES } from '../../util/memoize.ts';

/** More than there are setting paths. */
const TEXTS = 10_000;

/** What each step has for itself. */
const OWN: ReadonlySet<string> = new Set(['id', 'target', 'changes']);

/** @returns a function that replaces, in a step, what equals a part of one before it */
export function sharing(): (step: JsonObject) => void {
  const values = interning<Json>(VALUES);
  const texts = interning<Json>(TEXTS);
  const shared = (value: Json): Json => {
    if (typeof value === 'string') return texts(value, () => value);
    return typeof value === 'object' && value !== null ? values(JSON.stringify(value), () => value) : value;
  };
  const shareParts = (whole: JsonObject) => {
    for (const [key, value] of Object.entries(whole)) if (!OWN.has(key)) whole[key] = shared(value);
  };
  return (step) => {
    shareParts(step);
    const { changes = [], target = null } = step;
    const targetText = stableText(target);
    for (const change of Array.isArray(changes) ? changes.filter(isJsonObject) : []) {
      shareParts(change);
      if (stableText(change['target']) === targetText) change['target'] = target;
    }
  };
}
