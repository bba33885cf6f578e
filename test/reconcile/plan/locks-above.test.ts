import { describe, expect, it } from 'vitest';
import type { DesiredFact, FoundTarget } from '../../../src/model/state.ts';
import { documentsAbove } from '../../../src/reconcile/plan/documents-above.ts';
import { type Above, underLocksAbove } from '../../../src/reconcile/plan/locks-above.ts';
import { TargetPairs } from '../../../src/reconcile/plan/pair.ts';
import type { Json } from '../../../src/util/json.ts';
import { ACCOUNT, answering, compared, live, lock, STUDENTS, set, wants } from '../../helpers/desired.ts';

const CHAT = 'in_meeting.chat';
const inGroup = (path: string, value: Json, now: Json) =>
  compared(wants(STUDENTS, set(path, value)), live(STUDENTS, { [path]: now }));

function accountAbove(found: FoundTarget, facts: readonly DesiredFact[] = [], assumeUnlocked = false): Above {
  const pairs = new TargetPairs(wants(ACCOUNT, ...facts), found);
  return { level: 'account', name: 'the account', pairs, isHeld: () => false, assumeUnlocked };
}

function judged(
  accountLock: boolean,
  facts: DesiredFact[],
  assumeUnlocked = false,
  account = live(ACCOUNT, {}, { [CHAT]: accountLock }),
) {
  const { pairs, outcomes } = inGroup(CHAT, false, true);
  const [outcome] = underLocksAbove(pairs, outcomes, [accountAbove(account, facts, assumeUnlocked)]);
  return [
    ...(outcome?.changes ?? []).map(() => 'sent'),
    ...(outcome?.blocked ?? []).map(({ reason }) => reason),
    ...(outcome?.warnings ?? []).map(() => 'told'),
  ];
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
    const locks = { endpoint: 'lock_settings', query: {} } as const;
    const account = answering(live(ACCOUNT, {}), locks, { state: 'unreadable', reason: 'no scope' });
    expect(judged(false, [], false, account)).toEqual(['unreadable']);
    expect(judged(false, [], true, account)).toEqual(['sent']);
  });

  it('is found under the other name of the setting', () => {
    const account = live(ACCOUNT, {}, { 'meeting_security.waiting_room': true });
    const { pairs, outcomes } = inGroup('in_meeting.waiting_room', false, true);
    const [outcome] = underLocksAbove(pairs, outcomes, [accountAbove(account)]);
    expect(outcome?.blocked).toHaveLength(1);
  });

  it('needs only the lock documents that could stop it', () => {
    const keys = (path: string, value: Json, now: Json) =>
      documentsAbove('account', 'group', inGroup(path, value, now).outcomes, accountAbove(live(ACCOUNT, {})).pairs).map(
        ({ query }) => query,
      );
    expect(keys(CHAT, false, true)).toEqual([{}]);
    expect(keys('meeting_security.waiting_room', true, false)).toEqual([{ option: 'meeting_security' }]);
    expect(keys('profile.recording_storage_location.value', 'US', 'DE')).toEqual([]);
    expect(keys(CHAT, true, true)).toEqual([]);
  });
});
