/** Plans, results and checks made in code, for tests of what reports make of them. A test says only what is unusual. */
import type { Check, CheckResult, Control, ManualControl, Waiver } from '../../src/model/check.ts';
import type { Blocked, Change, ItemChange, LockChange, Plan, SetChange, Step, Warning } from '../../src/model/plan.ts';
import type { ApplyResult, ChangeResult } from '../../src/model/result.ts';
import type { Provenance } from '../../src/model/state.ts';
import type { Target } from '../../src/model/target.ts';
import type { Report } from '../../src/report/index.ts';
import type { Json } from '../../src/util/json.ts';

export const ACCOUNT: Target = { scope: 'account', id: 'me' };

export function group(name: string): Target & { scope: 'group' } {
  return { scope: 'group', name, id: `id-of-${name}` };
}

export function user(email: string): Target {
  return { scope: 'user', email, id: email };
}

export function at(line: number, more: Partial<Provenance> = {}): Provenance {
  return { file: 'policies/base.yaml', line, column: 5, ...more };
}

export function setChange(more: Partial<SetChange> = {}): SetChange {
  return {
    kind: 'set',
    target: ACCOUNT,
    path: 'in_meeting.chat',
    before: true,
    after: false,
    direction: 'tightens',
    severity: 'medium',
    provenance: at(4),
    ...more,
  };
}

export function lockChange(more: Partial<LockChange> = {}): LockChange {
  const kind = more.kind ?? 'lock';
  const path = more.path ?? 'in_meeting.chat';
  return {
    kind,
    target: ACCOUNT,
    path,
    before: kind === 'unlock',
    after: kind === 'lock',
    freezes: [path],
    direction: kind === 'lock' ? 'tightens' : 'weakens',
    severity: 'medium',
    provenance: at(5),
    ...more,
  };
}

export function blocked(more: Partial<Blocked> = {}): Blocked {
  return {
    target: ACCOUNT,
    kind: 'set',
    path: 'in_meeting.polling',
    reason: 'not-offered',
    detail: 'Zoom does not list it for this account',
    after: true,
    provenance: at(9),
    ...more,
  };
}

interface PlanParts {
  readonly changes?: readonly Change[];
  readonly blocked?: readonly Blocked[];
  readonly warnings?: readonly Warning[];
  readonly unchanged?: number;
}

/** Every change is a step of its own: reports do not tell steps apart. */
export function planOf({ changes = [], blocked: stuck = [], warnings = [], unchanged = 40 }: PlanParts = {}): Plan {
  const steps = changes.map(
    (change, index): Step => ({
      id: `step-${index + 1}`,
      phase: 'set account',
      target: change.target,
      changes: [change],
      request: { method: 'PATCH', document: { endpoint: 'settings', query: {} }, body: {} },
      patch: [],
      inverse: [],
    }),
  );
  return {
    formatVersion: 1,
    account: 'me',
    waves: steps.length === 0 ? [] : [steps],
    blocked: stuck,
    warnings,
    compared: { targets: 7, unchanged },
    fingerprint: '0123456789abcdef'.repeat(4),
  };
}

export function planReport(parts: PlanParts = {}, kind: 'plan' | 'drift' = 'plan'): Report {
  const plan = planOf(parts);
  return { kind, plan, budget: { patch: 3, get: 3, seconds: 1, ratePlan: 'pro' }, exitCode: 0 };
}

export function applied(change: Change): ChangeResult {
  return { status: 'applied', change, step: 'step-1' };
}

export function failed(change: Change, message: string): ChangeResult {
  return { status: 'failed', change, step: 'step-1', refusal: { status: 400, code: 300, message } };
}

export function ineffective(change: Change, because: string, found?: Json): ChangeResult {
  const more = found === undefined ? {} : { found };
  return { status: 'ineffective', change, step: 'step-1', reason: 'locked-above', because, ...more };
}

export function notAttempted(change: Change, because: string): ChangeResult {
  return { status: 'notAttempted', change, step: 'step-1', because };
}

export function resultReport(more: Partial<ApplyResult> = {}, run = '2026-11-21T12-00-00Z-abcd'): Report {
  const results = more.results ?? [];
  const result: ApplyResult = {
    plan: planOf({ changes: results.map(({ change }) => change), blocked: more.blocked ?? [] }),
    results,
    remaining: [],
    blocked: [],
    leftUnlocked: [],
    interrupted: false,
    ...more,
  };
  return { kind: 'result', result, exitCode: 4, run };
}

export function check(more: Partial<Check> = {}): Check {
  return {
    target: ACCOUNT,
    kind: 'set',
    path: 'in_meeting.chat',
    status: 'fail',
    wanted: false,
    ...(more.status === 'unknown' ? {} : { found: true }),
    severity: 'high',
    controls: [control()],
    provenance: at(12, { file: 'pack:cis-zoom-l1' }),
    ...more,
  };
}

export function control(more: Partial<Control> = {}): Control {
  return { id: 'CIS 1.2.3', title: 'Ensure chat is set to disabled', severity: 'high', ...more };
}

export function manual(more: Partial<ManualControl> = {}): ManualControl {
  return {
    ...control(),
    id: 'CIS 9.9',
    title: 'Ensure rooms are named',
    steps: 'Open Rooms.',
    provenance: at(2),
    ...more,
  };
}

export function waiver(more: Partial<Waiver> = {}): Waiver {
  return { owner: 'it@example.edu', reason: 'exam week', expires: '2027-03-31', provenance: at(30), ...more };
}

export function checkReport(more: Partial<CheckResult> = {}): Report {
  const result: CheckResult = { formatVersion: 1, account: 'me', checks: [], manual: [], idleWaivers: [], ...more };
  return { kind: 'check', check: result, exitCode: 2 };
}

/** What a name, a value or a message may hold to break a report, or its reader. */
export const HOSTILE: readonly string[] = [
  'pipe | in | it',
  'a backslash and a pipe \\| here \\\\| there',
  '`one` ``two`` ```three```',
  '`',
  '`begins and ends`',
  ' spaces ',
  '   ',
  '',
  '<img src=x onerror=alert(1)>',
  '</details></table><script>alert(1)</script>',
  '<!-- lockstep:plan -->',
  '--> ]]> ]]&gt; <![CDATA[ &amp; &#0; %00',
  '@everyone and @octo/team #1 octo/repo#2 GH-3 deadbeefdeadbeefdeadbeefdeadbeefdeadbeef',
  'https://evil.example/x www.evil.example mailto:a@b.example dean@example.edu',
  '![image](https://evil.example/x.png) [link](javascript:alert(1)) [ref][1]',
  '[1]: https://evil.example',
  '**bold** _it_ ~~gone~~ $x$ :tada: ^[note]',
  'line\nbreak\r\nand\ttab\u0000\u0007\u001b[31mred\u0085\u2028\u2029',
  '# heading\n\n- list\n\n| a | b |\n| - | - |',
  '\u202egnihtyna\u2066\u200f\ufeff',
  '\ud800 alone \udfff',
  '\ufffe\uffff\ufdd0',
  'مرحبا שלום 🏳️‍🌈 e\u0301',
  '{0} {name} {{x}} %s $',
  'true',
  'quotes \' and " &',
  '__proto__',
  'x'.repeat(5_000),
  '|'.repeat(500),
  '`'.repeat(500),
];

/** One report of each kind with a text in every place where text from a policy, from Zoom or from a person can stand. */
export function filledWith(text: string): readonly Report[] {
  const provenance: Provenance = { file: text, line: 3, column: 7, reason: text };
  const target = group(text);
  const path = `in_meeting.${text}`;
  const base = { target, path, provenance } as const;
  const changes: readonly Change[] = [
    setChange({ ...base, before: text, after: [text], direction: 'weakens', lossy: text, protectedBy: text }),
    setChange({ ...base, path: 'in_meeting.sample_list', before: [text, 'stays'], after: ['stays', { [text]: text }] }),
    setChange({ ...base, path: 'in_meeting.sample_items', before: { a: text }, after: null, item: itemNamed(text) }),
    setChange({ ...base, path: 'in_meeting.sample_held', before: text, after: text, heldBy: text }),
    setChange({ ...base, path: 'in_meeting.sample_passcode', after: { $secret: `env:${text}` }, direction: 'review' }),
    lockChange({ ...base, freezes: [path, text] }),
    lockChange({ ...base, path: 'in_meeting.sample_unlock', kind: 'unlock', lossy: text }),
  ];
  const stuck = [
    blocked({ ...base, detail: text, before: text, after: { a: text } }),
    blocked({ ...base, path: 'in_meeting.sample_blocked', kind: 'lock', reason: 'target-missing', detail: text }),
  ];
  const parts: PlanParts = { changes, blocked: stuck, warnings: [{ message: text, provenance }, { message: text }] };
  const [first, second, third, fourth, fifth, ...last] = changes as [
    Change,
    Change,
    Change,
    Change,
    Change,
    ...Change[],
  ];
  const held = waiver({ owner: text, reason: text, provenance });
  const told = { ...base, because: text, wanted: text, found: text, controls: [control({ id: text, title: text })] };
  return [
    planReport(parts),
    planReport(parts, 'drift'),
    resultReport(
      {
        plan: planOf(parts),
        results: [
          failed(first, text),
          ineffective(second, text, text),
          notAttempted(third, text),
          { status: 'applied', change: fourth, step: 'step-4', unread: text },
          applied(fifth),
        ],
        remaining: last,
        leftUnlocked: [lockChange({ ...base, path: 'in_meeting.sample_left', kind: 'unlock' })],
        blocked: stuck,
        halted: new Error(text),
      },
      text,
    ),
    checkReport({
      checks: [
        check(told),
        check({ ...told, path: 'in_meeting.sample_expired', waiver: held }),
        check({ ...told, path: 'in_meeting.sample_unknown', status: 'unknown' }),
        check({ ...told, path: 'in_meeting.sample_waived', status: 'waived', waiver: held }),
        check({ ...told, path: 'in_meeting.sample_pass', status: 'pass' }),
      ],
      manual: [manual({ id: text, title: text, steps: text })],
      idleWaivers: [{ ...held, about: text }],
    }),
  ];
}

function itemNamed(name: string): ItemChange {
  return { action: 'delete', name, displaces: name };
}

const SAMPLE = {
  loosens: setChange({
    path: 'in_meeting.sample_transfer',
    before: false,
    after: true,
    direction: 'weakens',
    severity: 'high',
    provenance: at(3, { reason: 'Ticket SEC-12: teachers share files' }),
  }),
  tightens: setChange({ target: group('Students'), path: 'in_meeting.sample_chat' }),
  locks: lockChange({
    target: group('Students'),
    path: 'in_meeting.sample_chat',
    freezes: ['in_meeting.sample_chat', 'in_meeting.sample_chat_private'],
  }),
  unlocks: lockChange({ kind: 'unlock', path: 'in_meeting.sample_polls', severity: 'low' }),
  lists: setChange({
    target: user('dean@example.edu'),
    path: 'in_meeting.sample_regions',
    before: ['US', 'DE', 'CN'],
    after: ['US', 'DE'],
    direction: 'review',
  }),
  lossy: setChange({
    path: 'recording.sample_days',
    before: 90,
    after: 30,
    direction: 'neutral',
    lossy: 'recordings older than that are deleted',
  }),
  guarded: setChange({
    path: 'security.sample_sso',
    protectedBy: 'security',
    direction: 'review',
    severity: 'critical',
  }),
} as const;

const MIXED: PlanParts = {
  changes: Object.values(SAMPLE),
  blocked: [blocked({ path: 'in_meeting.sample_reactions' })],
  warnings: [{ message: 'Groups overlap: Students, Staff', provenance: at(20) }],
};

/** Situations that every format is held against; goldens are named after them. */
export const STORIES: Readonly<Record<string, Report>> = {
  'nothing-to-do': planReport(),
  'no-drift': planReport({}, 'drift'),
  mixed: planReport(MIXED),
  'mixed-drift': planReport(MIXED, 'drift'),
  'only-blocked': planReport({
    blocked: [
      blocked({ path: 'in_meeting.sample_a', reason: 'locked-by-account', detail: 'the account locks it at true' }),
      blocked({ path: 'in_meeting.sample_b', kind: 'lock', before: false, reason: 'unreadable', detail: 'HTTP 403' }),
    ],
  }),
  'right-to-left-and-emoji': planReport({
    changes: [
      setChange({
        target: group('מורים ותלמידים'),
        path: 'in_meeting.sample_chat',
        before: 'مرحبا',
        after: '🏳️‍🌈👩🏽‍🏫',
      }),
      setChange({ target: group('\u202egnihtyna'), path: 'in_meeting.sample_chat', direction: 'weakens' }),
    ],
  }),
  'applied-in-part': resultReport({
    results: [
      applied(SAMPLE.tightens),
      applied(SAMPLE.unlocks),
      failed(SAMPLE.loosens, 'Sharing is not part of your plan.'),
      ineffective(SAMPLE.lists, 'the group Staff locks it', ['US', 'DE', 'CN']),
      notAttempted(SAMPLE.locks, 'step-3 failed'),
    ],
    remaining: [SAMPLE.loosens, SAMPLE.lists, SAMPLE.locks, SAMPLE.lossy],
    leftUnlocked: [SAMPLE.unlocks],
  }),
  'applied-in-full': resultReport({ results: [applied(SAMPLE.tightens), applied(SAMPLE.locks)] }),
  'cut-short': resultReport({ results: [notAttempted(SAMPLE.tightens, 'the run was stopped')], interrupted: true }),
  baseline: checkReport({
    checks: [
      check({ path: 'in_meeting.sample_low', severity: 'low' }),
      check({ path: 'in_meeting.sample_critical', severity: 'critical', waiver: waiver({ expires: '2026-01-31' }) }),
      check({
        path: 'in_meeting.sample_lock',
        kind: 'lock',
        wanted: true,
        found: false,
        because: 'users can change it',
      }),
      check({ path: 'in_meeting.sample_unknown', status: 'unknown', because: 'Zoom does not list it' }),
      check({ path: 'in_meeting.sample_waived', status: 'waived', waiver: waiver() }),
      check({ path: 'in_meeting.sample_pass', status: 'pass', found: false }),
    ],
    manual: [manual()],
    idleWaivers: [{ ...waiver(), about: 'CIS 4.4' }],
  }),
};

/** `count` changes on as many groups, of which every hundredth is a weakening. */
export function manyChanges(count: number, more: Partial<SetChange> = {}): readonly SetChange[] {
  return Array.from({ length: count }, (_, index) =>
    setChange({
      target: group(`Class ${index + 1}`),
      path: 'in_meeting.sample_chat',
      direction: index % 100 === 0 ? 'weakens' : 'tightens',
      ...more,
    }),
  );
}
