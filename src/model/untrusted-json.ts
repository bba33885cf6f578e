import type { Json } from './json.ts';

/** Deeper than anything of Zoom's or ours; code that follows nesting by recursion is safe up to here. */
const DEEPEST = 100;

export const NOT_JSON = 'no JSON';

export type Untrusted = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly why: string };

/** JSON from outside. Keys that reach into prototypes are taken away; broken and over-deep text is told apart. */
export function parseUntrusted(text: string): Untrusted {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return { ok: false, why: NOT_JSON };
  }
  return harmless(value, 0) ? { ok: true, value } : { ok: false, why: `JSON of more than ${DEEPEST} levels` };
}

/** False when the value is too deep. In place: the value is ours alone. */
function harmless(value: Json, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth >= DEEPEST) return false;
  if (Array.isArray(value)) return value.every((item) => harmless(item, depth + 1));
  for (const key of Object.keys(value)) {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') delete value[key];
    else if (!harmless(value[key] ?? null, depth + 1)) return false;
  }
  return true;
}
