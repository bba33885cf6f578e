/** The one differ: plan, drift and the look after an apply all come through here. */
import deepDiff from 'deep-diff';
import type { Json } from '../../util/json.ts';

/**
 * Which of the managed facts differ. Both sides hold only managed facts, already in comparable form, each under one
 * name of its own, so that no path of Zoom's is ever taken apart here.
 *
 * deep-diff reports an edit within a list or an object by the path inside it; the fact is the first part.
 */
export function differingFacts(
  live: ReadonlyMap<string, Json>,
  desired: ReadonlyMap<string, Json>,
): ReadonlySet<string> {
  const differences = deepDiff.diff(nullObject(live), nullObject(desired)) ?? [];
  return new Set(differences.map((difference) => String(difference.path?.[0])));
}

function nullObject(facts: ReadonlyMap<string, Json>): Record<string, Json> {
  return Object.fromEntries(facts);
}
