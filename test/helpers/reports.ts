/** Plans, results and checks made in code, for tests of reports. A test names only what is unusual about them. */
import type { Check, CheckResult, Control, ManualControl } from '../../src/model/check.ts';
import type { Blocked, Change, LockChange, Plan, SetChange, Step, Warning } from '../../src/model/plan.ts';
import type { CheckReport, PlanReport, ResultReport } from '../../src/model/report.ts';
import type { ApplyResult, ChangeResult } from '../../src/model/result.ts';
import type { Provenance } from '../../src/model/state.ts';
import type { Target } from '../../src/model/target.ts';
import type { Waiver } from '../../src/model/waiver.ts';
import type { Json } from '../../src/util/json.ts';
import { OWN } from './account.ts';

const ACCOUNT: Target = { scope: 'account', id: OWN.id };

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
    over: [],
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

export interface PlanParts {
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
    formatVersion: 2,
    account: OWN,
    waves: steps.length === 0 ? [] : [steps],
    blocked: stuck,
    warnings,
    compared: { targets: 7, unchanged },
    fingerprint: `${'0123456789abcdef'.repeat(4)}@api.zoom.us/abc123`,
  };
}

export function planReport(parts: PlanParts = {}, kind: 'plan' | 'drift' = 'plan'): PlanReport {
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

export function resultReport(more: Partial<ApplyResult> = {}, run = '2026-11-21T12-00-00Z-abcd'): ResultReport {
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

export function checkReport(more: Partial<CheckResult> = {}): CheckReport {
  const result: CheckResult = {
    formatVersion: 2,
    account: OWN,
    checks: [],
    manual: [],
    warnings: [],
    optional: 0,
    idleWaivers: [],
    ...more,
  };
  return { kind: 'check', check: result, exitCode: 2 };
}

/** `count` changes, `each` of them on a group, of which every hundredth is a weakening. */
export function manyChanges(count: number, more: Partial<SetChange> = {}, each = 1): readonly SetChange[] {
  return Array.from({ length: count }, (_, index) =>
    setChange({
      target: group(`Class ${Math.floor(index / each) + 1}`),
      path: each === 1 ? 'in_meeting.sample_chat' : `in_meeting.sample_${index % each}`,
      direction: index % 100 === 0 ? 'weakens' : 'tightens',
      ...more,
    }),
  );
}
