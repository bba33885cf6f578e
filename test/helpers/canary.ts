/** Secrets that nobody may ever see again, and where to look for them. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A core that survives every escaping, between characters that are escaped differently everywhere: in URLs, JSON, HTML,
 * YAML, Markdown and on a shell's line.
 */
export function canary(name: string): string {
  return `<${name.replaceAll('-', '')}C4nary7q2Zk9>/+"'&é`;
}

/** Whether any of the bytes hold the canary: as it is, in base64 wherever it begins, URL-encoded, JSON-escaped, hashed. */
export function holds(text: string, secret: string): boolean {
  return tracesOf(secret).some((trace) => text.includes(trace));
}

const known = new Map<string, readonly string[]>();

function tracesOf(secret: string): readonly string[] {
  const traces = known.get(secret) ?? [...new Set(makeTraces(secret))];
  known.set(secret, traces);
  return traces;
}

function makeTraces(secret: string): string[] {
  const core = /[A-Za-z0-9]{8,}/.exec(secret)?.[0] ?? secret;
  const encoded = [0, 1, 2].flatMap((offset) => {
    const text = Buffer.from(`${'x'.repeat(offset)}${core}`)
      .toString('base64')
      .replace(/=+$/, '');
    // The first and last letters depend on what stands beside it.
    return [text.slice(offset === 0 ? 0 : 4, -2)];
  });
  const wholes = [secret, core, JSON.stringify(secret), `${secret}\n`];
  const hashes = ['md5', 'sha1', 'sha256', 'sha512'].flatMap((name) =>
    wholes.flatMap((whole) => {
      const digest = createHash(name).update(whole).digest();
      return [digest.toString('hex'), digest.toString('base64'), digest.toString('base64url')];
    }),
  );
  return [
    ...[secret, core, encodeURIComponent(secret), new URLSearchParams({ x: secret }).toString().slice(2)],
    ...[JSON.stringify(secret).slice(1, -1), Buffer.from(core).toString('hex'), [...core].reverse().join('')],
    ...encoded,
    ...encoded.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    ...hashes,
  ];
}

/** Every file below a folder, by its path. */
export function bytesBelow(folder: string): readonly (readonly [place: string, text: string])[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return bytesBelow(path);
    return entry.isFile()
      ? [[path, readFileSync(path, 'latin1')] as const, [path, readFileSync(path, 'utf8')] as const]
      : [];
  });
}

/** Which secret stands where. */
export function leaksIn(
  places: readonly (readonly [place: string, text: string])[],
  secrets: Readonly<Record<string, string>>,
): string[] {
  return [
    ...new Set(
      places.flatMap(([place, text]) =>
        Object.entries(secrets).flatMap(([name, secret]) => (holds(text, secret) ? [`${name} in ${place}`] : [])),
      ),
    ),
  ];
}
