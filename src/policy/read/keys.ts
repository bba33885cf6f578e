/** Names that keys of a policy cannot have. */
import { hasControls } from '../../util/printable.ts';
import { quoted } from '../phrases.ts';

const FORBIDDEN_KEYS = ['__proto__', 'constructor', 'prototype', '$secret'];

/** Why a key cannot have this name; `undefined` if it can. */
export function nameProblem(key: string): string | undefined {
  if (key === '') return 'a key is empty';
  if (hasControls(key)) return 'this key has control characters in its name';
  return FORBIDDEN_KEYS.includes(key) ? `${quoted(key)} cannot be a key` : undefined;
}
