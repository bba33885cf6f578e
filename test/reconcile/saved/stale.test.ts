import { describe, expect, it } from 'vitest';
import type { LiveTarget } from '../../../src/model/state.ts';
import { assemblePlan } from '../../../src/reconcile/plan/assemble.ts';
import type { UnorderedStep } from '../../../src/reconcile/plan/order.ts';
import { TargetPairs } from '../../../src/reconcile/plan/pair.ts';
import { stepsOf } from '../../../src/reconcile/plan/steps.ts';
import { describeStale, hasMoved, staleFields, withoutStale } from '../../../src/reconcile/saved/stale.ts';
import type { Json } from '../../../src/util/json.ts';
import { OWN } from '../../helpers/account.ts';
import { ACCOUNT, answering, compared, hiddenByNone, live, lock, set, wants } from '../../helpers/desired.ts';

const CHAT = 'in_meeting.webinar_chat';
const LIST = 'meeting_authentication.authentication_options';
const PROFILE = { id: 'p1', name: 'Ours', type: 'enforce_login_with_domains', domains: 'example.org', visible: true };
const LOCK_SETTINGS = { endpoint: 'lock_settings' as const, query: {} };
const FACTS = [
  set('in_meeting.chat', false),
  set(`${CHAT}.enable`, true),
  set('in_meeting.data_center_regions', ['DE']),
  lock('in_meeting.chat'),
];
const SETTINGS: Record<string, Json> = {
  'in_meeting.chat': true,
  [`${CHAT}.enable`]: false,
  [`${CHAT}.allow_users_save_chats`]: 2,
  'in_meeting.data_center_regions': ['US', 'DE'],
};
const LOCKS = { 'in_meeting.chat': false };

function planOf(steps: readonly UnorderedStep[]) {
  const target = { target: ACCOUNT, steps, blocked: [], warnings: [], unchanged: 0 };
  return assemblePlan(OWN, [target], { blocked: [], warnings: [] });
}

const COMPARED = compared(wants(ACCOUNT, ...FACTS), live(ACCOUNT, SETTINGS, LOCKS));
const PLAN = planOf(stepsOf(COMPARED.changes, COMPARED.pairs, hiddenByNone));
const STEPS = PLAN.waves.flat();
const pairsOf = (found: LiveTarget) => new TargetPairs(wants(ACCOUNT, ...FACTS), found);

describe('what has moved since', () => {
  const staleNow = (settings: Record<string, Json>, locks: Record<string, Json> = LOCKS) =>
    staleFields(STEPS, pairsOf(live(ACCOUNT, settings, locks))).map(({ path }) => path);

  it.each<[string, Record<string, Json>, string[]]>([
    ['nothing', SETTINGS, []],
    ['a set in another order', { ...SETTINGS, 'in_meeting.data_center_regions': ['DE', 'US'] }, []],
    ['something that the plan does not touch', { ...SETTINGS, 'in_meeting.file_transfer': true }, []],
    ['a value', { ...SETTINGS, 'in_meeting.chat': false }, ['in_meeting.chat']],
    [
      'a sibling that would be set back',
      { ...SETTINGS, [`${CHAT}.allow_users_save_chats`]: 1 },
      [`${CHAT}.allow_users_save_chats`],
    ],
    [
      'a value that is gone',
      Object.fromEntries(Object.entries(SETTINGS).filter(([path]) => path !== 'in_meeting.chat')),
      ['in_meeting.chat'],
    ],
  ])('%s', (_, settings, expected) => {
    expect(staleNow(settings)).toEqual(expected);
  });

  it('a lock', () => {
    expect(staleNow(SETTINGS, { 'in_meeting.chat': true })).toEqual(['in_meeting.chat']);
  });

  it('can be left out, with the object that it would go with', () => {
    const moved = live(ACCOUNT, { ...SETTINGS, [`${CHAT}.allow_users_save_chats`]: 1 }, LOCKS);
    const { plan, dropped } = withoutStale(PLAN, staleFields(STEPS, pairsOf(moved)));
    expect(plan.waves.flat().map(({ request }) => request.body)).toEqual([
      { in_meeting: { chat: false, data_center_regions: ['DE'] } },
      { in_meeting: { chat: true } },
    ]);
    expect(dropped).toMatchObject([
      { status: 'notAttempted', change: { path: `${CHAT}.enable` }, because: 'Zoom has moved since the plan was made' },
    ]);
  });

  it('is unreadable where the document is, and not absent', () => {
    const found = answering(live(ACCOUNT, SETTINGS, LOCKS), LOCK_SETTINGS, { state: 'unreadable', reason: 'HTTP 500' });
    const stale = staleFields(STEPS, pairsOf(found));
    expect(stale.map(({ path, now }) => ({ path, now }))).toEqual([
      { path: 'in_meeting.chat', now: { state: 'unreadable', reason: 'HTTP 500' } },
    ]);
    expect(stale.map(hasMoved)).toEqual([false]);
    expect(stale.map(describeStale)).toEqual([
      'account in_meeting.chat: was false for the plan, cannot be read now: HTTP 500',
    ]);
  });

  it.each<[string, Json, string]>([
    ['is another', { ...PROFILE, domains: 'other.org' }, 'is {'],
    ['is gone', { ...PROFILE, name: 'Theirs' }, 'is absent now'],
  ])('an item that %s is left out', (_, now, shown) => {
    const wanted = [{ name: 'Ours', type: 'enforce_login_with_domains', domains: 'example.com' }];
    const { changes, pairs } = compared(wants(ACCOUNT, set(LIST, wanted)), live(ACCOUNT, { [LIST]: [PROFILE] }));
    const plan = planOf(stepsOf(changes, pairs, hiddenByNone));
    expect(plan.waves.flat()).toHaveLength(1);
    const stale = staleFields(plan.waves.flat(), pairsOf(live(ACCOUNT, { [LIST]: [now] })));
    expect(stale.map(describeStale)).toEqual([expect.stringContaining(shown)]);
    expect(withoutStale(plan, stale)).toMatchObject({ plan: { waves: [] }, dropped: [{ status: 'notAttempted' }] });
  });
});
