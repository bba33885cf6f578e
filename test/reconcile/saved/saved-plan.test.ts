import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { planLineSchema } from '../../../scripts/docs/plan-schema.ts';
import type { Blocked, Plan, Step } from '../../../src/model/plan.ts';
import type { LiveTarget } from '../../../src/model/state.ts';
import type { Target } from '../../../src/model/target.ts';
import { assemblePlan } from '../../../src/reconcile/plan/assemble.ts';
import { fingerprintOf } from '../../../src/reconcile/plan/fingerprint.ts';
import { stepsOf } from '../../../src/reconcile/plan/steps.ts';
import { readGiven, readPlan } from '../../../src/reconcile/saved/read.ts';
import { planLines } from '../../../src/reconcile/saved/write.ts';
import type { Json } from '../../../src/util/json.ts';
import { OWN } from '../../helpers/account.ts';
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
  const warnings = [{ message: 'a first warning' }, { message: 'a second warning' }];
  const blocked: Blocked[] = ['registration.approve_type', 'schedule_meeting.host_video'].map((path) => ({
    target: ACCOUNT,
    kind: 'set',
    path,
    reason: 'not-offered',
    detail: 'Zoom does not list it',
    after: true,
    provenance: { file: 'p.yaml', line: 1, column: 1 },
  }));
  const steps = stepsOf(changes, pairs, hiddenByNone);
  return assemblePlan(OWN, [{ target: ACCOUNT, steps, blocked, warnings, unchanged: 0 }], {
    blocked: [],
    warnings: [],
  });
}

const OTHER = { ...OWN, id: 'other' };
const PLAN = planFor(live(ACCOUNT, SETTINGS, LOCKS));
/** As lockstep 0.1 had it. */
const OLD = { ...PLAN, formatVersion: 1, account: 'me' };
const LINES = [...planLines(PLAN)].map((line) => line.trimEnd());
const HEAD = JSON.parse(LINES[0] ?? '') as { formatVersion: number; counts: Record<string, number> };

const parsed = (change: (plan: Plan) => unknown, sealed = true) => {
  const altered = change(structuredClone(PLAN)) as Plan;
  const plan = sealed ? { ...altered, fingerprint: fingerprintOf(altered) } : altered;
  return () => readPlan(planLines(plan), 'plan.json');
};

/** The first step changed, and the plan sealed again: the fingerprint is no key. */
const tampered = (change: (step: Step) => void) =>
  parsed((plan) => {
    const step = plan.waves.flat()[0];
    if (step !== undefined) change(step);
    return plan;
  });

describe('a saved plan', () => {
  it('is the same when it is read again, and the same in a file', async () => {
    const read = await readPlan(LINES, 'plan.json');
    expect(read).toEqual(PLAN);
    expect([...planLines(read)].map((line) => line.trimEnd())).toEqual(LINES);
  });

  it('has a line for what the whole has in common, for each blocked change, each step and each warning', () => {
    expect(LINES.map((line) => Object.keys(JSON.parse(line) as object).join(' '))).toEqual([
      'formatVersion account compared counts fingerprint',
      ...['blocked', 'blocked', 'wave step', 'wave step', 'warning', 'warning'],
    ]);
    expect(HEAD).toMatchObject({ formatVersion: 3, counts: { blocked: 2, waves: 2, steps: 2, warnings: 2 } });
  });

  it('fits its JSON Schema, and nothing may be added to a line', () => {
    const fits = new Ajv2020({ strict: false }).compile(JSON.parse(planLineSchema()));
    const values = LINES.map((line) => JSON.parse(line) as object);
    expect(values.filter((value) => !fits(value))).toEqual([]);
    expect(values.filter((value) => fits({ ...value, more: 1 }))).toEqual([]);
  });

  it('is the same when a program hands it over', async () => {
    expect(await readGiven(PLAN, 'the plan')).toEqual(PLAN);
  });

  it.each<[string, unknown, string, number]>([
    ['of lockstep 0.1', { ...PLAN, formatVersion: 1, account: 'me' }, 'refused: the plan has plan format 1', 3],
    ['without waves', { ...PLAN, waves: 1 }, 'the plan is not a plan of lockstep: waves', 1],
    ['with a wave of nothing', { ...PLAN, waves: [[]] }, 'the plan is not a plan of lockstep: waves.0', 1],
    ['with a step of nothing', { ...PLAN, waves: [[undefined]] }, 'the plan:4 is not a line of a plan', 1],
    ['that is a list', [PLAN], 'the plan is not a plan of lockstep', 1],
    ['that was changed', { ...PLAN, account: OTHER }, 'refused: the plan was changed after it was made', 3],
  ])('of a program, %s, is refused', async (_, given, message, exitCode) => {
    const error = expect.objectContaining({ message: expect.stringContaining(message), exitCode });
    await expect(readGiven(given, 'the plan')).rejects.toThrow(error);
  });

  it('keeps one copy of what two steps have in common', async () => {
    const groups = ['g1', 'g2'].map((id): Target => ({ scope: 'group', name: `Group ${id}`, id }));
    const targets = groups.map((target) => {
      const found = live(target, SETTINGS);
      const { changes, pairs } = compared(wants(target, set('in_meeting.chat', false)), found, new Map());
      const steps = stepsOf(changes, pairs, hiddenByNone);
      return { target, steps, blocked: [], warnings: [], unchanged: 0 };
    });
    const lines = planLines(assemblePlan(OWN, targets, { blocked: [], warnings: [] }));
    const [one, two] = (await readPlan(lines, 'plan.json')).waves.flat();
    expect(one?.request).toBe(two?.request);
    expect(one?.patch).toBe(two?.patch);
    expect(one?.changes[0]?.provenance).toBe(two?.changes[0]?.provenance);
    expect(one?.changes[0]?.target).toBe(one?.target);
  });
});

/** The file with other lines: `splice` of the lines, or each made anew. */
const altered = (change: (lines: string[]) => readonly string[]) => () => readPlan(change([...LINES]), 'plan.json');
const headWith = (more: object) => altered((lines) => lines.with(0, JSON.stringify({ ...HEAD, ...more })));
const counting = (counts: Record<string, number>) => headWith({ counts: { ...HEAD.counts, ...counts } });

describe('a file', () => {
  it.each<[string, () => Promise<unknown>, string, number]>([
    ['that is empty', altered(() => []), 'plan.json is empty, so it is no plan', 1],
    ['that is no JSON', altered(() => ['version: 1']), 'plan.json is not valid JSON, so it is no plan', 1],
    [
      'that is too deep',
      altered(() => ['['.repeat(5000) + ']'.repeat(5000)]),
      'plan.json is JSON of more than 100 levels, so it is no plan',
      1,
    ],
    ['that is something else', altered(() => ['[1]']), 'plan.json is not a plan of lockstep', 1],
    [
      'of format 1',
      altered(() => JSON.stringify(OLD, undefined, 2).split('\n')),
      'refused: plan.json has plan format 1; this lockstep writes and applies format 3',
      3,
    ],
    ['of format 1 in one line', altered(() => [JSON.stringify(OLD)]), 'refused: plan.json has plan format 1;', 3],
    ['of format 2, which names no account', headWith({ formatVersion: 2, account: 'me' }), 'has plan format 2;', 3],
    ['of a format to come', headWith({ formatVersion: 4 }), 'refused: plan.json has plan format 4;', 3],
    ['that is a report', altered(() => ['{', '  "kind": "plan",']), 'plan.json is not a plan of lockstep: it', 1],
    ['that only begins', altered(() => ['{']), 'plan.json is not valid JSON, so it is no plan', 1],
    ['with a bracket before it', altered((lines) => ['{', ...lines]), 'plan.json is not a plan of lockstep: it', 1],
    ['without its first line', altered((lines) => lines.slice(1)), 'plan.json is not a plan of lockstep', 1],
    ['with more in its first line', headWith({ more: 1 }), 'plan.json is not a plan of lockstep: it', 1],
    ['with a count that is none', counting({ steps: 1.5 }), 'plan.json is not a plan of lockstep: counts.steps', 1],
    ['with a count that nobody has', counting({ steps: 1e9 }), 'plan.json is not a plan of lockstep: counts.steps', 1],
    ['for another account', headWith({ account: OTHER }), 'plan.json was changed after it was made', 3],
    ['with another fingerprint', headWith({ fingerprint: '0' }), 'plan.json was changed after it was made', 3],
    ['that counts a step more', counting({ steps: 3 }), 'plan.json is cut off: it holds 2 of 3 steps', 3],
    ['that counts a step less', counting({ steps: 1 }), 'holds more than its first line says, from line 5 on', 3],
    ['that counts a wave more', counting({ waves: 3 }), 'holds 2 waves, and its first line says 3', 3],
    ['that counts a wave less', counting({ waves: 1 }), 'holds 2 waves, and its first line says 1', 3],
    ['that counts no warnings', counting({ warnings: 0 }), 'holds more than its first line says, from line 6 on', 3],
    ['of which only the first line is left', altered((lines) => lines.slice(0, 1)), 'is cut off: it holds 0 of 2', 3],
    ['that lacks the last step', altered((lines) => lines.toSpliced(4, 1)), 'is cut off: it holds 1 of 2 steps', 3],
    ['that lacks the last line', altered((lines) => lines.slice(0, -1)), 'it holds 1 of 2 warnings', 3],
    [
      'that is cut in a line',
      altered((lines) => lines.with(-1, '{"warning":{"mess')),
      'plan.json:7 is not valid JSON',
      1,
    ],
    ['with an empty line', altered((lines) => lines.toSpliced(3, 0, '')), 'plan.json:4 is not valid JSON', 1],
    ['with a line more', altered((lines) => [...lines, '{}']), 'plan.json:8 is not a line of a plan', 1],
    ['with a head more', altered((lines) => [...lines, lines[0] ?? '']), 'plan.json:8 is not a line of a plan', 1],
    ['with a blocked change twice', altered((lines) => lines.toSpliced(2, 0, lines[1] ?? '')), 'from line 4 on', 3],
    ['with a step twice', altered((lines) => lines.toSpliced(4, 0, lines[3] ?? '')), 'from line 6 on', 3],
    ['with a step in place of another', altered((lines) => lines.with(4, lines[3] ?? '')), 'holds 1 waves', 3],
    ['with a warning twice', altered((lines) => [...lines, lines[6] ?? '']), 'from line 8 on', 3],
    [
      'with blocked changes in another order',
      altered((lines) => lines.with(1, lines[2] ?? '').with(2, lines[1] ?? '')),
      'its fingerprint does not match',
      3,
    ],
    [
      'with steps in another order',
      altered((lines) => lines.with(3, lines[4] ?? '').with(4, lines[3] ?? '')),
      'line 4 is out of order',
      3,
    ],
    [
      'with warnings in another order',
      altered((lines) => lines.with(5, lines[6] ?? '').with(6, lines[5] ?? '')),
      'line 7 is out of order',
      3,
    ],
    [
      'with a blocked change after the steps',
      altered((lines) => [...lines.slice(0, 2), ...lines.slice(3), lines[2] ?? '']),
      'line 7 is out of order',
      3,
    ],
    [
      'with two waves made one',
      altered((lines) => lines.map((line) => line.replace('"wave":2', '"wave":1'))),
      'holds 1 waves, and its first line says 2',
      3,
    ],
    [
      'with a wave left out',
      altered((lines) => lines.map((line) => line.replace('"wave":2', '"wave":3'))),
      'line 5 is out of order',
      3,
    ],
    [
      'with a key that nobody knows in a step',
      altered((lines) => lines.map((line) => line.replace('"method":', '"also":1,"method":'))),
      'plan.json:4 is not a plan of lockstep: step.request',
      1,
    ],
  ])('%s is refused', async (_, read, message, exitCode) => {
    const error = expect.objectContaining({ message: expect.stringContaining(message), exitCode });
    await expect(read()).rejects.toThrow(error);
  });
});

describe('a plan in a file', () => {
  it.each<[string, () => Promise<unknown>, string, number]>([
    [
      'was changed',
      parsed((plan) => ({ ...plan, account: OTHER }), false),
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
  ])('that %s is refused', async (_, read, message, exitCode) => {
    const error = expect.objectContaining({ message: expect.stringContaining(message), exitCode });
    await expect(read()).rejects.toThrow(error);
  });
});
