import type { Json } from './json.ts';

/** More than any document of Zoom or of lockstep has. Recursion is safe up to this depth. */
const DEEPEST = 100;

const NOT_JSON = 'not valid JSON';
const TOO_DEEP = `JSON of more than ${DEEPEST} levels`;

/** Below this size, depth cannot take much memory. */
const LARGE = 1024 * 1024;

export type Untrusted =
  | { readonly ok: true; readonly value: Json }
  /** Text that is not valid JSON at all, or JSON that is too deep. */
  | { readonly ok: false; readonly isJson: boolean; readonly why: string };

/** Parses JSON from outside. Removes keys that reach into prototypes; reports broken and too deep text separately. */
export function parseUntrusted(text: string): Untrusted {
  if (text.length > LARGE && opensTooMany(text)) return { ok: false, isJson: true, why: TOO_DEEP };
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return { ok: false, isJson: false, why: NOT_JSON };
  }
  return harmless(value, 0) ? { ok: true, value } : { ok: false, isJson: true, why: TOO_DEEP };
}

/** The parser takes 100 bytes per level, without a limit: 20 MB of brackets would take 2 GB. */
function opensTooMany(text: string): boolean {
  let depth = 0;
  let quoted = false;
  // Character by character: a regular expression for strings would need a stack as deep as the longest one.
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

/** False if the value is too deep. Works in place, because nobody else has the value. */
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
