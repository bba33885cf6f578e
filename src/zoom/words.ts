import { visible } from '../model/visible.ts';

const LIMIT = 300;
/** Zoom's are far longer; taking a shorter one out would tear innocent words apart. */
const SHORTEST_SECRET = 6;

/**
 * The one door through which text from outside gets into a message: control characters made visible, cut at `limit`
 * characters. Whatever Zoom answers can neither steer a terminal nor flood it.
 */
export function excerpt(text: string, limit: number = LIMIT): string {
  const shown = visible(text.slice(0, limit + 1));
  if (shown.length <= limit) return shown;
  return `${shown.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** `text` without the given secrets, for a server that repeats in its answer what it was sent. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce(
    (rest, secret) => (secret.length < SHORTEST_SECRET ? rest : rest.replaceAll(secret, '[hidden]')),
    text,
  );
}
