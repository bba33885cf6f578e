import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DesiredTarget, LiveTarget } from '../../../src/model/state.ts';
import { orderSteps, PHASES, provides, requires } from '../../../src/reconcile/plan/order.ts';
import { stepsOf } from '../../../src/reconcile/plan/steps.ts';
import type { Json } from '../../../src/util/json.ts';
import { ACCOUNT, compared, DEAN, hiddenByNone, live, lock, STUDENTS, set, wants } from '../../helpers/desired.ts';

const NO_SECRETS = new Map<string, Json>();

function stepsFor(targets: [DesiredTarget, LiveTarget][]) {
  return targets.flatMap(([desired, found]) => {
    const { changes, pairs } = compared(desired, found, NO_SECRETS);
    return stepsOf(changes, pairs, hiddenByNone);
  });
}

const EVERYTHING: [DesiredTarget, LiveTarget][] = [
  [
    wants(
      ACCOUNT,
      lock('in_meeting.chat', false),
      set('in_meeting.chat', false),
      lock('in_meeting.file_transfer'),
      set('in_meeting.file_transfer', false),
      set('meeting_security.waiting_room', true),
    ),
    live(
      ACCOUNT,
      { 'in_meeting.chat': true, 'in_meeting.file_transfer': true, 'meeting_security.waiting_room': false },
      { 'in_meeting.chat': true, 'in_meeting.file_transfer': false },
    ),
  ],
  [
    wants(
      STUDENTS,
      lock('in_meeting.private_chat', false),
      set('in_meeting.private_chat', true),
      lock('in_meeting.screen_sharing'),
      set('meeting_security.waiting_room', true),
    ),
    live(
      STUDENTS,
      { 'in_meeting.private_chat': false, 'meeting_security.waiting_room': false },
      { 'in_meeting.private_chat': true, 'in_meeting.screen_sharing': false },
    ),
  ],
  [wants(DEAN, set('schedule_meeting.host_video', true)), live(DEAN, { 'schedule_meeting.host_video': false })],
];

const EXPECTED = [
  ['unlock account default'],
  ['unlock group:Students default'],
  ['set account meeting_security'],
  ['set account default'],
  ['set group:Students meeting_security'],
  ['set group:Students default'],
  ['set user:dean@example.edu default'],
  ['lock group:Students default'],
  ['lock account default'],
];

describe('order', () => {
  it('is unlock, set, lock: top-down, then bottom-up', () => {
    expect(orderSteps(stepsFor(EVERYTHING)).map((wave) => wave.map(({ id }) => id))).toEqual(EXPECTED);
  });

  it('does not depend on the order in which targets were read', () => {
    const waves = orderSteps(stepsFor(EVERYTHING.toReversed()));
    expect(waves.map((wave) => wave.map(({ id }) => id))).toEqual(EXPECTED);
  });

  it('runs different targets together and never one target twice at once', () => {
    const groups = ['A', 'B', 'C'].map((name) => ({ scope: 'group' as const, name, id: name }));
    const waves = orderSteps(
      stepsFor(
        groups.map((group) => [
          wants(group, set('in_meeting.chat', false), set('meeting_security.waiting_room', true)),
          live(group, { 'in_meeting.chat': true, 'meeting_security.waiting_room': false }),
        ]),
      ),
    );
    expect(waves.map((wave) => wave.map(({ target }) => target.id))).toEqual([
      ['A', 'B', 'C'],
      ['A', 'B', 'C'],
    ]);
  });

  it('has the phases of the picture, in its order', () => {
    const source = readFileSync(new URL('../../../src/reconcile/plan/order.ts', import.meta.url), 'utf8');
    const [picture = ''] = source.match(/^ \*\s+unlock account ──▶.*$/m) ?? [];
    expect(picture.replace(/^ \*\s+/, '').split(' ──▶ ')).toEqual(PHASES);
  });
});

describe('what a change that fails holds back', () => {
  const changeOf = (desired: DesiredTarget, found: LiveTarget) => {
    const [change] = compared(desired, found, NO_SECRETS).changes;
    if (change === undefined) throw new Error('no change');
    return change;
  };
  const accountSet = (path: string) => changeOf(wants(ACCOUNT, set(path, false)), live(ACCOUNT, { [path]: true }));
  const groupSet = (path: string) => changeOf(wants(STUDENTS, set(path, false)), live(STUDENTS, { [path]: true }));
  const lockOn = (target: typeof ACCOUNT, path: string) =>
    changeOf(wants(target, lock(path)), live(target, {}, { [path]: false }));
  const lockOff = (target: typeof ACCOUNT, path: string) =>
    changeOf(wants(target, lock(path, false)), live(target, {}, { [path]: true }));
  const userSet = (path: string) => changeOf(wants(DEAN, set(path, false)), live(DEAN, { [path]: true }));

  it.each([
    ['a set holds back the lock of its path', accountSet('in_meeting.chat'), lockOn(ACCOUNT, 'in_meeting.chat'), true],
    [
      'a set leaves the lock of another path alone',
      accountSet('in_meeting.chat'),
      lockOn(ACCOUNT, 'in_meeting.file_transfer'),
      false,
    ],
    [
      'a set holds back the lock on its parent',
      accountSet('in_meeting.webinar_chat.enable'),
      lockOn(ACCOUNT, 'in_meeting.webinar_chat'),
      true,
    ],
    [
      "a group's set holds back the account's lock",
      groupSet('in_meeting.chat'),
      lockOn(ACCOUNT, 'in_meeting.chat'),
      true,
    ],
    ["a group's set holds back its own lock", groupSet('in_meeting.chat'), lockOn(STUDENTS, 'in_meeting.chat'), true],
    [
      "an account's set leaves a group's lock alone",
      accountSet('in_meeting.chat'),
      lockOn(STUDENTS, 'in_meeting.chat'),
      false,
    ],
    ["a user's set holds back the locks above", userSet('in_meeting.chat'), lockOn(STUDENTS, 'in_meeting.chat'), true],
    [
      'a set under another name holds back the lock',
      groupSet('in_meeting.waiting_room'),
      lockOn(ACCOUNT, 'meeting_security.waiting_room'),
      true,
    ],
    [
      "the account's unlock holds back a group's set",
      lockOff(ACCOUNT, 'in_meeting.chat'),
      groupSet('in_meeting.chat'),
      true,
    ],
    [
      "the account's unlock leaves its own set alone",
      lockOff(ACCOUNT, 'in_meeting.chat'),
      accountSet('in_meeting.chat'),
      false,
    ],
    [
      "the account's unlock holds back a group's unlock",
      lockOff(ACCOUNT, 'in_meeting.chat'),
      lockOff(STUDENTS, 'in_meeting.chat'),
      true,
    ],
    [
      "a group's unlock holds back a user's set",
      lockOff(STUDENTS, 'in_meeting.chat'),
      userSet('in_meeting.chat'),
      true,
    ],
    [
      "the user's spelling is known",
      lockOff(ACCOUNT, 'schedule_meeting.participant_video'),
      userSet('schedule_meeting.participants_video'),
      true,
    ],
    [
      'a lock that fails holds back nothing',
      lockOn(STUDENTS, 'in_meeting.chat'),
      lockOn(ACCOUNT, 'in_meeting.chat'),
      false,
    ],
  ])('%s', (_, failed, later, expected) => {
    expect(requires(later).some((need) => provides(failed).includes(need))).toBe(expected);
  });
});
