import { describe, expect, it } from 'vitest';
import type { Plan, Step } from '../../../src/model/plan.ts';
import type { LiveTarget } from '../../../src/model/state.ts';
import { assemblePlan, fingerprintOf } from '../../../src/reconcile/plan/assemble.ts';
import { stepsOf } from '../../../src/reconcile/plan/steps.ts';
import { parsePlan } from '../../../src/reconcile/saved/saved-plan.ts';
import { staleFields, withoutStale } from '../../../src/reconcile/saved/stale.ts';
import type { Json } from '../../../src/util/json.ts';
import { ACCOUNT, compared, hiddenByNone, live, lock, set, wants } from '../../helpers/desired.ts';

const CHAT = 'in_meeting.webinar_chat';
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

function planFor(found: LiveTarget): Plan {
  const { changes, pairs } = compared(wants(ACCOUNT, ...FACTS), found, new Map());
  const target = {
    target: ACCOUNT,
    steps: stepsOf(changes, pairs, hiddenByNone),
    blocked: [],
    warnings: [],
    unchanged: 0,
  };
  return assemblePlan('me', [target], { blocked: [], warnings: [] });
}

const PLAN = planFor(live(ACCOUNT, SETTINGS, LOCKS));
const parsed = (change: (plan: Plan) => unknown, sealed = true) => {
  const altered = change(structuredClone(PLAN)) as Plan;
  return () =>
    parsePlan(JSON.stringify(sealed ? { ...altered, fingerprint: fingerprintOf(altered) } : altered), 'plan.json');
};

/** The first step changed, and the plan sealed again: the fingerprint is no key. */
const tampered = (change: (step: Step) => void) =>
  parsed((plan) => {
    const step = plan.waves.flat()[0];
    if (step !== undefined) change(step);
    return plan;
  });

describe('a saved plan', () => {
  it('is the same when it is read again', () => {
    expect(parsePlan(JSON.stringify(PLAN), 'plan.json')).toEqual(PLAN);
  });

  it.each<[string, () => unknown, string, number]>([
    [
      'is no JSON',
      () => parsePlan('{"formatVersion":1', 'plan.json'),
      'plan.json is not valid JSON, so it is no plan',
      1,
    ],
    [
      'is too deep',
      () => parsePlan('['.repeat(5000) + ']'.repeat(5000), 'plan.json'),
      'plan.json is JSON of more than 100 levels, so it is no plan',
      1,
    ],
    ['is something else', () => parsePlan('[1]', 'plan.json'), 'plan.json is not a plan of lockstep', 1],
    [
      'has another version',
      parsed((plan) => ({ ...plan, formatVersion: 2 })),
      'refused: plan.json has plan format 2',
      3,
    ],
    [
      'was changed',
      parsed((plan) => ({ ...plan, account: 'other' }), false),
      'refused: plan.json was changed after it was made',
      3,
    ],
    [
      'was changed and sealed again, to send more than it shows',
      parsed((plan) => {
        const step = plan.waves.flat()[0];
        if (step !== undefined) Object.assign(step.request.body['in_meeting'] as object, { file_transfer: true });
        return plan;
      }),
      '"set account default" sends in_meeting.file_transfer',
      3,
    ],
    [
      'was changed and sealed again, to send it elsewhere',
      parsed((plan) => {
        const step = plan.waves.flat()[0];
        if (step !== undefined) Object.assign(step.request.document, { endpoint: 'lock_settings' });
        return plan;
      }),
      '"set account default" goes to another document',
      3,
    ],
    [
      'sends another value than it shows',
      tampered((step) => Object.assign(step.request.body['in_meeting'] as object, { chat: true })),
      'sends another value of in_meeting.chat',
      3,
    ],
    [
      'sends less than it shows',
      tampered((step) => Object.assign(step.request, { body: {} })),
      'sends another value of in_meeting.chat',
      3,
    ],
    [
      'goes to another target',
      tampered((step) => Object.assign(step, { target: { scope: 'group', name: 'Students', id: 'g1' } })),
      'is sent to another target',
      3,
    ],
    ['has another phase', tampered((step) => Object.assign(step, { phase: 'lock account' })), 'has another phase', 3],
    [
      'sends a secret of the environment along',
      tampered((step) =>
        Object.assign((step.request.body['in_meeting'] as Record<string, object>)['webinar_chat'] ?? {}, {
          allow_panelists_chat_with: { $secret: 'env:ZOOM_CLIENT_SECRET' },
        }),
      ),
      'sends in_meeting.webinar_chat.allow_panelists_chat_with',
      3,
    ],
    ['has other operations', tampered((step) => Object.assign(step, { patch: [] })), 'has other operations', 3],
    ['has another order', parsed((plan) => ({ ...plan, waves: plan.waves.toReversed() })), 'its order is another', 3],
    [
      'has a step twice',
      parsed((plan) => ({ ...plan, waves: [...plan.waves, ...plan.waves.slice(-1)] })),
      'two steps are the same',
      3,
    ],
    [
      'unlocks where it shows a lock',
      parsed((plan) => {
        const step = plan.waves.flat().at(-1);
        if (step !== undefined) Object.assign(step.changes[0] ?? {}, { after: false });
        return plan;
      }),
      'locks where it shows unlocking',
      3,
    ],
  ])('that %s is refused', (_, read, message, exitCode) => {
    expect(read).toThrow(expect.objectContaining({ message: expect.stringContaining(message), exitCode }));
  });
});

describe('what has moved since', () => {
  const staleNow = (settings: Record<string, Json>, locks: Record<string, Json> = LOCKS) =>
    staleFields(PLAN, new Map([['account', live(ACCOUNT, settings, locks)]])).map(({ path }) => path);

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
    const moved = new Map([['account', live(ACCOUNT, { ...SETTINGS, [`${CHAT}.allow_users_save_chats`]: 1 }, LOCKS)]]);
    const rest = withoutStale(PLAN, staleFields(PLAN, moved));
    expect(rest.waves.flat().map(({ request }) => request.body)).toEqual([
      { in_meeting: { chat: false, data_center_regions: ['DE'] } },
      { in_meeting: { chat: true } },
    ]);
  });
});
