/** A setting of a target is one row: its value, its lock, or both. */
import type { Control } from '../../model/check.ts';
import { targetLabel } from '../../model/target.ts';
import { compareText } from '../../util/compare-text.ts';
import { printable } from '../../util/printable.ts';
import { controlsOf, type Entry, type EntryState, frozenOf, nextToValue } from './entry.ts';
import { type Note, sameNote } from './notes.ts';
import { sentenceOf } from './sentence.ts';
import type { Badge } from './tone.ts';

export interface Row {
  /** `account`, `group:Students`. Not safe to print. */
  readonly label: string;
  /** The value, if the row has one; otherwise the lock. */
  readonly lead: Entry;
  /** The lock, where the row leads with the value that it freezes. */
  readonly lock?: Entry;
}

/** Both entries of a row, or its only one. */
export function entriesOf({ lead, lock }: Row): readonly Entry[] {
  return lock === undefined ? [lead] : [lead, lock];
}

/**
 * In the order of the entries. A lock is in the row of the value that it freezes, where it freezes only one of those that
 * are listed.
 */
export function rowsOf(entries: readonly Entry[]): readonly Row[] {
  const alone = entries.map((lead): Row => ({ label: targetLabel(lead.target), lead }));
  const locked = new Set(alone.flatMap(({ label, lead }) => (lead.kind === 'set' ? [] : [label])));
  if (locked.size === 0) return alone;
  const groups = byTarget(alone.filter(({ label }) => locked.has(label)));
  const locks = new Map(groups.flatMap(({ rows }) => [...pairedLocks(rows.map(({ lead }) => lead))]));
  const paired = new Set(locks.values());
  return alone.flatMap((row) => {
    if (paired.has(row.lead)) return [];
    const lock = locks.get(row.lead);
    return [lock === undefined ? row : { ...row, lock: nextToValue(lock, row.lead) }];
  });
}

function pairedLocks(entries: readonly Entry[]): ReadonlyMap<Entry, Entry> {
  const locks = new Map<Entry, Entry>();
  const values = new Map<string, Entry | 'several'>();
  for (const entry of entries)
    if (entry.kind === 'set') values.set(entry.path, values.has(entry.path) ? 'several' : entry);
  for (const entry of entries) {
    if (entry.kind === 'set') continue;
    const frozen = new Set([entry.path, ...frozenOf(entry)].flatMap((path) => values.get(path) ?? []));
    const [value, ...others] = frozen;
    if (value !== undefined && value !== 'several' && others.length === 0) locks.set(value, entry);
  }
  return locks;
}

export interface TargetRows {
  readonly label: string;
  readonly rows: readonly Row[];
}

/** Account, groups, users, each by name, which happens to be the order of their labels. */
export function byTarget(rows: readonly Row[]): readonly TargetRows[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const known = groups.get(row.label);
    if (known === undefined) groups.set(row.label, [row]);
    else known.push(row);
  }
  return [...groups].map(([label, own]) => ({ label, rows: own })).sort((a, b) => compareText(a.label, b.label));
}

/** The worst first. */
const STATES: readonly EntryState[] = [
  'leftUnlocked',
  'failed',
  'ineffective',
  'notAttempted',
  'moved',
  'differs',
  'blocked',
  'fail',
  'unknown',
  'unmatched',
  'not-found',
  'pending',
  'not-offered',
  'waived',
  'applied',
  'pass',
];

/** The entry with the worse state. */
export function worstOf({ lead, lock }: Row): Entry {
  return lock === undefined || STATES.indexOf(lead.state) <= STATES.indexOf(lock.state) ? lead : lock;
}

/** The badges of both entries, without those of the lock that its value has too. */
export function rowBadges(row: Row, badgesOf: (entry: Entry) => readonly Badge[]): readonly Badge[] {
  const { lead, lock } = row;
  const own = badgesOf(lead);
  const others =
    lock === undefined ? [] : badgesOf(lock).filter(({ text }) => own.every((badge) => badge.text !== text));
  return [...own, ...others.map((badge) => ({ ...badge, text: `lock: ${badge.text}` }))];
}

/** Why each entry has its state. */
export function outcomeOf(row: Row): readonly Note[] {
  return notesOf(row, ({ outcome }) => outcome);
}

/** All notes of both entries. */
export function rowNotes(row: Row): readonly Note[] {
  return [...outcomeOf(row), ...notesOf(row, ({ notes }) => notes)];
}

/** Without those of the lock that its value has too. */
function notesOf({ lead, lock }: Row, pick: (entry: Entry) => readonly Note[]): readonly Note[] {
  const own = pick(lead);
  if (lock === undefined) return own;
  return [
    ...own,
    ...pick(lock)
      .filter((note) => !own.some((other) => sameNote(other, note)))
      .map(ofLock),
  ];
}

function ofLock({ label, text, tone, about }: Note): Note {
  return { label: about === 'lock' ? label : `${label} (lock)`, text, ...(tone === undefined ? {} : { tone }) };
}

/** The demands that a checked row serves. */
export function controlsIn(row: Row): readonly Control[] {
  const byId = new Map(entriesOf(row).flatMap((entry) => controlsOf(entry).map((control) => [control.id, control])));
  return [...byId.values()];
}

/** The entries whose provenance is to be shown: only one if both have the same. */
export function placesOf({ lead, lock }: Row): readonly Entry[] {
  if (lock === undefined) return [lead];
  const [{ file, line, reason }, other] = [lead.provenance, lock.provenance];
  return file === other.file && line === other.line && reason === other.reason ? [lead] : [lead, lock];
}

/** One line, safe to print. */
export function rowSentence({ lead, lock }: Row): string {
  if (lock === undefined) return sentenceOf(lead);
  return `${sentenceOf(lead)}; ${lock.path === lead.path ? '' : `${printable(lock.path)} `}${sentenceOf(lock)}`;
}

/** `lock in_meeting.chat`. Safe to print. */
export function nameOf({ kind, name }: Entry): string {
  return kind === 'set' ? printable(name) : `${kind} ${printable(name)}`;
}
