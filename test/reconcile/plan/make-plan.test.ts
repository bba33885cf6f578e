import { describe, expect, it } from 'vitest';
import type { DesiredEntry, DesiredFact, LiveTarget } from '../../../src/model/state.ts';
import type { Target } from '../../../src/model/target.ts';
import type { ZoomReader } from '../../../src/model/zoom-api.ts';
import { stepText } from '../../../src/reconcile/plan/fingerprint.ts';
import { makePlan, type PlanningOptions } from '../../../src/reconcile/plan/make-plan.ts';
import { selectionFrom } from '../../../src/reconcile/plan/select.ts';
import { stableText } from '../../../src/util/json.ts';
import { ACCOUNT, answering, DEAN, live, lock, STUDENTS, set } from '../../helpers/desired.ts';
import { zoomReader } from '../../helpers/zoom-reader.ts';

const CHAT = 'in_meeting.chat';
const LOCKS = { endpoint: 'lock_settings', query: {} } as const;
const UNREADABLE = { state: 'unreadable', reason: 'a scope is missing' } as const;
const GROUPS = [{ id: 'g1', name: 'Students' }];

function entry(target: Target, ...facts: DesiredFact[]): DesiredEntry {
  const name = target.scope === 'account' ? '' : target.scope === 'group' ? target.name : target.email;
  return { scope: target.scope, name, glob: false, facts, provenance: { file: 'p.yaml', line: 1, column: 1 } };
}

function planned(entries: readonly DesiredEntry[], zoom: ZoomReader, options: Partial<PlanningOptions> = {}) {
  return makePlan({ desired: { entries }, secrets: new Map() }, zoom, {
    selection: selectionFrom([]),
    assumeUnlocked: false,
    atOnce: 1,
    onProgress: () => undefined,
    ...options,
  });
}

/** One line a change or block. */
async function summary(
  entries: readonly DesiredEntry[],
  found: readonly LiveTarget[],
  memberOf: Readonly<Record<string, readonly string[] | null>> = {},
  options: Partial<PlanningOptions> = {},
) {
  const { plan } = await planned(entries, zoomReader(found, { groups: GROUPS, memberOf }).zoom, options);
  return [
    ...plan.waves.map((wave) => wave.map(({ id }) => id).join(', ')),
    ...plan.blocked.map(({ path, reason }) => `blocked ${path} ${reason}`),
  ];
}

describe('a plan', () => {
  it('has the value before the lock, and counts what is right', async () => {
    const account = live(ACCOUNT, { [CHAT]: true, 'in_meeting.file_transfer': false }, { [CHAT]: false });
    const wants = entry(ACCOUNT, set(CHAT, false), lock(CHAT), set('in_meeting.file_transfer', false));
    const { plan } = await planned([wants], zoomReader([account]).zoom);
    expect(plan.waves.map((wave) => wave.map(({ id }) => id))).toEqual([
      ['set account default'],
      ['lock account default'],
    ]);
    expect(plan.compared).toEqual({ targets: 1, unchanged: 1 });
  });

  it('reads each document once, and no lock of the account where nothing below changes', async () => {
    const same = zoomReader([live(STUDENTS, { [CHAT]: false }), live(ACCOUNT, {})], { groups: GROUPS });
    await planned([entry(STUDENTS, set(CHAT, false), set('in_meeting.chat', false))], same.zoom);
    expect(same.reads).toEqual([{ target: STUDENTS, document: 'settings' }]);
    const other = zoomReader([live(STUDENTS, { [CHAT]: true }), live(ACCOUNT, {})], { groups: GROUPS });
    await planned([entry(STUDENTS, set(CHAT, false))], other.zoom);
    expect(other.reads).toEqual([
      { target: STUDENTS, document: 'settings' },
      { target: ACCOUNT, document: 'lock_settings' },
    ]);
  });

  it('reports how many documents it needs before it reads the first', async () => {
    const { zoom, reads } = zoomReader([live(ACCOUNT, { [CHAT]: false }, { [CHAT]: true })]);
    const asked: [documents: number, read: number][] = [];
    const onReads = (documents: number) => asked.push([documents, reads.length]);
    await planned([entry(ACCOUNT, set(CHAT, false), lock(CHAT))], zoom, { onReads });
    expect(asked).toEqual([[2, 0]]);
  });

  it('expects after an apply what is right and what is sent, and nothing of what is blocked', async () => {
    const account = live(ACCOUNT, { [CHAT]: true, 'in_meeting.file_transfer': false });
    const facts = [set(CHAT, false), set('in_meeting.file_transfer', false), set('in_meeting.annotation', true)];
    const { wanted } = await planned([entry(ACCOUNT, ...facts)], zoomReader([account]).zoom);
    expect(wanted(ACCOUNT).map(({ path }) => path)).toEqual([CHAT, 'in_meeting.file_transfer']);
  });
});

describe('locks above', () => {
  const group = live(STUDENTS, { [CHAT]: true });
  const wants = entry(STUDENTS, set(CHAT, false));
  const locked = live(ACCOUNT, {}, { [CHAT]: true });
  const unreadable = answering(live(ACCOUNT, {}), LOCKS, UNREADABLE);

  it.each([
    ['that stay on block', [wants], locked, {}, [`blocked ${CHAT} locked-by-account`]],
    [
      'that this run removes come first',
      [entry(ACCOUNT, lock(CHAT, false)), wants],
      locked,
      {},
      ['unlock account default', 'set group:Students default'],
    ],
    ['that cannot be read block', [wants], unreadable, {}, [`blocked ${CHAT} unreadable`]],
    [
      'that cannot be read are off where that was said',
      [wants],
      unreadable,
      { assumeUnlocked: true },
      ['set group:Students default'],
    ],
  ] as [string, DesiredEntry[], LiveTarget, Partial<PlanningOptions>, string[]][])(
    '%s',
    async (_, entries, account, options, expected) => {
      expect(await summary(entries, [group, account], {}, options)).toEqual(expected);
    },
  );

  it('of a group bind its members', async () => {
    const found = [live(ACCOUNT, {}), live(STUDENTS, { [CHAT]: true }, { [CHAT]: true }), live(DEAN, { [CHAT]: true })];
    const dean = [entry(DEAN, set(CHAT, false))];
    expect(await summary(dean, found, { [DEAN.id]: ['g1'] })).toEqual([`blocked ${CHAT} locked-by-group`]);
    expect(await summary(dean, found, { [DEAN.id]: [] })).toEqual([`set user:dean@example.edu default`]);
  });

  it('that come over a user with unknown groups block a value of its own', async () => {
    const found = [
      live(ACCOUNT, {}),
      live(STUDENTS, { [CHAT]: true }, { [CHAT]: false }),
      live(DEAN, { [CHAT]: true }),
    ];
    const entries = [entry(STUDENTS, lock(CHAT)), entry(DEAN, set(CHAT, false))];
    expect(await summary(entries, found, { [DEAN.id]: null })).toContain(`blocked ${CHAT} unreadable`);
  });
});

it('the text that a step is fingerprinted by is its stable text', async () => {
  const account = live(ACCOUNT, { [CHAT]: true, 'in_meeting.webinar_chat.enable': true }, { [CHAT]: false });
  const wants = entry(ACCOUNT, set(CHAT, false), lock(CHAT), set('in_meeting.webinar_chat.enable', false));
  const { plan } = await planned([wants], zoomReader([account]).zoom);
  const steps = plan.waves.flat();
  expect(steps).toHaveLength(2);
  expect(steps.map(stepText)).toEqual(steps.map(stableText));
});
