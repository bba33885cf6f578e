/** What a report knows, fact by fact and in its own order: for formats that have one entry for each. */
import type { Check, CheckResult, Waiver } from '../model/check.ts';
import {
  type Blocked,
  type BlockReason,
  type Change,
  changeName,
  changesOf,
  type Direction,
  type Plan,
  type SetChange,
  type Severity,
} from '../model/plan.ts';
import type { Report } from '../model/report.ts';
import type { ApplyResult, ChangeResult } from '../model/result.ts';
import type { SettingPath } from '../model/setting.ts';
import type { Provenance } from '../model/state.ts';
import type { TargetRef } from '../model/target.ts';
import { stableText } from '../util/json.ts';
import { printable } from '../util/printable.ts';
import { wayText } from './direction.ts';
import { keyOf, surprisesOf } from './outcome.ts';
import { differingParts, knownBefore, listChanges, shortValue } from './value.ts';
import type { Purpose } from './verdict.ts';
import {
  changeNotes,
  checkNotes,
  LEFT_UNLOCKED,
  type Note,
  noteText,
  outcomeNotes,
  refusalWords,
} from './view/notes.ts';
import { plainText } from './view/words.ts';

/**
 * How a fact stands.
 * - right: applied, or a check that passes
 * - differs: to be changed by a plan, or found by drift
 * - moved: differs after a run that had nothing to do with it
 */
export type FactState =
  | 'right'
  | 'differs'
  | 'blocked'
  | Exclude<ChangeResult['status'], 'applied'>
  | 'leftUnlocked'
  | 'moved'
  | Exclude<Check['status'], 'pass'>;

export interface Fact {
  readonly state: FactState;
  readonly target: TargetRef;
  readonly kind: 'set' | 'lock' | 'unlock';
  readonly path: SettingPath;
  /** The path, or an item of the list at that path. */
  readonly name: string;
  /** The rest of a sentence that begins with the name; of a lock too. Safe to print, as the notes are. */
  readonly says: string;
  readonly notes: readonly string[];
  readonly direction?: Direction;
  readonly severity?: Severity;
  /** Asks to be allowed by name: it loses something, or a policy protects it. */
  readonly guarded: boolean;
  readonly blocked?: BlockReason;
  readonly waiver?: Waiver;
  readonly provenance: Provenance;
}

export function factsOf(report: Report): readonly Fact[] {
  switch (report.kind) {
    case 'plan':
    case 'drift':
      return planFacts(report.kind, report.plan);
    case 'result':
      return resultFacts(report.result);
    case 'check':
      return checkFacts(report.check);
  }
}

/** `lock in_meeting.chat`: tells the facts of one target apart. Safe to print. */
export function factName({ kind, name }: Pick<Fact, 'kind' | 'name'>): string {
  return `${kind === 'set' ? '' : `${kind} `}${printable(name)}`;
}

const LISTED = 20;

/** `removed "a", "b"; added "c"` */
export function listText(
  { removed, added }: NonNullable<ReturnType<typeof listChanges>>,
  shown: (text: string) => string = (text) => text,
): string {
  const part = (word: string, items: SetChange['after'][]) => {
    if (items.length === 0) return [];
    const more = items.length > LISTED ? ` and ${items.length - LISTED} more` : '';
    const told = items.slice(0, LISTED).map((item) => shown(shortValue(item)));
    return [`${word} ${told.join(', ')}${more}`];
  };
  return [...part('removed', removed), ...part('added', added)].join('; ');
}

function planFacts(purpose: Purpose, plan: Plan): Fact[] {
  return [
    ...changesOf(plan).map((change) =>
      factOf(change, 'differs', `${differs(purpose, change)} (${wayText(purpose, change)})`),
    ),
    ...plan.blocked.map(blockedFact),
  ];
}

function resultFacts(result: ApplyResult): Fact[] {
  const reported = new Set(result.results.map(({ change }) => keyOf(change)));
  const left = new Set(result.leftUnlocked.map(keyOf));
  return [
    // The lock did come off, as the plan said; that nothing came in its place is the news.
    ...result.results.map((entry) => (left.has(keyOf(entry.change)) ? leftFact(entry.change) : resultFact(entry))),
    ...result.leftUnlocked.filter((unlock) => !reported.has(keyOf(unlock))).map(leftFact),
    ...surprisesOf(result).map((change) =>
      factOf(change, 'moved', `differs after this run: it ${differs('drift', change)}`),
    ),
    ...result.blocked.map(blockedFact),
  ];
}

function leftFact(unlock: Change): Fact {
  return factOf(unlock, 'leftUnlocked', `was left unlocked: ${plainText(LEFT_UNLOCKED.text)}`);
}

function resultFact(result: ChangeResult): Fact {
  const { change } = result;
  const wanted = change.kind === 'set' ? `set to ${shortValue(change.after)}` : `${change.kind}ed`;
  switch (result.status) {
    case 'applied': {
      const unread = result.unread === undefined ? '' : `; ${printable(result.unread)}`;
      return factOf(change, 'right', `was ${wanted}${unread}`);
    }
    case 'ineffective': {
      const found = result.found === undefined ? '' : `; Zoom has ${shortValue(result.found)}`;
      const why = `${result.reason}: ${printable(result.because)}`;
      return factOf(change, 'ineffective', `was ${wanted}, without effect (${why})${found}`);
    }
    case 'failed':
      return factOf(change, 'failed', `could not be ${wanted}: ${plainText(refusalWords(result.refusal))}`, [
        ...outcomeNotes(result).filter(({ explains }) => explains === undefined),
        ...changeNotes(change),
      ]);
    case 'notAttempted':
      return factOf(change, 'notAttempted', `was not ${wanted}: ${printable(result.because)}`);
  }
}

function factOf(change: Change, state: FactState, says: string, notes: readonly Note[] = changeNotes(change)): Fact {
  const { target, kind, path, direction, severity, lossy, protectedBy, provenance } = change;
  return {
    state,
    target,
    kind,
    path,
    name: changeName(change),
    says,
    notes: [...notes.map(noteText), ...reasonNotes(provenance)],
    direction,
    ...(severity === undefined ? {} : { severity }),
    guarded: lossy !== undefined || protectedBy !== undefined,
    provenance,
  };
}

function differs(purpose: Purpose, change: Change): string {
  const { heldBy } = change;
  if (heldBy !== undefined) {
    return `is pinned ${change.kind === 'set' ? `at ${shortValue(change.after)}` : `as ${change.kind}ed`}`;
  }
  if (change.kind !== 'set') {
    if (purpose === 'plan') return `is ${change.kind}ed`;
    return change.kind === 'lock'
      ? 'is unlocked in Zoom, and the policy wants it locked'
      : 'is locked in Zoom, and the policy wants it unlocked';
  }
  if (change.item !== undefined && change.after === null)
    return purpose === 'plan' ? 'is removed' : 'is in Zoom, and the policy does not want it';
  const lists = listChanges(change.before, change.after);
  if (lists !== undefined) return purpose === 'plan' ? `changes: ${listText(lists)}` : `would need: ${listText(lists)}`;
  const [before, after] = differingParts(change).map(shortValue);
  return purpose === 'plan'
    ? `changes from ${before} to ${after}`
    : `is ${before} in Zoom, and the policy wants ${after}`;
}

function blockedFact(blocked: Blocked): Fact {
  const { target, kind, path, reason, detail, provenance } = blocked;
  return {
    state: 'blocked',
    target,
    kind,
    path,
    name: path,
    says: `${cannot(blocked)} (blocked, ${reason}): ${printable(detail)}`,
    notes: reasonNotes(provenance),
    guarded: false,
    blocked: reason,
    provenance,
  };
}

function cannot(blocked: Blocked): string {
  const { kind, after } = blocked;
  if (kind !== 'set') return `cannot be ${kind}ed`;
  const before = knownBefore(blocked);
  const right = before === undefined || stableText(before.value ?? null) === stableText(after);
  return right
    ? `cannot be set to ${shortValue(after)}`
    : `cannot change from ${shortValue(before.value)} to ${shortValue(after)}`;
}

function checkFacts({ checks }: CheckResult): Fact[] {
  return checks.map((check) => {
    const { target, kind, path, status, severity, controls, waiver, provenance } = check;
    return {
      state: status === 'pass' ? 'right' : status,
      target,
      kind,
      path,
      name: path,
      says: checkSays(check),
      notes: [
        ...controls.map(({ id, title }) => printable(`${id} ${title}`)),
        ...checkNotes(check).map(noteText),
        ...reasonNotes(provenance),
      ],
      severity,
      guarded: false,
      ...(waiver === undefined ? {} : { waiver }),
      provenance,
    };
  });
}

function checkSays({ status, kind, wanted, found, severity }: Check): string {
  const shown = (value: Check['found']) =>
    kind === 'lock' && typeof value === 'boolean' ? (value ? 'locked' : 'unlocked') : shortValue(value);
  const way = `(${status}, ${severity})`;
  if (status === 'unknown') return `is not known, wanted ${shown(wanted)} ${way}`;
  return status === 'pass' ? `is ${shown(found)}` : `is ${shown(found)}, wanted ${shown(wanted)} ${way}`;
}

function reasonNotes({ reason }: Provenance): string[] {
  return reason === undefined ? [] : [printable(reason)];
}
