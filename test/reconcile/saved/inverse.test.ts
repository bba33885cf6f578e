import { describe, expect, it } from 'vitest';
import type { Change } from '../../../src/model/plan.ts';
import { secret } from '../../../src/model/secret.ts';
import type { DesiredFact } from '../../../src/model/state.ts';
import { undo } from '../../../src/reconcile/saved/inverse.ts';
import type { Json } from '../../../src/util/json.ts';
import { ACCOUNT, compared, live, lock, set, wants } from '../../helpers/desired.ts';

function changed(
  facts: DesiredFact[],
  settings: Record<string, Json>,
  locks: Record<string, Json> = {},
): readonly Change[] {
  return compared(wants(ACCOUNT, ...facts), live(ACCOUNT, settings, locks), new Map([['env:P', 'x']])).changes;
}

/** What undoing wants, one line a fact, and what it leaves. */
function summary(changes: readonly Change[]): string[] {
  const { desired, left } = undo(changes, 'run.jsonl');
  return [
    ...desired.entries.flatMap(({ facts }) =>
      facts.map(({ kind, path, value }) => `${kind} ${path} ${JSON.stringify(value)}`),
    ),
    ...left.map(({ change, because }) => `left ${change.path}: ${because}`),
  ];
}

describe('undoing a run', () => {
  it.each<[string, readonly Change[], string[]]>([
    [
      'wants the old value',
      changed([set('in_meeting.chat', false)], { 'in_meeting.chat': true }),
      ['set in_meeting.chat true'],
    ],
    [
      'wants the old lock',
      changed([lock('in_meeting.chat')], {}, { 'in_meeting.chat': false }),
      ['lock in_meeting.chat false'],
    ],
    [
      'wants the lock back',
      changed([lock('in_meeting.chat', false)], {}, { 'in_meeting.chat': true }),
      ['lock in_meeting.chat true'],
    ],
    [
      'of two changes to one path goes back to the first',
      [
        ...changed([set('schedule_meeting.jbh_time', 5)], { 'schedule_meeting.jbh_time': 0 }),
        ...changed([set('schedule_meeting.jbh_time', 10)], { 'schedule_meeting.jbh_time': 5 }),
      ],
      ['set schedule_meeting.jbh_time 0'],
    ],
    [
      'leaves what goes with its switch to the switch',
      changed([set('recording.auto_delete_cmr', true), set('recording.auto_delete_cmr_days', 30)], {
        'recording.auto_delete_cmr': false,
      }),
      ['set recording.auto_delete_cmr false'],
    ],
    [
      'cannot send what Zoom would refuse',
      changed([set('schedule_meeting.jbh_time', 5)], { 'schedule_meeting.jbh_time': 'None' }),
      ['left schedule_meeting.jbh_time: Zoom would not take the old value back'],
    ],
    [
      'never had the secret',
      changed([set('chat.send_data_to_third_party_archiving_service.passcode', secret('env:P'))], {
        'chat.send_data_to_third_party_archiving_service.passcode': 'old',
      }),
      [
        'left chat.send_data_to_third_party_archiving_service.passcode: it is a secret, and the old value was never written down',
      ],
    ],
  ])('%s', (_, changes, expected) => {
    expect(summary(changes)).toEqual(expected);
  });

  it('of sign-in profiles puts the old ones back by name', () => {
    const list = 'meeting_authentication.authentication_options';
    const options = [{ id: 'p1', name: 'Any', type: 'enforce_login', default_option: true }];
    const facts = [
      set(list, [
        { name: 'Any', type: 'enforce_login_with_same_account' },
        { name: 'New', type: 'enforce_login' },
      ]),
    ];
    expect(summary(changed(facts, { 'meeting_authentication.meeting_authentication': true, [list]: options }))).toEqual(
      [`set ${list} [{"name":"Any","type":"enforce_login","default_option":true}]`],
    );
    const { desired } = undo(
      changed(facts, { 'meeting_authentication.meeting_authentication': true, [list]: options }),
      'run.jsonl',
    );
    expect(desired.entries[0]?.facts[0]?.absent).toEqual(['New']);
  });
});
