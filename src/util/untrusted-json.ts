import type { Json } from './json.ts';

/** Deeper than anything of Zoom's or ours; code that follows nesting by recursion is safe up to here. */
const DEEPEST = 100;

export const NOT_JSON = 'no JSON';
const TOO_DEEP = `JSON of more than ${DEEPEST} levels`;

/** Below it no depth is of any weight. */
const LARGE = 1024 * 1024;

export type Untrusted = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly why: string };

/** JSON from outside. Keys that reach into prototypes are taken away; broken and over-deep text is told apart. */
export function parseUntrusted(text: string): Untrusted {
  if (text.length > LARGE && opensTooMany(text)) return { ok: false, why: TOO_DEEP };
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return { ok: false, why: NOT_JSON };
  }
  return harmless(value, 0) ? { ok: true, value } : { ok: false, why: TOO_DEEP };
}

/** The parser takes a hundred bytes a level, however deep it goes: twenty megabytes of brackets would take two gigabytes. */
function opensTooMany(text: string): boolean {
  let depth = 0;
  let quoted = false;
  // Character by character: a pattern for strings would need a stack as deep as one of them is long.
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') quoted = !quoted;
    else if (quoted && character === '\\') at += 1;
    else if (!quoted && (character === '[' || character === '{')) depth += 1;
    else if (!quoted && (character === ']' || character === '}')) depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
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
