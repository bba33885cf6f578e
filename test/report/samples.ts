/** Reports of every kind for the tests of a format: short to write, whole in themselves. */
import type { ExitCode } from '../../src/errors.ts';
import type { Check, CheckResult, Control, ManualControl } from '../../src/model/check.ts';
import {
  type Blocked,
  type Change,
  changesOf,
  type LockChange,
  type Plan,
  type SetChange,
} from '../../src/model/plan.ts';
import type { ApplyResult, ChangeResult } from '../../src/model/result.ts';
import type { Provenance } from '../../src/model/state.ts';
import type { Target } from '../../src/model/target.ts';
import type { Budget, Report } from '../../src/report/index.ts';
import type { Json } from '../../src/util/json.ts';

export const ACCOUNT: Target = { scope: 'account', id: 'me' };
export const STUDENTS: Target = { scope: 'group', name: 'Students', id: 'g-students' };
export const DEAN: Target = { scope: 'user', email: 'dean@example.edu', id: 'dean@example.edu' };
export const BUDGET: Budget = { patch: 4, get: 4, seconds: 2, ratePlan: 'business' };

export function at(line: number, reason?: string): Provenance {
  return { file: 'policies/base.yaml', line, column: 5, ...(reason === undefined ? {} : { reason }) };
}

export function set(path: string, before: Json | undefined, after: Json, more: Partial<SetChange> = {}): SetChange {
  return {
    kind: 'set',
    target: ACCOUNT,
    path,
    ...(before === undefined ? {} : { before }),
    after,
    direction: 'neutral',
    provenance: at(10),
    ...more,
  };
}

export function lock(kind: 'lock' | 'unlock', path: string, more: Partial<LockChange> = {}): LockChange {
  return {
    kind,
    target: ACCOUNT,
    path,
    before: kind === 'unlock',
    after: kind === 'lock',
    freezes: [path],
    direction: kind === 'lock' ? 'tightens' : 'weakens',
    severity: 'medium',
    provenance: at(11),
    ...more,
  };
}

/** One step a change: no renderer looks at the requests. */
export function planOf(changes: readonly Change[], more: Partial<Plan> = {}): Plan {
  const steps = changes.map((change, index) => ({
    id: `step-${index + 1}`,
    phase: 'set account' as const,
    target: change.target,
    changes: [change],
    request: { method: 'PATCH' as const, document: { endpoint: 'settings' as const, query: {} }, body: {} },
    patch: [],
    inverse: [],
  }));
  return {
    formatVersion: 1,
    account: 'me',
    waves: steps.length === 0 ? [] : [steps],
    blocked: [],
    warnings: [],
    compared: { targets: 3, unchanged: 40 },
    fingerprint: 'a3f5c1d2'.repeat(8),
    ...more,
  };
}

export function planReport(plan: Plan, kind: 'plan' | 'drift' = 'plan'): Report {
  return { kind, plan, budget: BUDGET, exitCode: plan.waves.length === 0 ? 0 : 2 };
}

export const CHANGES: readonly Change[] = [
  set('in_meeting.file_transfer', true, false, {
    direction: 'tightens',
    severity: 'medium',
    provenance: at(12, 'Ticket SEC-12: malware came by a meeting in May'),
  }),
  lock('lock', 'in_meeting.file_transfer', { provenance: at(12) }),
  set('in_meeting.alert_guest_join', true, false, { direction: 'weakens', severity: 'high', provenance: at(15) }),
  set('recording.auto_delete_cmr_days', 365, 30, {
    direction: 'review',
    severity: 'high',
    lossy: 'cloud recordings that are older than the new period are deleted at once',
    protectedBy: 'recording',
    provenance: at(21, 'Storage costs, agreed with the records office'),
  }),
  set('in_meeting.data_center_regions', ['US', 'DE', 'SG'], ['DE', 'NL', 'IE'], {
    direction: 'review',
    severity: 'medium',
    provenance: at(23),
  }),
  set('in_meeting.custom_service_instructions', undefined, 'Ask the media team. '.repeat(20).trim(), {
    provenance: at(24),
  }),
  set(
    'chat.send_data_to_third_party_archiving_service.passcode',
    undefined,
    { $secret: 'env:ARCHIVE_PASSCODE' },
    {
      unconfirmed: true,
      provenance: at(30),
    },
  ),
  set('meeting_authentication.authentication_options', { name: 'Signed in', type: 'enforce_login' }, null, {
    item: { action: 'delete', name: 'Signed in', id: 'x1' },
    direction: 'review',
    severity: 'high',
    provenance: at(33),
  }),
  lock('unlock', 'in_meeting.chat', { target: STUDENTS, severity: 'low', provenance: at(44) }),
  lock('lock', 'in_meeting.webinar_chat', {
    target: STUDENTS,
    freezes: ['in_meeting.webinar_chat.enable', 'in_meeting.webinar_chat.allow_attendees_chat_with'],
    provenance: at(46),
  }),
  set('in_meeting.private_chat', true, true, {
    target: STUDENTS,
    heldBy: 'in_meeting.private_chat',
    provenance: at(48),
  }),
  set('schedule_meeting.host_video', false, true, { target: DEAN, provenance: at(60) }),
];

export const BLOCKED: readonly Blocked[] = [
  {
    target: STUDENTS,
    kind: 'set',
    path: 'in_meeting.screen_sharing',
    reason: 'locked-by-account',
    detail: 'The account locks in_meeting.screen_sharing; unlock it there, or take this line out.',
    before: true,
    after: false,
    provenance: at(50, 'Only teachers share'),
  },
  {
    target: { scope: 'group', name: 'Nobody' },
    kind: 'lock',
    path: 'recording.local_recording',
    reason: 'target-missing',
    detail: 'Zoom has no group of that name.',
    after: true,
    provenance: at(70),
  },
];

export const MIXED: Plan = planOf(CHANGES, {
  blocked: BLOCKED,
  warnings: [{ message: 'group:Staff reads in_meeting.chat from two documents that disagree', provenance: at(80) }],
});

/** What somebody could call a group, a setting or a reason to break a page. */
export const HOSTILE = [
  '<img src=x onerror=document.title="owned">',
  '"><script>document.title="owned"</script>',
  '</script><script>document.title="owned"</script>',
  "' onmouseover='document.title=1",
  '<!-- ',
  ']]>',
  '&lt;b&gt; &amp; &#39;',
  'evil\u202egnp.exe\u0000\u001b[31m\u200b',
  '$\u007balert(1)} `x` {{7*7}}',
  'العربية 日本語 🏫👩‍🏫',
];

export const HOSTILE_PLAN: Plan = planOf(
  HOSTILE.map((text, index) =>
    set(`in_meeting.${text}`, text, [text], {
      target: { scope: 'group', name: text, id: `g${index}` },
      direction: 'weakens',
      severity: 'high',
      lossy: text,
      protectedBy: text,
      provenance: { file: text, line: index + 1, column: 1, reason: text },
    }),
  ),
  {
    account: HOSTILE.join(' '),
    blocked: HOSTILE.map((text, index) => ({
      target: { scope: 'group', name: text },
      kind: 'set',
      path: text,
      reason: 'coupled',
      detail: text,
      after: { [text]: text },
      provenance: { file: text, line: index + 1, column: 1, reason: text },
    })),
    warnings: HOSTILE.map((message) => ({ message, provenance: { file: message, line: 1, column: 1 } })),
    fingerprint: HOSTILE.join(' '),
  },
);

const OFTEN = [
  'in_meeting.file_transfer',
  'in_meeting.alert_guest_join',
  'in_meeting.annotation',
  'in_meeting.chat',
  'in_meeting.breakout_room',
  'in_meeting.co_host',
  'in_meeting.feedback',
  'recording.local_recording',
  'schedule_meeting.host_video',
  'schedule_meeting.participants_video',
];

/** Ten changes for each of many groups. */
export function largePlan(changes: number): Plan {
  const directions = ['tightens', 'weakens', 'review', 'neutral'] as const;
  return planOf(
    Array.from({ length: changes }, (_, index) => {
      const group = Math.floor(index / OFTEN.length);
      const path = OFTEN[index % OFTEN.length] ?? '';
      const direction = directions[index % directions.length] ?? 'neutral';
      const more = {
        target: { scope: 'group', name: `Department ${group}`, id: `g${group}` } as const,
        direction,
        provenance: at(index + 1, 'Agreed for all departments'),
        ...(direction === 'neutral' ? {} : { severity: 'medium' as const }),
      };
      return index % 7 === 3 ? lock('lock', path, { ...more, direction: 'tightens' }) : set(path, true, false, more);
    }),
  );
}

export function resultOf(results: readonly ChangeResult[], more: Partial<ApplyResult> = {}): ApplyResult {
  return {
    plan: planOf(results.map(({ change }) => change)),
    results,
    remaining: [],
    blocked: [],
    leftUnlocked: [],
    interrupted: false,
    ...more,
  };
}

export function resultReport(result: ApplyResult, exitCode: ExitCode = 4): Report {
  return { kind: 'result', result, run: '2026-11-21T10-00-00Z-a3f5c1', exitCode };
}

const [transfer, transferLock, guests, days] = CHANGES as [Change, Change, Change, Change];

export const PARTIAL: ApplyResult = resultOf(
  [
    { status: 'applied', change: lock('unlock', 'in_meeting.annotation', { provenance: at(5) }), step: 'step-1' },
    { status: 'applied', change: transfer, step: 'step-2' },
    {
      status: 'applied',
      change: set('chat.passcode', 'old', 'new'),
      step: 'step-2',
      unread: 'Zoom does not return it',
    },
    {
      status: 'failed',
      change: days,
      step: 'step-3',
      refusal: {
        status: 400,
        code: 300,
        message: 'Validation Failed.',
        mayBeTaken: true,
        fields: [{ field: 'auto_delete_cmr_days', message: 'Must be one of 30, 60, 90.' }],
      },
    },
    {
      status: 'ineffective',
      change: guests,
      step: 'step-3',
      found: true,
      reason: 'locked-above',
      because: 'the account locks in_meeting.alert_guest_join',
    },
    { status: 'notAttempted', change: transferLock, step: 'step-4', because: 'step-3 did not get through' },
  ],
  {
    remaining: [guests, set('in_meeting.co_host', true, false, { provenance: at(90) })],
    blocked: BLOCKED,
    leftUnlocked: [lock('unlock', 'in_meeting.annotation', { provenance: at(5) })],
    halted: new Error('the daily limit of this account is used up'),
  },
);

export function check(path: string, status: Check['status'], more: Partial<Check> = {}): Check {
  return {
    target: ACCOUNT,
    kind: 'set',
    path,
    status,
    wanted: false,
    ...(status === 'unknown' ? {} : { found: status !== 'pass' }),
    severity: 'medium',
    controls: [],
    provenance: at(10),
    ...more,
  };
}

export function control(id: string, title: string, why?: string): Control {
  return { id, title, severity: 'high', ...(why === undefined ? {} : { why }) };
}

export function checkOf(checks: readonly Check[], more: Partial<CheckResult> = {}): CheckResult {
  return { formatVersion: 1, account: 'me', checks, manual: [], idleWaivers: [], ...more };
}

export function checkReport(result: CheckResult): Report {
  return { kind: 'check', check: result, exitCode: result.checks.some(({ status }) => status === 'fail') ? 2 : 0 };
}

const MANUAL: readonly ManualControl[] = [
  {
    ...control('CIS 2.3', 'Only approved apps are installed', 'An app sees what its user sees.'),
    steps: 'Open the App Marketplace, Manage, Apps on Account, and go through the list.',
    provenance: { file: 'policies/cis-zoom-l1.yaml', line: 9, column: 1 },
  },
];

export const POSTURE: CheckResult = checkOf(
  [
    check('in_meeting.file_transfer', 'fail', {
      severity: 'high',
      controls: [control('CIS 1.1.2', 'File transfer is off', 'Files pass by every scanner.')],
    }),
    check('in_meeting.file_transfer', 'fail', { kind: 'lock', wanted: true, found: false }),
    check('in_meeting.chat', 'pass'),
    check('in_meeting.annotation', 'pass'),
    check('in_meeting.screen_sharing', 'pass', { severity: 'low' }),
    check('security.sign_in_with_two_factor_auth', 'fail', {
      severity: 'critical',
      wanted: 'all',
      found: 'none',
      controls: [control('CIS 3.1', 'Everybody signs in with two factors')],
    }),
    check('recording.auto_delete_cmr_days', 'pass', { wanted: 90, found: 30 }),
    check('recording.local_recording', 'waived', {
      waiver: { owner: 'media@example.edu', reason: 'Lecture hall 3', expires: '2027-03-31', provenance: at(99) },
    }),
    check('recording.cloud_recording', 'fail', {
      waiver: { owner: 'it@example.edu', reason: 'Migration', expires: '2025-01-01', provenance: at(98) },
    }),
    check('meeting_security.waiting_room', 'unknown', {
      wanted: true,
      because: 'Zoom does not list it: the licence does not seem to have it',
      target: STUDENTS,
    }),
    check('meeting_security.meeting_password', 'pass', { wanted: true, found: true, target: STUDENTS }),
    check('schedule_meeting.host_video', 'pass', { target: STUDENTS }),
  ],
  {
    manual: MANUAL,
    idleWaivers: [
      {
        about: 'CIS 9.9',
        owner: 'it@example.edu',
        reason: 'Mended long ago',
        expires: '2027-01-01',
        provenance: at(97),
      },
    ],
  },
);

/** Every name and text of a check hostile. */
export const HOSTILE_CHECK: CheckResult = checkOf(
  HOSTILE.map((text, index) =>
    check(`${text}.x`, 'fail', {
      target: { scope: 'group', name: text },
      wanted: text,
      found: [text],
      because: text,
      controls: [control(text, text, text)],
      waiver: { owner: text, reason: text, expires: text, provenance: at(index) },
      provenance: { file: text, line: 1, column: 1, reason: text },
    }),
  ),
  {
    account: HOSTILE.join(' '),
    manual: HOSTILE.map((text) => ({ ...control(text, text, text), steps: text, provenance: at(1, text) })),
    idleWaivers: HOSTILE.map((text) => ({ about: text, owner: text, reason: text, expires: text, provenance: at(1) })),
  },
);

/** Every name and text of a result hostile. */
export const HOSTILE_RESULT: ApplyResult = resultOf(
  changesOf(HOSTILE_PLAN).map((change, index): ChangeResult => {
    const text = HOSTILE[index] ?? '';
    if (index % 3 === 0) return { status: 'notAttempted', change, step: text, because: text };
    if (index % 3 === 1)
      return { status: 'ineffective', change, step: text, found: text, reason: 'unknown', because: text };
    const refusal = { status: 400, code: 1, message: text, fields: [{ field: text, message: text }] };
    return { status: 'failed', change, step: text, refusal };
  }),
  {
    blocked: HOSTILE_PLAN.blocked,
    leftUnlocked: HOSTILE.map((text) => lock('unlock', text, { target: { scope: 'group', name: text, id: text } })),
    halted: new Error(HOSTILE.join(' ')),
  },
);
