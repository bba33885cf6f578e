/** One value or one lock of a target, with everything that a report shows about it. */
import { frozenBy } from '../../catalog/levels.ts';
import type { Check, CheckStatus, Control } from '../../model/check.ts';
import { type Blocked, type Change, changeName, type Direction, type Severity } from '../../model/plan.ts';
import type { ChangeResult } from '../../model/result.ts';
import type { SettingPath } from '../../model/setting.ts';
import type { Provenance } from '../../model/state.ts';
import type { TargetRef } from '../../model/target.ts';
import { directionBadge, loosens, type Purpose } from './direction.ts';
import {
  blockedNote,
  changeNotes,
  checkNotes,
  LEFT_UNLOCKED,
  MOVED,
  type Note,
  outcomeNotes,
  waiverNote,
} from './notes.ts';
import { type About, aboutLock, aboutSetting } from './summaries.ts';
import type { Badge } from './tone.ts';
import { blockedValues, changeValues, checkValues, removesItem, type Values } from './values.ts';

/**
 * - differs: to be changed by a plan, or found by drift
 * - moved: differs after a run that did not change it
 * - leftUnlocked: the run removed the lock, and the one that should replace it did not get through
 */
export type EntryState = 'differs' | 'moved' | 'leftUnlocked' | 'blocked' | ChangeResult['status'] | CheckStatus;

/** What the entry was made from. */
export type Origin =
  | { readonly type: 'change'; readonly purpose: Purpose; readonly change: Change }
  | { readonly type: 'moved' | 'leftUnlocked'; readonly change: Change }
  | { readonly type: 'result'; readonly change: Change; readonly result: ChangeResult }
  | { readonly type: 'blocked'; readonly blocked: Blocked }
  | { readonly type: 'check'; readonly check: Check };

/** What an apply does only if it is allowed by name. */
export type Mark = 'lossy' | 'protected';

export interface Entry {
  readonly state: EntryState;
  readonly target: TargetRef;
  readonly kind: 'set' | 'lock' | 'unlock';
  readonly path: SettingPath;
  /** The path, or an item of the list at that path. */
  readonly name: string;
  readonly values: Values;
  /** `pin`: sent only so that an older value cannot come back. */
  readonly action: 'add' | 'change' | 'remove' | 'pin';
  /** The state in words. Absent for a change of a plan, which only has a direction. */
  readonly status?: Badge;
  /** The direction of a change, with its severity. */
  readonly way?: Badge;
  readonly direction?: Direction;
  /** Whether the change reduces security, or drift has reduced it. */
  readonly loosens: boolean;
  readonly severity?: Severity;
  readonly marks: readonly Mark[];
  /** Why the entry has its state. */
  readonly outcome: readonly Note[];
  readonly notes: readonly Note[];
  readonly provenance: Provenance;
  readonly origin: Origin;
}

export function changeEntry(purpose: Purpose, change: Change): Entry {
  return entryOf('differs', change, purpose, { type: 'change', purpose, change });
}

const OUTCOMES: Readonly<Record<ChangeResult['status'], Badge>> = {
  applied: { text: 'applied', tone: 'good' },
  ineffective: { text: 'ineffective', tone: 'warn' },
  failed: { text: 'failed', tone: 'bad' },
  notAttempted: { text: 'not attempted', tone: 'odd' },
};

export function resultEntry(result: ChangeResult): Entry {
  const { status, change } = result;
  return entryOf(status, change, 'plan', { type: 'result', change, result }, OUTCOMES[status], outcomeNotes(result));
}

export function movedEntry(change: Change): Entry {
  const status: Badge = { text: 'still differs', tone: 'warn' };
  return entryOf('moved', change, 'plan', { type: 'moved', change }, status, [MOVED]);
}

export function leftUnlockedEntry(change: Change): Entry {
  const status: Badge = { text: 'left unlocked', tone: 'bad' };
  return entryOf('leftUnlocked', change, 'plan', { type: 'leftUnlocked', change }, status, [LEFT_UNLOCKED]);
}

function entryOf(
  state: EntryState,
  change: Change,
  purpose: Purpose,
  origin: Origin,
  status?: Badge,
  outcome: readonly Note[] = [],
): Entry {
  const { target, kind, path, direction, severity, lossy, protectedBy, provenance } = change;
  return {
    state,
    target,
    kind,
    path,
    name: changeName(change),
    values: changeValues(purpose, change),
    action: actionOf(change),
    ...(status === undefined ? {} : { status }),
    way: directionBadge(purpose, change),
    direction,
    loosens: loosens(purpose, direction),
    ...(severity === undefined ? {} : { severity }),
    marks: [
      ...(lossy === undefined ? [] : (['lossy'] as const)),
      ...(protectedBy === undefined ? [] : (['protected'] as const)),
    ],
    outcome,
    notes: changeNotes(change),
    provenance,
    origin,
  };
}

function actionOf(change: Change): Entry['action'] {
  if (change.heldBy !== undefined) return 'pin';
  if (change.kind !== 'set') return change.kind === 'lock' ? 'add' : 'remove';
  if (change.before === undefined) return 'add';
  return removesItem(change) ? 'remove' : 'change';
}

export function blockedEntry(blocked: Blocked): Entry {
  const { target, kind, path, detail, waiver, provenance } = blocked;
  const state = blockedState(blocked);
  return {
    state,
    target,
    kind,
    path,
    name: path,
    values: blockedValues(blocked),
    action: 'change',
    status: blockedStatus(state, blocked),
    loosens: false,
    marks: [],
    outcome: [blockedNote(detail), ...(waiver === undefined ? [] : [waiverNote('waived', waiver)])],
    notes: [],
    provenance,
    origin: { type: 'blocked', blocked },
  };
}

/** What could not be seen is not blocked: nothing is known to be in its way. */
function blockedState({ reason, waiver }: Blocked): EntryState {
  if (waiver !== undefined) return 'waived';
  if (reason === 'no-access' || reason === 'unreadable') return 'unknown';
  return reason === 'unmatched' || reason === 'not-found' || reason === 'pending' ? reason : 'blocked';
}

function blockedStatus(state: EntryState, { reason }: Blocked): Badge {
  if (isMissing(state)) return { text: STATUS_WORDS[state], tone: 'bad' };
  return { text: `${state}, ${reason}`, tone: state === 'unknown' ? 'bad' : 'odd' };
}

/** Zoom has no such group or user. */
function isMissing(state: EntryState): state is 'unmatched' | 'not-found' | 'pending' {
  return state === 'unmatched' || state === 'not-found' || state === 'pending';
}

/** Whether an entry is about what could not be seen. */
export function isUnseen({ state }: Pick<Entry, 'state'>): boolean {
  return state === 'unknown' || isMissing(state);
}

const STATUS_WORDS: Readonly<Record<CheckStatus, string>> = {
  fail: 'fail',
  unknown: 'unknown',
  unmatched: 'unmatched',
  'not-found': 'not found',
  pending: 'pending',
  'not-offered': 'not offered',
  waived: 'waived',
  pass: 'pass',
};

const STATUS_TONES: Readonly<Record<CheckStatus, Badge['tone']>> = {
  fail: 'bad',
  unknown: 'bad',
  unmatched: 'bad',
  'not-found': 'bad',
  pending: 'bad',
  'not-offered': 'odd',
  waived: 'warn',
  pass: 'good',
};

export function checkEntry(check: Check): Entry {
  const { target, kind, path, status, severity, provenance } = check;
  return {
    state: status,
    target,
    kind,
    path,
    name: path,
    values: checkValues(check),
    action: 'change',
    status: { text: STATUS_WORDS[status], tone: STATUS_TONES[status] },
    loosens: false,
    severity,
    marks: [],
    outcome: checkNotes(check),
    notes: [],
    provenance,
    origin: { type: 'check', check },
  };
}

/** A lock in the row of a value that it freezes: its notes name only what else it freezes. */
export function nextToValue(lock: Entry, { path }: Entry): Entry {
  return 'change' in lock.origin ? { ...lock, notes: changeNotes(lock.origin.change, path) } : lock;
}

/** What the catalogue says about the entry. */
export function aboutOf(entry: Entry): About {
  return entry.kind === 'set' ? aboutSetting(entry.path) : aboutLock(entry.path, frozenOf(entry));
}

/** Every setting that a lock governs. */
export function frozenOf({ target, path, origin }: Entry): readonly SettingPath[] {
  if ('change' in origin) return origin.change.kind === 'set' ? [] : origin.change.freezes;
  return target.scope === 'user' ? [] : frozenBy(target.scope, path);
}

/** The demands that a checked entry serves. */
export function controlsOf({ origin }: Entry): readonly Control[] {
  return origin.type === 'check' ? origin.check.controls : [];
}
