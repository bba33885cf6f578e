import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isOfConnection } from '../../src/model/connection-variables.ts';

const SRC = join(import.meta.dirname, '../../src');

it('every variable that the edge reads is one of the connection', () => {
  const texts = readdirSync(join(SRC, 'zoom')).map((name) => readFileSync(join(SRC, 'zoom', name), 'utf8'));
  const named = new Set(texts.flatMap((text) => text.match(/\b(?:[A-Z]+_PROXY|(?:ZOOM|LOCKSTEP)_[A-Z_]+)\b/g) ?? []));
  expect([...named]).toEqual(expect.arrayContaining(['ZOOM_CLIENT_SECRET', 'ZOOM_API_URL', 'HTTPS_PROXY']));
  expect([...named].filter((name) => !isOfConnection(name))).toEqual([]);
});

it.each(['zoom_client_secret', 'https_proxy', 'LOCKSTEP_NOTIFY_URL'])('%s is, too', (name) => {
  expect(isOfConnection(name)).toBe(true);
});

it.each(['ARCHIVE_PASSCODE', 'ZOOM_ARCHIVE_PASSCODE', 'MY_ZOOM_CLIENT_SECRET', 'PROXY'])('%s is not', (name) => {
  expect(isOfConnection(name)).toBe(false);
});
