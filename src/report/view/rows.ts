/** A setting of a target is one row: its value, its lock, or both. */
import { targetLabel } from '../../model/target.ts';
import { compareText } from '../../util/compare-text.ts';
import { type Entry, frozenOf, nextToValue } from './entry.ts';

export interface Row {
  /** `account`, `group:Students`. Not safe to print. */
  readonly label: string;
  /** The value, if the row has one. */
  readonly lead: Entry;
  /** The lock, where the row leads with the value that it freezes. */
  readonly lock?: Entry;
}

export interface TargetRows {
  readonly label: string;
  readonly rows: readonly Row[];
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
  const alone = entries.map(rowOf);
  const locks = new Map(byLabel(alone).flatMap(([, rows]) => [...pairedLocks(rows.map(({ lead }) => lead))]));
  const paired = new Set(locks.values());
  return alone.flatMap((row) => {
    if (paired.has(row.lead)) return [];
    const lock = locks.get(row.lead);
    return [lock === undefined ? row : { ...row, lock: nextToValue(lock, row.lead) }];
  });
}

/** A row of its own. */
export function rowOf(lead: Entry): Row {
  return { label: targetLabel(lead.target), lead };
}

function pairedLocks(entries: readonly Entry[]): ReadonlyMap<Entry, Entry> {
  const locks = new Map<Entry, Entry>();
  const values = new Map<string, Entry | 'several'>();
  for (const entry of entries)
    if (entry.kind === 'set' && entry.state !== 'blocked')
      values.set(entry.path, values.has(entry.path) ? 'several' : entry);
  for (const entry of entries) {
    if (entry.kind === 'set' || entry.action === 'pin' || entry.state === 'blocked') continue;
    const frozen = new Set([entry.path, ...frozenOf(entry)].flatMap((path) => values.get(path) ?? []));
    const [value, ...others] = frozen;
    if (value !== undefined && value !== 'several' && others.length === 0) locks.set(value, entry);
  }
  return locks;
}

/** Account, groups, users, each by name, which happens to be the order of their labels. */
export function byTarget(rows: readonly Row[]): readonly TargetRows[] {
  return byLabel(rows)
    .map(([label, own]) => ({ label, rows: own }))
    .sort((a, b) => compareText(a.label, b.label));
}

function byLabel(rows: readonly Row[]): readonly (readonly [label: string, rows: readonly Row[]])[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const known = groups.get(row.label);
    if (known === undefined) groups.set(row.label, [row]);
    else known.push(row);
  }
  return [...groups];
}
