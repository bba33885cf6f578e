import { describe, expect, it } from 'vitest';
import { settingOf } from '../../../src/catalog/lookup.ts';
import { secret } from '../../../src/model/secret.ts';
import { BY_FIELD, Confidential } from '../../../src/reconcile/plan/confidential.ts';
import type { Json } from '../../../src/util/json.ts';

const setting = (path: string) => settingOf('group', { kind: 'set', path });
const NOTES = 'in_meeting.custom_service_instructions';

function confidential(values: Record<string, Json>, path = NOTES): Confidential {
  const facts = Object.keys(values).map((reference) => ({ kind: 'set' as const, path, value: secret(reference) }));
  return new Confidential([{ scope: 'account', facts }], new Map(Object.entries(values)));
}

describe('what comes from a variable', () => {
  it.each<[what: string, path: string, live: Json, isHidden: boolean]>([
    ['another text of the same setting', NOTES, 'another', true],
    ['the same text elsewhere', 'telephony.audio_conference_info', 'Bluesky9', true],
    ['the same text within another', 'telephony.audio_conference_info', 'call Bluesky9 now', true],
    ['the same text in a list', 'registration.questions', [{ title: 'Bluesky9' }], true],
    ['another text elsewhere', 'telephony.audio_conference_info', 'Bluesky', false],
    ['a choice', 'schedule_meeting.require_password_for_pmi_meetings', 'Bluesky9', false],
    ['what is on', 'in_meeting.chat', true, false],
  ])('%s', (_, path, live, isHidden) => {
    expect(confidential({ 'env:A': 'Bluesky9' }).hides(setting(path), live)).toBe(isHidden);
  });

  it.each<[what: string, value: string, live: Json, isHidden: boolean]>([
    ['of four characters is a whole text only', 'blue', 'blue', true],
    ['of four characters is a whole text only, and no part of one', 'blue', 'bluesky', false],
    ['of three characters may be any word', 'the', 'the', false],
    ['of digits may read as a number', '123456', 123456, true],
  ])('%s', (_, value, live, isHidden) => {
    expect(confidential({ 'env:A': value }).hides(setting('integration.unknown'), live)).toBe(isHidden);
  });

  it('that chooses is hidden at its own target alone', () => {
    const chosen = confidential({ 'env:A': 'jbh_only' }, 'schedule_meeting.require_password_for_pmi_meetings');
    expect(chosen.hides(setting('telephony.audio_conference_info'), 'jbh_only')).toBe(false);
  });
});

it('a secret by its field is one without any variable', () => {
  expect(BY_FIELD.hides(settingOf('user', { kind: 'set', path: 'schedule_meeting.pmi_password' }), '1')).toBe(true);
  expect(BY_FIELD.hides(setting(NOTES), 'Bluesky9')).toBe(false);
});
