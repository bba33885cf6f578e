import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SECRETS } from '../../src/catalog/data/annotations.ts';
import { settingsOf } from '../../src/catalog/lookup.ts';
import { holdsSecret } from '../../src/catalog/secrecy.ts';
import type { Shape } from '../../src/catalog/setting.ts';
import { looksSecret } from '../../src/model/secret-name.ts';
import type { Json } from '../../src/util/json.ts';

describe('a field that nobody knows', () => {
  it.each<[path: string, value: Json]>([
    ['meeting_security.password_for_pmi', 'Bluesky9'],
    ['schedule_meeting.webinar_passcode', '123456'],
    ['schedule_meeting.webinar_passcode', 123456],
    ['schedule_meeting.webinar_passcode', ''],
    ['integration.access_token', 'abc'],
    ['integration.accessToken', 'abc'],
    ['integration.apiKey', 'abc'],
    ['integration.APIKEY', 'abc'],
    ['integration.client-secret', 'abc'],
    ['integration.encryption_key', 'abc'],
    ['integration.host_key', 123456],
    ['integration.archive_pin', 1234],
    ['integration.pin_code', '1234'],
    ['integration.access_code', '1234'],
    ['integration.smtp_pwd', 'abc'],
    ['integration.credentials', { user: 'a', value: 'b' }],
    ['integration.token', { type: 'jwt', enabled: true }],
    ['integration.token.value', 'abc'],
    ['integration.api_keys', ['abc']],
    ['integration.hooks', [{ url: 'https://example.com' }, { url: 'https://example.com', signing_secret: 'abc' }]],
    // The name of a rule, and no value of one.
    ['integration.enable_password', 'Bluesky#9'],
    ['integration.password_format', '6dXk93f'],
  ])('%s is a secret: %j', (path, value) => {
    expect(looksSecret(path, value)).toBe(true);
  });

  it.each<[path: string, value: Json]>([
    ['schedule_meeting.require_password_for_scheduled_webinars', true],
    ['schedule_meeting.require_password_for_pmi_meetings', 'jbh_only'],
    ['meeting_security.webinar_password', false],
    ['meeting_security.phone_passcode', null],
    ['security.password_requirement', { minimum_length: 8, have_number: true, mode: 'strong' }],
    ['security.password_requirement.minimum_length', 8],
    ['security.minimum_password_length', 8],
    ['security.password_expiry_days', 90],
    ['security.password_policy', 'strict'],
    ['security.token_lifetime', 3600],
    ['security.two_factor', ['authenticator_app']],
    ['security.sso_bypass', 'none'],
    ['chat.keywords', ['key', 'token']],
    ['chat.pinned_channels', ['general']],
    ['chat.spinner', 'wheel'],
    ['in_meeting.keyboard', 'us'],
    ['tsp.country_code', '49'],
    ['tsp.numbers', [{ code: '49', country_code: 'DE', number: '1' }]],
    ['meeting_authentication.name', 'Sign in'],
    ['chat.compass', 'north'],
  ])('%s is none: %j', (path, value) => {
    expect(looksSecret(path, value)).toBe(false);
  });
});

/** Every leaf of a shape, with values that it can have. */
function samplesOf(shape: Shape, path: string): [path: string, value: Json][] {
  switch (shape.type) {
    case 'array':
      return samplesOf(shape.items, path);
    case 'object':
      return Object.entries(shape.properties).flatMap(([key, inner]) => samplesOf(inner, `${path}.${key}`));
    case 'boolean':
      return [[path, true]];
    case 'integer':
      return [[path, 8]];
    case 'string':
      return (shape.enum ?? ['Blue#Sky9']).map((value) => [path, value]);
    case 'any':
      return [[path, 'Blue#Sky9']];
  }
}

const SETTINGS = (['account', 'group', 'user'] as const).flatMap((scope) => [...settingsOf(scope).values()]);

it('names and shapes say of every setting of the catalogue what the catalogue says', () => {
  const said = SETTINGS.flatMap(({ path, shape, readShape }) => [
    ...samplesOf(shape, path),
    ...samplesOf(readShape, path),
  ])
    .filter(([path, value]) => looksSecret(path, value))
    .map(([path]) => path);
  const known = SETTINGS.filter(({ secret }) => secret).map(({ path }) => path);
  expect([...new Set(said)].sort()).toEqual([...new Set(known)].sort());
});

it('every text in recorded answers that is called like a secret is one, and nothing else is', () => {
  const rows = JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/recorded-names.json'), 'utf8')) as [
    string,
    Json,
  ][];
  const settings = new Map(SETTINGS.map((setting) => [setting.path, setting]));
  const unknown = { secret: false, declared: { type: 'any' } } as const;
  const hidden = rows.filter(([path, value]) => holdsSecret(settings.get(path) ?? unknown, path, value));
  expect([...new Set(hidden.map(([path]) => path))].sort()).toEqual(
    [...SECRETS, 'next_page_token', 'unknown_security_setting.secret'].sort(),
  );
});
