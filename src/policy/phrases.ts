/** Puts names and values from a policy into messages: short, safe to print, and without secrets. */
import { SECRETS } from '../catalog/data/annotations.ts';
import { isSecret } from '../model/secret.ts';
import type { Scope } from '../model/target.ts';
import type { Json } from '../util/json.ts';
import { hasControls, printable } from '../util/printable.ts';

/** The last name of each secret setting. */
export const SECRET_NAMES: readonly string[] = [
  ...new Set(SECRETS.map((path) => path.slice(path.lastIndexOf('.') + 1))),
];

/** `{ passcode hunter2 }` turns the secret into a part of the key, so whatever follows the name is left out. */
const AFTER_A_SECRET = new RegExp(`\\b(${SECRET_NAMES.join('|')})\\b.+`, 's');

export function blankControls(text: string): string {
  return hasControls(text) ? [...text].map((character) => (hasControls(character) ? ' ' : character)).join('') : text;
}

export function truncate(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}

/** A name from a policy, in backticks. */
export function quoted(name: string): string {
  return `\`${truncate(printable(name.replace(AFTER_A_SECRET, '$1…')), 120)}\``;
}

/** A value in a message. For a secret, only that it is one. */
export function describeValue(value: Json): string {
  return isSecret(value) ? 'a secret' : truncate(printable(JSON.stringify(value)), 60);
}

export function joinWords(words: readonly string[], last: 'and' | 'or'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** How messages name a scope. */
export const SCOPE_NAMES: Readonly<Record<Scope, string>> = { account: 'the account', group: 'groups', user: 'users' };

export const NULL_IS_NO_VALUE =
  "null is not a value; remove the key to leave it unmanaged, or write a value (false, 0, '' and [] are values)";
