import { isJsonObject, type Json } from '../util/json.ts';

/**
 * Stands for a value that must not be written down, in plans, journals, reports and step bodies. The reference says
 * where the value is found again: `env:NAME`, `policy:FILE:LINE:COL`, or `live:TARGET:PATH`.
 */
export interface Secret {
  readonly $secret: string;
}

/** Reference -> value. Lives in memory only, from reading to sending. */
export type Secrets = ReadonlyMap<string, Json>;

export function secret(reference: string): { $secret: string } {
  return { $secret: reference };
}

/** The marker for a value that Zoom holds and that must not be written down. */
export function liveSecret(targetText: string, path: string): { $secret: string } {
  return secret(`live:${targetText}:${path}`);
}

export function isSecret(value: unknown): value is Secret {
  return isJsonObject(value) && Object.keys(value).length === 1 && typeof value['$secret'] === 'string';
}

/** Whether a change is to or from a value that must not be written down. */
export function holdsMarker({ before, after }: { readonly before?: Json; readonly after: Json }): boolean {
  return isSecret(before) || isSecret(after);
}

/** Thrown where a secret's value is needed and this run does not hold it: a bug, or a saved plan without its variables. */
class MissingSecret extends Error {
  readonly reference: string;

  constructor(reference: string) {
    super(`no value is known for the secret ${reference}`);
    this.reference = reference;
  }
}

/** The value with every secret in it put back, for sending and comparing only. Throws `MissingSecret`. */
export function reveal(value: Json, secrets: Secrets): Json {
  if (isSecret(value)) {
    const known = secrets.get(value.$secret);
    if (known === undefined) throw new MissingSecret(value.$secret);
    return known;
  }
  if (Array.isArray(value)) return value.map((item) => reveal(item, secrets));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, reveal(child, secrets)]));
}

/** The references of all secrets in a value. */
export function referencesIn(value: Json): string[] {
  if (isSecret(value)) return [value.$secret];
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  return isJsonObject(value) ? Object.values(value).flatMap(referencesIn) : [];
}
