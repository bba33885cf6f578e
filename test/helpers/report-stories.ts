/** Situations that every format is held against. Goldens are named after them. */
import type { Check, CheckResult } from '../../src/model/check.ts';
import type { SetChange } from '../../src/model/plan.ts';
import type { ApplyResult } from '../../src/model/result.ts';
import type { Report } from '../../src/report/index.ts';
import type { Json } from '../../src/util/json.ts';
import {
  applied,
  at,
  blocked,
  check,
  checkReport,
  control,
  failed,
  group,
  ineffective,
  lockChange,
  manual,
  notAttempted,
  type PlanParts,
  planReport,
  resultReport,
  setChange,
  user,
  waiver,
} from './reports.ts';

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

const STUDENTS = group('Students');

/** A setting of the catalogue: pages say what it is and why it matters. */
function known(path: string, before: Json, after: Json, more: Partial<SetChange> = {}): SetChange {
  return setChange({ path, before, after, provenance: at(10), ...more });
}

const TRANSFER = known('in_meeting.file_transfer', true, false, {
  provenance: at(12, { reason: 'Ticket SEC-12: malware came by a meeting in May' }),
});
const TRANSFER_LOCK = lockChange({ path: 'in_meeting.file_transfer', provenance: at(12) });
const GUESTS = known('in_meeting.alert_guest_join', true, false, {
  direction: 'weakens',
  severity: 'high',
  provenance: at(15),
});
const DAYS = known('recording.auto_delete_cmr_days', 365, 30, {
  direction: 'review',
  severity: 'high',
  lossy: 'cloud recordings that are older than the new period are deleted at once',
  protectedBy: 'recording',
  provenance: at(21, { reason: 'Storage costs, agreed with the records office' }),
});

function added(path: string, after: Json, line: number, more: Partial<SetChange> = {}): SetChange {
  const { before: _, ...change } = setChange({ path, after, direction: 'neutral', provenance: at(line), ...more });
  return change;
}

/** A change of every kind there is, of settings of the catalogue, and what is blocked. */
export const EVERYTHING = {
  changes: [
    TRANSFER,
    TRANSFER_LOCK,
    GUESTS,
    DAYS,
    known('in_meeting.data_center_regions', ['US', 'DE', 'SG'], ['DE', 'NL', 'IE'], {
      direction: 'review',
      provenance: at(23),
    }),
    added('in_meeting.custom_service_instructions', 'Ask the media team. '.repeat(20).trim(), 24),
    added('chat.send_data_to_third_party_archiving_service.passcode', { $secret: 'env:ARCHIVE_PASSCODE' }, 30, {
      unconfirmed: true,
    }),
    known('meeting_authentication.authentication_options', { name: 'Signed in', type: 'enforce_login' }, null, {
      item: { action: 'delete', name: 'Signed in', id: 'x1' },
      direction: 'review',
      severity: 'high',
      provenance: at(33),
    }),
    lockChange({ kind: 'unlock', target: STUDENTS, severity: 'low', provenance: at(44) }),
    lockChange({
      path: 'in_meeting.webinar_chat',
      target: STUDENTS,
      freezes: ['in_meeting.webinar_chat.enable', 'in_meeting.webinar_chat.allow_attendees_chat_with'],
      provenance: at(46),
    }),
    known('in_meeting.private_chat', true, true, {
      target: STUDENTS,
      heldBy: 'in_meeting.private_chat',
      direction: 'neutral',
      provenance: at(48),
    }),
    known('schedule_meeting.host_video', false, true, {
      target: user('dean@example.edu'),
      direction: 'neutral',
      provenance: at(60),
    }),
  ],
  blocked: [
    blocked({
      target: STUDENTS,
      path: 'in_meeting.screen_sharing',
      reason: 'locked-by-account',
      detail: 'The account locks in_meeting.screen_sharing; unlock it there, or take this line out.',
      before: true,
      after: false,
      provenance: at(50, { reason: 'Only teachers share' }),
    }),
    blocked({
      target: group('Nobody'),
      kind: 'lock',
      path: 'recording.local_recording',
      reason: 'unmatched',
      detail: 'Zoom has no group of that name.',
      provenance: at(70),
    }),
  ],
  warnings: [{ message: 'group:Staff reads in_meeting.chat from two documents that disagree', provenance: at(80) }],
} satisfies PlanParts;

/** A run that ended early, with every way in which a change can end. */
export const PARTIAL = {
  results: [
    applied(lockChange({ kind: 'unlock', path: 'in_meeting.annotation', provenance: at(5) })),
    applied(TRANSFER),
    {
      status: 'applied',
      change: known('chat.passcode', 'old', 'new'),
      step: 'step-2',
      unread: 'Zoom does not return it',
    },
    {
      status: 'failed',
      change: DAYS,
      step: 'step-3',
      refusal: {
        status: 400,
        code: 300,
        message: 'Validation Failed.',
        mayBeTaken: true,
        fields: [{ field: 'auto_delete_cmr_days', message: 'Must be one of 30, 60, 90.' }],
      },
    },
    ineffective(GUESTS, 'the account locks in_meeting.alert_guest_join', true),
    notAttempted(TRANSFER_LOCK, 'step-3 did not get through'),
  ],
  remaining: [GUESTS, known('in_meeting.co_host', true, false, { provenance: at(90) })],
  blocked: EVERYTHING.blocked,
  leftUnlocked: [lockChange({ kind: 'unlock', path: 'in_meeting.annotation', provenance: at(5) })],
  halted: new Error('the daily limit of this account is used up'),
} satisfies Partial<ApplyResult>;

function checked(path: string, status: Check['status'], more: Partial<Check> = {}): Check {
  const found = status === 'unknown' ? {} : { found: status !== 'pass' };
  return check({ path, status, ...found, severity: 'medium', controls: [], provenance: at(10), ...more });
}

/** Checks of several categories, with every status. */
export const POSTURE = {
  checks: [
    checked('in_meeting.file_transfer', 'fail', {
      severity: 'high',
      controls: [control({ id: 'CIS 1.1.2', title: 'File transfer is off', why: 'Files pass by every scanner.' })],
    }),
    checked('in_meeting.file_transfer', 'fail', { kind: 'lock', wanted: true, found: false }),
    checked('in_meeting.chat', 'pass'),
    checked('in_meeting.annotation', 'pass'),
    checked('in_meeting.screen_sharing', 'pass', { severity: 'low' }),
    checked('security.sign_in_with_two_factor_auth', 'fail', {
      severity: 'critical',
      wanted: 'all',
      found: 'none',
      controls: [control({ id: 'CIS 3.1', title: 'Everybody signs in with two factors' })],
    }),
    checked('recording.auto_delete_cmr_days', 'pass', { wanted: 90, found: 30 }),
    checked('recording.local_recording', 'waived', {
      waiver: waiver({ owner: 'media@example.edu', reason: 'Lecture hall 3', provenance: at(99) }),
    }),
    checked('recording.cloud_recording', 'fail', { waiver: waiver({ reason: 'Migration', expires: '2025-01-01' }) }),
    checked('meeting_security.waiting_room', 'unknown', {
      wanted: true,
      because: 'Zoom does not list it: the licence does not seem to have it',
      target: STUDENTS,
    }),
    checked('meeting_security.meeting_password', 'pass', { wanted: true, found: true, target: STUDENTS }),
    checked('schedule_meeting.host_video', 'pass', { target: STUDENTS }),
  ],
  manual: [
    manual({
      id: 'CIS 2.3',
      title: 'Only approved apps are installed',
      why: 'An app sees what its user sees.',
      steps: 'Open the App Marketplace, Manage, Apps on Account, and go through the list.',
      provenance: at(9, { file: 'policies/cis-zoom-l1.yaml' }),
    }),
  ],
  idleWaivers: [
    { ...waiver({ reason: 'Mended long ago', expires: '2027-01-01', provenance: at(97) }), about: 'CIS 9.9' },
  ],
} satisfies Partial<CheckResult>;
