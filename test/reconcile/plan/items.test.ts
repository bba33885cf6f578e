import jsonPatch from 'fast-json-patch';
import { describe, expect, it } from 'vitest';
import { changeName, type SetChange } from '../../../src/model/plan.ts';
import type { DesiredFact } from '../../../src/model/state.ts';
import type { Target } from '../../../src/model/target.ts';
import { orderSteps } from '../../../src/reconcile/plan/order.ts';
import { stepsOf } from '../../../src/reconcile/plan/steps.ts';
import type { Json, JsonObject } from '../../../src/util/json.ts';
import { ACCOUNT, compared, DEAN, hiddenByNone, live, STUDENTS, set, wants } from '../../helpers/desired.ts';

const LIST = 'meeting_authentication.authentication_options';
const SWITCH = 'meeting_authentication.meeting_authentication';

const ANY = { id: 'p1', name: 'Any', type: 'enforce_login', default_option: true, visible: true };
const OURS = {
  id: 'p2',
  name: 'Ours',
  type: 'enforce_login_with_domains',
  domains: 'example.edu',
  default_option: false,
  visible: true,
};

/** One line a request, in the order of sending: the verb, the name, and what of the item is sent. */
function requests(
  target: Target,
  items: Json,
  options: readonly JsonObject[],
  more: Partial<DesiredFact> = {},
): string[] {
  const facts = [{ ...set(LIST, items), ...more }];
  const found = live(target, { [SWITCH]: true, [LIST]: [...options] });
  const { changes, blocked, pairs } = compared(wants(target, ...facts), found, new Map());
  const sent = orderSteps(stepsOf(changes, pairs, hiddenByNone))
    .flat()
    .map(({ request }) => {
      const { action, id, name, ...rest } = request.body['authentication_option'] as JsonObject;
      return `${action} ${id ?? 'new'} ${name} ${JSON.stringify(rest)}`;
    });
  return [...sent, ...blocked.map(({ detail }) => `blocked: ${detail}`)];
}

describe('sign-in profiles', () => {
  const ours = { name: 'Ours', type: 'enforce_login_with_domains', domains: 'example.edu' };

  it.each<[string, Target, Json, readonly JsonObject[], string[]]>([
    ['that are right need nothing', ACCOUNT, [{ name: 'Any', type: 'enforce_login' }], [ANY, OURS], []],
    ['in another order need nothing', ACCOUNT, [{ name: 'Ours' }, { name: 'Any' }], [ANY, OURS], []],
    [
      'that are missing are added',
      ACCOUNT,
      [ours],
      [ANY],
      ['add new Ours {"type":"enforce_login_with_domains","domains":"example.edu"}'],
    ],
    [
      'that differ are updated as a whole',
      ACCOUNT,
      [{ name: 'Ours', domains: 'example.com' }],
      [ANY, OURS],
      ['update p2 Ours {"type":"enforce_login_with_domains","domains":"example.com","default_option":false}'],
    ],
    [
      'take over as default first, and Zoom unmarks the old one itself',
      ACCOUNT,
      [
        { name: 'Any', default_option: false },
        { ...ours, default_option: true },
      ],
      [ANY, OURS],
      ['update p2 Ours {"type":"enforce_login_with_domains","domains":"example.edu","default_option":true}'],
    ],
    ['that the policy does not name stay', ACCOUNT, [], [ANY, OURS], []],
    ['are hidden by a group', STUDENTS, [{ name: 'Ours', visible: false }], [ANY, OURS], ['hide p2 Ours {}']],
    [
      'are shown by a user',
      DEAN,
      [{ name: 'Ours', visible: true }],
      [{ ...OURS, visible: false }],
      ['show p2 Ours {}'],
    ],
    [
      'cannot be made by a group',
      STUDENTS,
      [{ name: 'New', type: 'enforce_login' }],
      [ANY],
      ['blocked: "New": the account has no such profile; only the account can add one'],
    ],
  ])('%s', (_, target, items, options, expected) => {
    expect(requests(target, items, options)).toEqual(expected);
  });

  it('that an exclusive list does not name go last, after the new default is there', () => {
    const items = [{ name: 'New', type: 'enforce_login', default_option: true }];
    expect(requests(ACCOUNT, items, [ANY, OURS], { exclusive: true })).toEqual([
      'add new New {"type":"enforce_login","default_option":true}',
      'delete p1 Any {}',
      'delete p2 Ours {}',
    ]);
    expect(requests(STUDENTS, [{ name: 'Any' }], [ANY, OURS], { exclusive: true })).toEqual(['hide p2 Ours {}']);
  });

  it('are not guessed while Zoom leaves them out', () => {
    const { changes, warnings } = compared(
      wants(ACCOUNT, set(SWITCH, true), set(LIST, [ours])),
      live(ACCOUNT, { [SWITCH]: false }),
      new Map(),
    );
    expect(changes.map(({ path }) => path)).toEqual([SWITCH]);
    expect(warnings).toMatchObject([{ message: expect.stringContaining('apply, then plan again') }]);
  });

  it('as RFC 6902 lead to the wanted list, and back', () => {
    const facts = [set(LIST, [{ name: 'Ours', domains: 'example.com' }])];
    const found = live(ACCOUNT, { [SWITCH]: true, [LIST]: [ANY, OURS] });
    const { changes, pairs } = compared(wants(ACCOUNT, ...facts), found, new Map());
    const [entry] = stepsOf(changes, pairs, hiddenByNone);
    const before = { authentication_options: [ANY, OURS] };
    const { newDocument } = jsonPatch.applyPatch(structuredClone(before), (entry?.step.patch ?? []) as never[], true);
    expect(newDocument.authentication_options[1]).toMatchObject({ name: 'Ours', domains: 'example.com' });
  });

  it('are told apart in results by name', () => {
    const change = (item: SetChange['item']) => ({
      kind: 'set' as const,
      path: LIST,
      ...(item === undefined ? {} : { item }),
    });
    expect(changeName(change(undefined))).toBe(LIST);
    expect(changeName(change({ action: 'update', name: 'Any' }))).toBe(`${LIST}[Any]`);
    expect(changeName(change({ action: 'hide', name: 'Any' }))).toBe(`${LIST}[Any].visible`);
  });
});

describe('other lists', () => {
  const POLICIES = 'chat.chat_etiquette_tool.policies';
  const TEMPLATES = 'schedule_meeting.meeting_template.templates';
  const card = {
    id: 'e1',
    name: 'Cards',
    status: 'activated',
    keywords: ['card'],
    trigger_action: 1,
    is_locked: false,
  };

  const bodies = (target: Target, path: string, wanted: Json, now: Json, more: Partial<DesiredFact> = {}) => {
    const facts = [{ ...set(path, wanted), ...more }];
    const found = live(target, { [path]: now });
    const { changes, blocked, pairs } = compared(wants(target, ...facts), found, new Map());
    const steps = orderSteps(stepsOf(changes, pairs, hiddenByNone)).flat();
    return [...steps.map(({ request }) => request.body), ...blocked.map(({ detail }) => detail)];
  };

  it('of etiquette policies are told with the word for it', () => {
    const wanted = [
      { name: 'Cards', status: 'deactivated' },
      { name: 'Names', keywords: ['x'], status: 'activated' },
    ];
    const tool = (content: JsonObject) => ({ chat: { chat_etiquette_tool: content } });
    expect(bodies(ACCOUNT, POLICIES, wanted, [card])).toEqual([
      tool({ operate: 'create', policies: [{ name: 'Names', keywords: ['x'], status: 'activated' }] }),
      tool({
        operate: 'update',
        policies: [{ id: 'e1', status: 'deactivated', keywords: ['card'], trigger_action: 1, is_locked: false }],
      }),
    ]);
    expect(bodies(ACCOUNT, POLICIES, [], [card], { exclusive: true })).toEqual([
      tool({ operate: 'delete', policies: [{ id: 'e1' }] }),
    ]);
    expect(bodies(STUDENTS, POLICIES, [{ name: 'Cards', status: 'deactivated' }], [card])).toEqual([
      tool({ policies: [{ id: 'e1', status: 'deactivated' }] }),
    ]);
  });

  it('of meeting templates are switched by id, and never made', () => {
    const now = [{ id: 't1', name: 'Lecture', enable: false }];
    expect(
      bodies(
        ACCOUNT,
        TEMPLATES,
        [
          { name: 'Lecture', enable: true },
          { name: 'Talk', enable: true },
        ],
        now,
      ),
    ).toEqual([
      { schedule_meeting: { meeting_template: { action: 'update', templates: [{ id: 't1', enable: true }] } } },
      '"Talk": Zoom has no such template; templates are made from meetings',
    ]);
  });
});
