import { describe, expect, it } from 'vitest';
import { changesOf, type Plan } from '../../../src/model/plan.ts';
import { secret } from '../../../src/model/secret.ts';
import { documentKey } from '../../../src/model/setting.ts';
import type { DesiredFact, LiveTarget } from '../../../src/model/state.ts';
import { type Target, targetLabel } from '../../../src/model/target.ts';
import type { Group, ZoomReader } from '../../../src/model/zoom-api.ts';
import { makePlan } from '../../../src/reconcile/plan/make-plan.ts';
import { selectionFrom } from '../../../src/reconcile/plan/select.ts';
import { type PrepareOptions, prepareSaved } from '../../../src/reconcile/saved/prepare.ts';
import type { Json } from '../../../src/util/json.ts';
import { OWN } from '../../helpers/account.ts';
import { ACCOUNT, live, lock, STUDENTS, set } from '../../helpers/desired.ts';

const ARCHIVE = 'chat.send_data_to_third_party_archiving_service';
const SETTINGS: Record<string, Json> = { 'in_meeting.chat': true, 'in_meeting.file_transfer': true };
const LOCKS = { 'in_meeting.chat': false };
const FACTS = [set('in_meeting.chat', false), set('in_meeting.file_transfer', false), lock('in_meeting.chat')];
const GROUPS: readonly Group[] = [{ id: 'g1', name: 'Students' }];

interface Read {
  readonly target: Target;
  readonly document: string;
}

/** A Zoom that answers from what is live, and records the documents that were read of it. */
function zoomOf(found: readonly LiveTarget[], groups = GROUPS): { zoom: ZoomReader; reads: Read[] } {
  const reads: Read[] = [];
  const zoom: ZoomReader = {
    account: OWN,
    readDocument: async (target, ref) => {
      reads.push({ target, document: documentKey(ref) });
      const same = found.find((entry) => targetLabel(entry.target) === targetLabel(target));
      if (same?.state !== 'found') return { state: 'missing', reason: 'Zoom has no such target' };
      return same.documents.get(documentKey(ref)) ?? { state: 'unreadable', reason: 'it is not in this test' };
    },
    listGroups: async () => groups,
    listUsers: async () => [],
    groupsOfUser: async () => [],
  };
  return { zoom, reads };
}

/** A plan as `plan --out` would write it. */
async function planOf(
  found: LiveTarget,
  facts: readonly DesiredFact[],
  secrets: Record<string, Json> = {},
  group = 'g1',
) {
  const { target } = found;
  const name = target.scope === 'group' ? target.name : '';
  const entry = {
    scope: target.scope,
    name,
    glob: false,
    facts,
    provenance: { file: 'p.yaml', line: 1, column: 1 },
  };
  const { plan } = await makePlan(
    { desired: { entries: [entry] }, secrets: new Map(Object.entries(secrets)) },
    zoomOf([found], [{ id: group, name: 'Students' }]).zoom,
    {
      selection: selectionFrom([]),
      assumeUnlocked: true,
      atOnce: 1,
      onProgress: () => undefined,
    },
  );
  expect(changesOf(plan)).not.toEqual([]);
  return plan;
}

async function prepared(plan: Plan, zoom: ZoomReader, options: Partial<PrepareOptions> = {}) {
  const stale: string[] = [];
  const ready = await prepareSaved(plan, zoom, {
    env: {},
    partial: false,
    atOnce: 1,
    onProgress: () => undefined,
    onStale: (text) => stale.push(text),
    ...options,
  });
  return { ...ready, stale };
}

const sent = (plan: Plan) => plan.waves.flat().map(({ request }) => request.body);

describe('preparing a saved plan', () => {
  it('gives the same plan back while Zoom is as it was', async () => {
    const found = live(ACCOUNT, SETTINGS, LOCKS);
    const plan = await planOf(found, FACTS);
    const ready = await prepared(plan, zoomOf([found]).zoom);
    expect(ready).toMatchObject({ plan, dropped: [], stale: [] });
    expect(ready.wanted(ACCOUNT)).toEqual(FACTS.toSorted((a, b) => a.kind.localeCompare(b.kind) * -1));
    expect(ready.wanted(STUDENTS)).toEqual([]);
  });

  it('reads each document that the plan patches once, and no other', async () => {
    const found = live(ACCOUNT, SETTINGS, LOCKS);
    const { zoom, reads } = zoomOf([found]);
    await prepared(await planOf(found, FACTS), zoom);
    expect(reads.map(({ document }) => document).sort()).toEqual(['lock_settings', 'settings']);
  });

  it.each<[string, Partial<ZoomReader>, Record<string, Json>, string]>([
    [
      'another account',
      { account: { ...OWN, id: 'def456' } },
      SETTINGS,
      'the plan is for Example University (abc123) at api.zoom.us; this run is for Example University (def456) at api',
    ],
    [
      'the same id at another host',
      { account: { ...OWN, host: '127.0.0.1:8780' } },
      SETTINGS,
      'this run is for Example University (abc123) at 127.0.0.1:8780',
    ],
    [
      'the same account by another path',
      { account: { ...OWN, via: { path: 'master', namedBy: 'Zoom' } } },
      SETTINGS,
      'this run is for Example University (abc123) at api.zoom.us, through its master account',
    ],
    [
      'a value that moved',
      {},
      { ...SETTINGS, 'in_meeting.chat': false },
      'account in_meeting.chat: was true for the plan, is false now',
    ],
    [
      'a value that is gone',
      {},
      { 'in_meeting.file_transfer': true },
      'account in_meeting.chat: was true for the plan, is absent now',
    ],
    [
      'a document that cannot be read',
      { readDocument: async () => ({ state: 'unreadable', reason: 'no scope' }) },
      SETTINGS,
      'what the plan changes cannot be read, so it may be stale\naccount in_meeting.chat: was true for the plan, cannot be read now: no scope',
    ],
    [
      'a target that is gone',
      { readDocument: async () => ({ state: 'missing', reason: 'the account does not exist' }) },
      SETTINGS,
      'account in_meeting.chat: was true for the plan, cannot be read now: the account does not exist',
    ],
  ])('refuses %s', async (_, altered, now, message) => {
    const plan = await planOf(live(ACCOUNT, SETTINGS, LOCKS), FACTS);
    const zoom = { ...zoomOf([live(ACCOUNT, now, LOCKS)]).zoom, ...altered };
    await expect(prepared(plan, zoom)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining(message),
    });
  });

  it('leaves out what moved when a part may be applied, and reports it', async () => {
    const plan = await planOf(live(ACCOUNT, SETTINGS, LOCKS), FACTS);
    const moved = live(ACCOUNT, { ...SETTINGS, 'in_meeting.file_transfer': false }, LOCKS);
    const ready = await prepared(plan, zoomOf([moved]).zoom, { partial: true });
    expect(sent(ready.plan)).toEqual([{ in_meeting: { chat: false } }, { in_meeting: { chat: true } }]);
    expect(ready.dropped.map(({ status, change }) => `${status} ${change.path}`)).toEqual([
      'notAttempted in_meeting.file_transfer',
    ]);
    expect(ready.stale).toEqual(['account in_meeting.file_transfer: was true for the plan, is false now']);
    expect(ready.wanted(ACCOUNT).map(({ path }) => path)).not.toContain('in_meeting.file_transfer');
  });

  it('leaves out what cannot be read, and reports why', async () => {
    const plan = await planOf(live(ACCOUNT, SETTINGS, LOCKS), FACTS);
    const { zoom } = zoomOf([live(ACCOUNT, SETTINGS, LOCKS)]);
    const withoutLocks: ZoomReader = {
      ...zoom,
      readDocument: async (target, ref) =>
        ref.endpoint === 'lock_settings' ? { state: 'unreadable', reason: 'HTTP 500' } : zoom.readDocument(target, ref),
    };
    const ready = await prepared(plan, withoutLocks, { partial: true });
    expect(sent(ready.plan)).toEqual([{ in_meeting: { chat: false, file_transfer: false } }]);
    expect(ready.dropped).toMatchObject([
      { status: 'notAttempted', change: { kind: 'lock' }, because: 'it cannot be read now: HTTP 500' },
    ]);
    expect(ready.stale).toEqual(['account in_meeting.chat: was false for the plan, cannot be read now: HTTP 500']);
  });

  it('keeps two groups of one name apart', async () => {
    const plans = await Promise.all(
      ['g1', 'g2'].map((id) =>
        planOf(live({ ...STUDENTS, id }, { 'in_meeting.chat': true }), [set('in_meeting.chat', false)], {}, id),
      ),
    );
    const steps = plans.flatMap(({ waves }) => waves.flat());
    const [first] = plans;
    if (first === undefined) throw new Error('there are two plans');
    const groups = [
      { id: 'g1', name: 'Students' },
      { id: 'g2', name: 'Students' },
    ];
    const { zoom } = zoomOf([], groups);
    const values: Record<string, boolean> = { g1: true, g2: false };
    const answering: ZoomReader = {
      ...zoom,
      readDocument: async ({ id }) => ({ state: 'read', body: { in_meeting: { chat: values[id] ?? null } } }),
    };
    const ready = await prepared({ ...first, waves: [steps] }, answering, { partial: true });
    expect(ready.plan.waves.flat().map(({ target }) => target.id)).toEqual(['g1']);
    expect(ready.dropped.map(({ change }) => change.target.id)).toEqual(['g2']);
  });
});

describe('the groups of a saved plan', () => {
  it.each<[string, readonly Group[]]>([
    ['another id', [{ id: 'g2', name: 'Students' }]],
    ['another name', [{ id: 'g1', name: 'Pupils' }]],
    ['no group left', []],
  ])('are refused under %s, before anything is read', async (_, groups) => {
    const found = live(STUDENTS, { 'in_meeting.chat': true });
    const plan = await planOf(found, [set('in_meeting.chat', false)]);
    const { zoom, reads } = zoomOf([found], groups);
    await expect(prepared(plan, zoom)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('group:Students'),
    });
    expect(reads).toEqual([]);
  });

  it('are found by id and name', async () => {
    const found = live(STUDENTS, { 'in_meeting.chat': true });
    const plan = await planOf(found, [set('in_meeting.chat', false)]);
    expect((await prepared(plan, zoomOf([found]).zoom)).plan).toEqual(plan);
  });
});

describe('the secrets of a saved plan', () => {
  const found = live(ACCOUNT, { [`${ARCHIVE}.enable`]: true, [`${ARCHIVE}.passcode`]: 'old pass' });
  const planFor = (reference: string) =>
    planOf(found, [set(`${ARCHIVE}.passcode`, secret(reference))], { [reference]: 'new pass' });

  it('are read from the environment again, and never written into the plan', async () => {
    const plan = await planFor('env:PASS');
    const ready = await prepared(plan, zoomOf([found]).zoom, { env: { PASS: 'new pass' } });
    expect(ready.secrets.get('env:PASS')).toBe('new pass');
    expect(JSON.stringify(ready.plan)).not.toMatch(/(old|new) pass/);
  });

  it.each<[string, string, Record<string, string>, string]>([
    ['a variable that is not set', 'env:PASS', {}, 'PASS'],
    ['a variable that is empty', 'env:PASS', { PASS: '' }, 'PASS'],
    ['a name that every object has', 'env:toString', {}, 'toString'],
    ['a secret written in a policy', 'policy:p.yaml:1:1', {}, 'policy:p.yaml:1:1'],
  ])('are refused for %s', async (_, reference, env, named) => {
    const plan = await planFor(reference);
    await expect(prepared(plan, zoomOf([found]).zoom, { env })).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining(named),
      hint: expect.stringContaining('nothing was sent'),
    });
  });

  it('are refused for a variable of the connection, whoever wrote it into the plan', async () => {
    const plan = await planFor('env:ZOOM_CLIENT_SECRET');
    const env = { ZOOM_CLIENT_SECRET: 'client secret' };
    await expect(prepared(plan, zoomOf([found]).zoom, { env })).rejects.toMatchObject({
      exitCode: 3,
      message: 'refused: the plan sends ZOOM_CLIENT_SECRET to Zoom as the value of a setting',
    });
  });
});
