/** A value on one line, whole and shortened. */
import { isSecret } from '../../model/secret.ts';
import { isJsonObject, type Json } from '../../util/json.ts';
import { printable } from '../../util/printable.ts';
import type { Quoted } from './words.ts';

const LONGEST = 60;

/** Text is quoted, so that `"true"` is not `true`. A secret is only named. */
export function valuePart(value: Json | undefined): Quoted {
  const whole = wholeValue(value);
  return { short: value === undefined || isSecret(value) ? whole : cut(whole), whole };
}

export function wholeValue(value: Json | undefined): string {
  if (value === undefined) return '(absent)';
  if (isSecret(value))
    return value.$secret.startsWith('env:') ? `(secret ${printable(value.$secret.slice(4))})` : '(secret)';
  return printable(compact(value));
}

function compact(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(compact).join(', ')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, child]) => `${key}: ${compact(child)}`)
    .join(', ')}}`;
}

/** Cuts in the middle: long values, addresses and lists differ mostly at their ends. */
function cut(text: string): string {
  if (text.length <= LONGEST) return text;
  const characters = [...text];
  if (characters.length <= LONGEST) return text;
  const half = Math.floor((LONGEST - 3) / 2);
  return `${characters.slice(0, half).join('')}...${characters.slice(-half).join('')}`;
}
