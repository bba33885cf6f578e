import { describe, expect, it } from 'vitest';
import { cautionOf, judgeItem, judgeLock, judgeSet } from '../../../src/reconcile/plan/risk.ts';
import type { Json } from '../../../src/util/json.ts';
import { ACCOUNT } from '../../helpers/desired.ts';

const CHAT = 'in_meeting.chat';

describe('a value that changes', () => {
  it.each([
    ['a switch to its stricter side', 'meeting_security.waiting_room', false, true, 'tightens'],
    ['a switch to its looser side', 'meeting_security.waiting_room', true, false, 'weakens'],
    ['up an order', 'in_meeting.who_can_share_screen', 'all', 'host', 'tightens'],
    ['down an order', 'in_meeting.who_can_share_screen', 'host', 'all', 'weakens'],
    ['0 minutes, which is any time', 'schedule_meeting.jbh_time', 5, 0, 'weakens'],
    ['manual admission, which is 2', 'meeting_security.waiting_room_options.admit_type', 1, 2, 'tightens'],
    ['between equals', 'security.sign_in_with_two_factor_auth', 'role', 'group', 'review'],
    ['to a value that no order has', 'in_meeting.who_can_share_screen', 'host', 'somebody', 'review'],
    ['a longer passcode', 'meeting_security.meeting_password_requirement.length', 6, 10, 'tightens'],
    ['a list that grows and should', 'security.signin_with_sso.domains', ['a'], ['b', 'a'], 'tightens'],
    ['a list that loses what it should have', 'security.signin_with_sso.domains', ['a', 'b'], ['a'], 'weakens'],
    ['lists of which neither holds the other', 'security.signin_with_sso.domains', ['a'], ['b'], 'review'],
    ['a list of the allowed that is emptied', 'in_meeting.data_center_regions', ['DE'], [], 'review'],
    ['no direction for everybody', 'recording.local_recording', true, false, 'review'],
    ['absent, to the strictest', 'meeting_security.waiting_room', undefined, true, 'tightens'],
    ['absent, to another', 'meeting_security.waiting_room', undefined, false, 'review'],
    ['of no consequence', 'in_meeting.polling', true, false, 'neutral'],
    ['a secret', 'security.password_requirement.minimum_password_length', 9, { $secret: 'env:X' }, 'review'],
  ] as [string, string, Json | undefined, Json, string][])('%s', (_, path, before, after, direction) => {
    const judged = judgeSet({ path, after, ...(before === undefined ? {} : { before }) });
    expect(judged.direction).toBe(direction);
    expect(judged.severity === undefined).toBe(direction === 'neutral');
  });

  it('that is sent as it reads goes no way', () => {
    expect(judgeSet({ path: CHAT, before: true, after: true, heldBy: CHAT })).toEqual({ direction: 'neutral' });
  });
});

describe('what is lost', () => {
  it.each([
    ['auto-delete switched on', 'recording.auto_delete_cmr', false, true, true],
    ['auto-delete switched off', 'recording.auto_delete_cmr', true, false, false],
    ['fewer days', 'recording.auto_delete_cmr_days', 120, 30, true],
    ['more days', 'recording.auto_delete_cmr_days', 30, 120, false],
    ['a shorter period', 'chat.set_retention_period_in_cloud.retention_period_of_channels', '1y', '6m', true],
    ['a longer period', 'chat.set_retention_period_in_cloud.retention_period_of_channels', '10d', '1m', false],
    ['a period nobody can read', 'chat.set_retention_period_in_cloud.retention_period_of_channels', 'long', '1m', true],
    ['archiving off', 'recording.archive.enable', true, false, true],
    ['another country', 'profile.recording_storage_location.value', 'DE', 'US', true],
    ['personal meetings off', 'schedule_meeting.personal_meeting', true, false, true],
  ] as [string, string, Json, Json, boolean][])('%s', (_, path, before, after, lossy) => {
    expect(judgeSet({ path, before, after }).lossy !== undefined).toBe(lossy);
  });

  it('is told of an item that goes', () => {
    const path = 'chat.chat_etiquette_tool.policies';
    expect(judgeItem({ path, item: { action: 'delete', name: 'Cards' } }).lossy).toMatch(/deleted/);
    expect(judgeItem({ path, item: { action: 'update', name: 'Cards' } }).lossy).toBeUndefined();
  });

  it('is only told where nothing is gone for good', () => {
    const provenance = { file: 'p.yaml', line: 1, column: 1 };
    const change = {
      kind: 'set',
      target: ACCOUNT,
      path: 'recording.cloud_recording',
      before: true,
      after: false,
      provenance,
    } as const;
    const judged = judgeSet(change);
    expect(judged.lossy).toBeUndefined();
    expect(cautionOf({ ...change, ...judged })).toMatch(/record/);
  });
});

describe('a lock', () => {
  const lock = (values: Record<string, Json>, freezes = Object.keys(values), wanted = false) =>
    judgeLock({ kind: 'lock', freezes }, (path) => {
      const value = values[path];
      return value === undefined ? undefined : { value, wanted };
    }).direction;

  it.each([
    ['over a strict value', { [CHAT]: false }, 'tightens'],
    ['over a loose one', { [CHAT]: true }, 'review'],
    ['over one of each', { 'in_meeting.file_transfer': false, 'in_meeting.private_chat': true }, 'review'],
    ['over what has no direction', { 'recording.local_recording': false }, 'review'],
    ['over what is of no consequence', { 'in_meeting.polling': true }, 'neutral'],
  ] as [string, Record<string, Json>, string][])('%s', (_, values, direction) => {
    expect(lock(values)).toBe(direction);
  });

  it('over a number tightens where the policy says the number', () => {
    const path = 'meeting_security.meeting_password_requirement.length';
    expect([lock({ [path]: 8 }), lock({ [path]: 8 }, [path], true)]).toEqual(['review', 'tightens']);
  });

  it('that goes weakens, by the heaviest of what it froze', () => {
    const freezes = ['in_meeting.polling', 'meeting_security.waiting_room'];
    expect(judgeLock({ kind: 'unlock', freezes }, () => undefined)).toMatchObject({
      direction: 'weakens',
      severity: 'high',
    });
  });
});
