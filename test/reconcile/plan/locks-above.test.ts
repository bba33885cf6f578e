import { describe, expect, it } from 'vitest';
import type { DesiredFact, LiveTarget } from '../../../src/model/state.ts';
import { compareTarget } from '../../../src/reconcile/plan/compare.ts';
import { blockLocked, documentsAbove } from '../../../src/reconcile/plan/locks-above.ts';
import type { Json } from '../../../src/util/json.ts';
import { ACCOUNT, live, lock, STUDENTS, set, wants } from '../../helpers/desired.ts';

const CHAT = 'in_meeting.chat';
const groupChanges = (path: string, value: Json, now: Json) =>
  compareTarget(wants(STUDENTS, set(path, value)), live(STUDENTS, { [path]: now }), new Map()).changes;

function judged(
  accountLock: boolean,
  facts: DesiredFact[],
  assumeUnlocked = false,
  account: LiveTarget = live(ACCOUNT, {}, { [CHAT]: accountLock }),
) {
  const { changes, blocked, warnings } = blockLocked(
    wants(STUDENTS, set(CHAT, false)),
    groupChanges(CHAT, false, true),
    [{ level: 'account', name: 'the account', live: account, facts, isHeld: () => false, assumeUnlocked }],
  );
  return [...changes.map(() => 'sent'), ...blocked.map(({ reason }) => reason), ...warnings.map(() => 'told')];
}

describe("a group's value under a lock of the account", () => {
  it.each([
    ['no lock', false, [], ['sent']],
    ['a lock that stays on', true, [], ['locked-by-account']],
    ['a lock that this policy keeps on', true, [lock(CHAT, true)], ['locked-by-account']],
    ['a lock that this policy takes off', true, [lock(CHAT, false)], ['sent']],
    ["a lock that stays, while the account's own value becomes the same", true, [set(CHAT, false)], ['told']],
    ['a lock that this policy puts on over the same value', false, [lock(CHAT), set(CHAT, false)], ['sent']],
    ['a lock that this policy puts on over another value', false, [lock(CHAT), set(CHAT, true)], ['locked-by-account']],
    ['a lock that this policy puts on over a value it does not say', false, [lock(CHAT)], ['sent', 'told']],
  ] as [string, boolean, DesiredFact[], string[]][])('%s', (_, on, facts, expected) => {
    expect(judged(on, facts)).toEqual(expected);
  });

  it('is not guessed where the locks cannot be read', () => {
    const documents = new Map([['lock_settings', { state: 'unreadable' as const, reason: 'no scope' }]]);
    const account: LiveTarget = { state: 'found', target: ACCOUNT, documents };
    expect(judged(false, [], false, account)).toEqual(['unreadable']);
    expect(judged(false, [], true, account)).toEqual(['sent']);
  });

  it('is found under the other name of the setting', () => {
    const account = live(ACCOUNT, {}, { 'meeting_security.waiting_room': true });
    const changes = groupChanges('in_meeting.waiting_room', false, true);
    expect(
      blockLocked(wants(STUDENTS, set('in_meeting.waiting_room', false)), changes, [
        { level: 'account', name: 'the account', live: account, facts: [], isHeld: () => false, assumeUnlocked: false },
      ]).blocked,
    ).toHaveLength(1);
  });

  it('needs only the lock documents that could stop it', () => {
    const keys = (path: string, value: Json, now: Json) =>
      documentsAbove('account', wants(STUDENTS, set(path, value)), groupChanges(path, value, now), []).map(
        ({ query }) => query,
      );
    expect(keys(CHAT, false, true)).toEqual([{}]);
    expect(keys('meeting_security.waiting_room', true, false)).toEqual([{ option: 'meeting_security' }]);
    expect(keys('profile.recording_storage_location.value', 'US', 'DE')).toEqual([]);
    expect(keys(CHAT, true, true)).toEqual([]);
  });
});
