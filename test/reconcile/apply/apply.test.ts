/** How the changes of a plan end, against a Zoom in memory: sent, narrowed, held back, read back and explained. */
import { describe, expect, it } from 'vitest';
import { LockstepError } from '../../../src/errors.ts';
import type { Plan } from '../../../src/model/plan.ts';
import type { ApplyResult, ChangeResult, Refusal } from '../../../src/model/result.ts';
import type { Desired, DesiredFact } from '../../../src/model/state.ts';
import { type TargetRef, targetLabel } from '../../../src/model/target.ts';
import { applyPlan } from '../../../src/reconcile/apply/apply.ts';
import type { ApplyEvent, ApplyOptions } from '../../../src/reconcile/apply/apply-run.ts';
import { makePlan, type Planned } from '../../../src/reconcile/plan/make-plan.ts';
import { selectionFrom } from '../../../src/reconcile/plan/select.ts';
import { OWN } from '../../helpers/account.ts';
import { lock, set } from '../../helpers/desired.ts';
import { type MemoryZoom, memoryZoom } from '../../helpers/memory-zoom.ts';
import type { Organisation } from '../../helpers/organisation.ts';

const settings = (in_meeting: Record<string, boolean>) => ({ settings: { in_meeting } });
const locks = (in_meeting: Record<string, boolean>) => ({ lock_settings: { in_meeting } });
const OPEN = { ...settings({ chat: true, polling: true }), ...locks({ chat: false, polling: false }) };
const ORGANISATION: Organisation = {
  account: OPEN,
  groups: { Students: OPEN, Staff: OPEN },
  users: { 'dean@example.edu': settings({ chat: true, polling: true }) },
  members: { 'dean@example.edu': ['Students'] },
};
const ACCOUNT = { scope: 'account' } as const;
const STUDENTS = { scope: 'group', name: 'Students' } as const;
const STAFF = { scope: 'group', name: 'Staff' } as const;
const DEAN = { scope: 'user', email: 'dean@example.edu' } as const;

type Wanted = readonly (readonly [target: TargetRef, ...facts: DesiredFact[]])[];

function desiredOf(wanted: Wanted): Desired {
  const provenance = { file: 'p.yaml', line: 1, column: 1 };
  const nameOf = (target: TargetRef) =>
    target.scope === 'group' ? target.name : target.scope === 'user' ? target.email : '';
  return {
    entries: wanted.map(([target, ...facts]) => ({
      scope: target.scope,
      name: nameOf(target),
      glob: false,
      facts,
      provenance,
    })),
  };
}

function planFor(zoom: MemoryZoom, wanted: Wanted, secrets: ReadonlyMap<string, string> = new Map()): Promise<Planned> {
  return makePlan({ desired: desiredOf(wanted), secrets }, zoom, {
    selection: selectionFrom([]),
    assumeUnlocked: false,
    ofSecret: () => 'new',
    onProgress: () => undefined,
    atOnce: 1,
  });
}

interface Applied extends ApplyResult {
  readonly events: readonly ApplyEvent[];
  /** Those of the apply, without those of the plan. */
  readonly requests: readonly string[];
}

async function applied(zoom: MemoryZoom, planned: Planned, more: Partial<ApplyOptions> = {}): Promise<Applied> {
  const before = zoom.log.length;
  const events: ApplyEvent[] = [];
  const result = await applyPlan(planned.plan, {
    zoom,
    secrets: planned.secrets,
    confidential: planned.confidential,
    wanted: planned.wanted,
    signal: new AbortController().signal,
    record: async (event) => void events.push(event),
    beforeSend: async () => undefined,
    settle: { seconds: 0, sleep: async () => undefined },
    ...more,
  });
  return { ...result, events, requests: zoom.log.slice(before).map(({ request }) => request) };
}

/** `group:Students set in_meeting.chat: failed` and why. */
function endings(results: readonly ChangeResult[]): string[] {
  return results.map((result) => {
    const { target, kind, path } = result.change;
    return `${targetLabel(target)} ${kind} ${path}: ${result.status}${whyOf(result)}`;
  });
}

function whyOf(result: ChangeResult): string {
  switch (result.status) {
    case 'applied':
      return result.unread === undefined ? '' : ` (${result.unread})`;
    case 'ineffective':
      return ` (${result.reason}: ${result.because})`;
    case 'failed':
      return ` (${result.refusal.message})`;
    case 'notAttempted':
      return ` (${result.because})`;
  }
}

const refuses = (refusal: Refusal) => ({ accepted: false as const, refusal });
const CHAT_AND_POLLING: Wanted = [[STUDENTS, set('in_meeting.chat', false), set('in_meeting.polling', false)]];

describe('every change ends', () => {
  it('as applied, once its document was read back after the last request for it', async () => {
    const zoom = memoryZoom(ORGANISATION);
    const planned = await planFor(zoom, [[STUDENTS, set('in_meeting.chat', false), lock('in_meeting.chat')]]);
    const { results, remaining, requests, events, leftUnlocked } = await applied(zoom, planned);
    expect(endings(results)).toEqual([
      'group:Students set in_meeting.chat: applied',
      'group:Students lock in_meeting.chat: applied',
    ]);
    expect(remaining).toEqual([]);
    expect(leftUnlocked).toEqual([]);
    expect(requests).toEqual([
      'PATCH group:Students settings',
      'GET group:Students settings',
      'PATCH group:Students lock_settings',
      'GET group:Students lock_settings',
      // What was locked, once more.
      'GET group:Students settings',
    ]);
    expect(events.map(({ kind }) => kind)).toEqual(['sending', 'sent', 'verified', 'sending', 'sent', 'verified']);
    expect((await planFor(zoom, [[STUDENTS, set('in_meeting.chat', false)]])).plan.waves).toEqual([]);
  });

  it('as ineffective where Zoom keeps another value, after the time that a value may take to show', async () => {
    const zoom = memoryZoom(ORGANISATION);
    const planned = await planFor(zoom, CHAT_AND_POLLING);
    zoom.write({ scope: 'account', id: OWN.id }, 'lock_settings', { in_meeting: { chat: true } });
    const slept: number[] = [];
    const settle = { seconds: 10, sleep: async (milliseconds: number) => void slept.push(milliseconds) };
    const { results, remaining, requests } = await applied(zoom, planned, { settle });
    expect(endings(results)).toEqual([
      'group:Students set in_meeting.chat: ineffective (locked-above: the account locks it (in_meeting.chat))',
      'group:Students set in_meeting.polling: applied',
    ]);
    expect(remaining.map(({ path }) => path)).toEqual(['in_meeting.chat']);
    expect(slept).toEqual([1000, 3000, 6000]);
    expect(requests.filter((request) => request === 'GET group:Students settings')).toHaveLength(4);
    expect(requests.filter((request) => request.startsWith('GET account'))).toHaveLength(1);
  });

  it('as applied where a value shows late', async () => {
    const old = { state: 'read', body: { in_meeting: { chat: true } } } as const;
    // The first read is for the plan.
    const zoom = memoryZoom(
      ORGANISATION,
      {},
      { onRead: (request, go, count) => (request === 'GET group:Students settings' && count < 4 ? old : go()) },
    );
    const planned = await planFor(zoom, [[STUDENTS, set('in_meeting.chat', false)]]);
    const slept: number[] = [];
    const settle = { seconds: 1, sleep: async (milliseconds: number) => void slept.push(milliseconds) };
    const { results } = await applied(zoom, planned, { settle });
    expect(endings(results)).toEqual(['group:Students set in_meeting.chat: applied']);
    expect(slept).toEqual([100, 300]);
  });

  it.each<[what: string, refusal: Refusal, isCarriedOut: boolean, ending: string]>([
    ['Zoom refuses it', { status: 403, message: 'no' }, false, 'failed (no)'],
    ['no answer came, and it reads right', { message: 'no answer', mayBeTaken: true }, true, 'applied'],
    ['no answer came, and it reads wrong', { message: 'no answer', mayBeTaken: true }, false, 'failed (no answer)'],
  ])('when %s', async (_, refusal, isCarriedOut, ending) => {
    const zoom = memoryZoom(
      ORGANISATION,
      {},
      {
        onPatch: (_request, go) => {
          if (isCarriedOut) go();
          return refuses(refusal);
        },
      },
    );
    const { results } = await applied(zoom, await planFor(zoom, [[STUDENTS, set('in_meeting.chat', false)]]));
    expect(endings(results)).toEqual([`group:Students set in_meeting.chat: ${ending}`]);
  });

  it('as ineffective where it cannot be read back', async () => {
    let isPlanned = false;
    const zoom = memoryZoom(
      ORGANISATION,
      {},
      {
        onRead: (_, go) => (isPlanned ? { state: 'unreadable', reason: 'HTTP 500' } : go()),
      },
    );
    const planned = await planFor(zoom, [[STUDENTS, set('in_meeting.chat', false)]]);
    isPlanned = true;
    const { results, remaining } = await applied(zoom, planned);
    expect(endings(results)).toEqual([
      'group:Students set in_meeting.chat: ineffective (unreadable: could not be read back: HTTP 500)',
    ]);
    expect(remaining).toHaveLength(1);
  });

  it('as applied and unread where Zoom does not return a secret', async () => {
    const path = 'chat.send_data_to_third_party_archiving_service.passcode';
    const zoom = memoryZoom({
      account: { settings: { chat: { send_data_to_third_party_archiving_service: { enable: true } } } },
    });
    const secrets = new Map([['env:PASSCODE', 'canary']]);
    const planned = await planFor(zoom, [[ACCOUNT, set(path, { $secret: 'env:PASSCODE' })]], secrets);
    const { results, events } = await applied(zoom, planned);
    expect(endings(results)).toEqual([`account set ${path}: applied (Zoom does not return this secret)`]);
    expect(zoom.log.find(({ request }) => request.startsWith('PATCH'))?.body).toMatchObject({
      chat: { send_data_to_third_party_archiving_service: { passcode: 'canary' } },
    });
    expect(JSON.stringify(events)).not.toContain('canary');
  });
});

describe('a refused request is tried smaller', () => {
  const FIELD = { status: 400, code: 300, message: 'Validation Failed.' };

  it.each<[what: string, refusal: Refusal]>([
    ['lists the field', { ...FIELD, fields: [{ field: 'in_meeting.chat', message: 'Invalid.' }] }],
    ['lists the last key of it', { ...FIELD, fields: [{ field: 'chat', message: 'Invalid.' }] }],
    ['names it in a sentence', { status: 400, message: 'The value of in_meeting.chat. is invalid.' }],
  ])('where Zoom %s', async (_, refusal) => {
    const zoom = memoryZoom(
      ORGANISATION,
      {},
      {
        onPatch: (_request, go, count) => (count === 1 ? refuses(refusal) : go()),
      },
    );
    const { results, events } = await applied(zoom, await planFor(zoom, CHAT_AND_POLLING));
    expect(endings(results)).toEqual([
      `group:Students set in_meeting.chat: failed (${refusal.message})`,
      'group:Students set in_meeting.polling: applied',
    ]);
    const bodies = zoom.log.flatMap(({ body }) => (body === undefined ? [] : [body]));
    expect(bodies).toEqual([{ in_meeting: { chat: false, polling: false } }, { in_meeting: { polling: false } }]);
    const steps = events.flatMap((event) => (event.kind === 'sending' ? [event.step.id] : []));
    expect(new Set(steps).size).toBe(2);
  });

  it.each<[what: string, refusal: Refusal]>([
    ['names nothing', FIELD],
    ['names it with a word that may be any', { status: 400, message: 'chat is invalid' }],
    [
      'names everything',
      { ...FIELD, fields: ['in_meeting.chat', 'in_meeting.polling'].map((field) => ({ field, message: 'Invalid.' })) },
    ],
    ['is not about values', { status: 403, message: 'in_meeting.chat' }],
  ])('not where the refusal %s', async (_, refusal) => {
    const zoom = memoryZoom(ORGANISATION, {}, { onPatch: () => refuses(refusal) });
    const { results, requests } = await applied(zoom, await planFor(zoom, CHAT_AND_POLLING));
    expect(endings(results)).toEqual([
      `group:Students set in_meeting.chat: failed (${refusal.message})`,
      `group:Students set in_meeting.polling: failed (${refusal.message})`,
    ]);
    expect(requests.filter((request) => request.startsWith('PATCH'))).toHaveLength(1);
  });

  it('until nothing is refused any more, and a lock above is named as the reason', async () => {
    const zoom = memoryZoom(ORGANISATION, { lockedWrite: 'reject' });
    const planned = await planFor(zoom, CHAT_AND_POLLING);
    zoom.write({ scope: 'account', id: OWN.id }, 'lock_settings', { in_meeting: { chat: true } });
    const { results } = await applied(zoom, planned);
    expect(endings(results)).toEqual([
      'group:Students set in_meeting.chat: ineffective (locked-above: the account locks it (in_meeting.chat); Zoom refused it: This setting is locked: in_meeting.chat.)',
      'group:Students set in_meeting.polling: applied',
    ]);
  });
});

describe('what is held back', () => {
  it('is a lock whose value did not get through, and not the rest', async () => {
    const zoom = memoryZoom(
      ORGANISATION,
      {},
      {
        onPatch: (request, go) => (request === 'PATCH group:Students settings' ? refuses({ message: 'no' }) : go()),
      },
    );
    const wanted: Wanted = [
      [STUDENTS, set('in_meeting.chat', false), lock('in_meeting.chat')],
      [STAFF, set('in_meeting.chat', false), lock('in_meeting.chat')],
    ];
    const { results, remaining } = await applied(zoom, await planFor(zoom, wanted));
    const [sent = ''] = results.flatMap(({ status, step }) => (status === 'failed' ? [step] : []));
    expect(endings(results).sort()).toEqual([
      'group:Staff lock in_meeting.chat: applied',
      'group:Staff set in_meeting.chat: applied',
      `group:Students lock in_meeting.chat: notAttempted (it builds on "${sent}", which did not get through)`,
      'group:Students set in_meeting.chat: failed (no)',
    ]);
    expect(remaining).toHaveLength(2);
  });

  it('leaves open what was unlocked for it, and says so', async () => {
    const zoom = memoryZoom(
      {
        ...ORGANISATION,
        account: { ...settings({ chat: true, polling: true }), ...locks({ chat: true, polling: false }) },
      },
      {},
      { onPatch: (request, go) => (request === 'PATCH group:Students settings' ? refuses({ message: 'no' }) : go()) },
    );
    const planned = await planFor(zoom, [
      [ACCOUNT, lock('in_meeting.chat', false)],
      [STUDENTS, set('in_meeting.chat', false), lock('in_meeting.chat')],
    ]);
    const { leftUnlocked } = await applied(zoom, planned);
    expect(leftUnlocked.map(({ target, path }) => `${targetLabel(target)} ${path}`)).toEqual([
      'account in_meeting.chat',
    ]);
  });

  it('is what waits for another day; what does not build on it goes on', async () => {
    const zoom = memoryZoom(ORGANISATION);
    const planned = await planFor(zoom, [
      [STUDENTS, set('in_meeting.chat', false)],
      [DEAN, set('in_meeting.polling', false)],
    ]);
    const later = new LockstepError('tomorrow');
    const { results, halted } = await applied(zoom, planned, {
      postpone: ({ target }) => (target.scope === 'group' ? later : undefined),
    });
    expect(endings(results)).toEqual([
      'group:Students set in_meeting.chat: notAttempted (tomorrow)',
      'user:dean@example.edu set in_meeting.polling: applied',
    ]);
    expect(halted).toBe(later);
  });
});

describe('what ends a run', () => {
  const TWO: Wanted = [
    [STUDENTS, set('in_meeting.chat', false)],
    [DEAN, set('in_meeting.polling', false)],
  ];
  const FIRST = 'group:Students set in_meeting.chat';
  const SECOND = 'user:dean@example.edu set in_meeting.polling';
  const lost = new LockstepError('the lock is lost', { exitCode: 4 });

  it('a stop: the request in flight is read back, and nothing more is sent', async () => {
    const abort = new AbortController();
    const zoom = memoryZoom(
      ORGANISATION,
      {},
      {
        onPatch: (_, go) => {
          abort.abort();
          return go();
        },
      },
    );
    const { results, interrupted, halted } = await applied(zoom, await planFor(zoom, TWO), { signal: abort.signal });
    expect(endings(results)).toEqual([`${FIRST}: applied`, `${SECOND}: notAttempted (the run was stopped)`]);
    expect({ interrupted, halted }).toEqual({ interrupted: true, halted: undefined });
  });

  it('a stop while a request waits for its turn: it is not sent', async () => {
    const abort = new AbortController();
    const zoom = memoryZoom(ORGANISATION);
    const { results, events, requests, halted } = await applied(zoom, await planFor(zoom, TWO), {
      signal: abort.signal,
      record: async () => abort.abort(),
    });
    expect(endings(results)).toEqual([
      `${FIRST}: notAttempted (the run was stopped)`,
      `${SECOND}: notAttempted (the run was stopped)`,
    ]);
    expect({ requests, events, halted }).toEqual({ requests: [], events: [], halted: undefined });
  });

  it.each([1, 2, 3, 4])('a lock that is found lost when it is asked for the %i. time', async (time) => {
    let asked = 0;
    const zoom = memoryZoom(ORGANISATION);
    const { results, events, requests, halted, remaining } = await applied(zoom, await planFor(zoom, TWO), {
      beforeSend: async () => {
        asked += 1;
        if (asked >= time) throw lost;
      },
    });
    const isFirstThrough = time > 2;
    const gone = 'notAttempted (the run could not go on: the lock is lost)';
    const unsent = 'notAttempted (it was not sent: the lock is lost)';
    expect(endings(results)).toEqual([
      `${FIRST}: ${isFirstThrough ? 'applied' : time === 1 ? unsent : gone}`,
      `${SECOND}: ${time === 3 ? unsent : gone}`,
    ]);
    expect(halted).toBe(lost);
    expect(remaining).toHaveLength(isFirstThrough ? 1 : 2);
    expect(requests.filter((request) => request.startsWith('PATCH'))).toHaveLength(isFirstThrough ? 1 : 0);
    // A journal says of what it announced that it was not sent.
    const refused = events.flatMap((event) => (event.kind === 'sent' && event.refusal ? [event.refusal.message] : []));
    expect(refused).toEqual(time % 2 === 0 ? ['it was not sent: the run could not go on: the lock is lost'] : []);
  });

  it.each<[what: string, kind: ApplyEvent['kind'], endings: string[]]>([
    [
      'before a request: it is not sent',
      'sending',
      [
        `${FIRST}: notAttempted (it was not sent: the disk is full)`,
        `${SECOND}: notAttempted (the run could not go on: the disk is full)`,
      ],
    ],
    [
      'after a request: it is read back',
      'sent',
      [`${FIRST}: applied`, `${SECOND}: notAttempted (the run could not go on: the disk is full)`],
    ],
  ])('a journal that cannot be written %s', async (_, kind, expected) => {
    const zoom = memoryZoom(ORGANISATION);
    const { results, halted } = await applied(zoom, await planFor(zoom, TWO), {
      record: async (event) => {
        if (event.kind === kind) throw new LockstepError('the disk is full');
      },
    });
    expect(endings(results)).toEqual(expected);
    expect(halted).toMatchObject({ message: 'the disk is full' });
  });

  it('an error of ours: what was done before is reported', async () => {
    const zoom = memoryZoom(
      ORGANISATION,
      {},
      {
        onPatch: (request, go) => {
          if (request.startsWith('PATCH user')) throw new TypeError('oops');
          return go();
        },
      },
    );
    const { results, halted } = await applied(zoom, await planFor(zoom, TWO));
    expect(endings(results)).toEqual([`${FIRST}: applied`, `${SECOND}: failed (oops)`]);
    expect(halted).toBeInstanceOf(TypeError);
  });
});

it('an empty plan is carried out', async () => {
  const zoom = memoryZoom(ORGANISATION);
  const planned = await planFor(zoom, [[STUDENTS, set('in_meeting.chat', true)]]);
  const plan: Plan = planned.plan;
  expect(await applied(zoom, planned)).toMatchObject({ plan, results: [], remaining: [], requests: [] });
});
