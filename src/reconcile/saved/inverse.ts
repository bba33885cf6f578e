/** The way back from a run: its changes, last to first, as what would be wanted to undo them. */

import { fits } from '../../catalog/shape.ts';
import { hidingGatesOf } from '../../catalog/switches.ts';
import type { Change, LockChange, SetChange } from '../../model/plan.ts';
import { holdsMarker } from '../../model/secret.ts';
import type { Desired, DesiredEntry, DesiredFact } from '../../model/state.ts';
import { type Target, targetKey } from '../../model/target.ts';
import { isJsonObject, type Json } from '../../util/json.ts';
import { keyOfChange, settingOfChange } from '../plan/change.ts';

export interface Undo {
  readonly desired: Desired;
  /** Changes that cannot be undone, and why. */
  readonly left: readonly { readonly change: Change; readonly because: string }[];
}

/**
 * Undoing is wanting the old values: the plan for it is made, shown, guarded and verified like any other. Of several
 * changes to one path the first tells how it was.
 * @param file where the changes were read from, for the plan's provenance
 */
export function undo(changes: readonly Change[], file: string): Undo {
  const first = new Map<string, Change>();
  for (const change of changes) {
    const key = `${targetKey(change.target)} ${keyOfChange(change)}`;
    if (!first.has(key)) first.set(key, change);
  }
  const left = [...first.values()].flatMap((change) => {
    const because = reasonNotToUndo(change);
    return because === undefined || goesWithItsSwitch(change, [...first.values()]) ? [] : [{ change, because }];
  });
  const entries = new Map<string, { target: Target; facts: DesiredFact[] }>();
  for (const change of first.values()) {
    if (reasonNotToUndo(change) !== undefined || change.heldBy !== undefined) continue;
    const entry = entries.get(nameOf(change.target)) ?? { target: change.target, facts: [] };
    const facts = withFact(entry.facts, factBefore(change, file));
    entries.set(nameOf(change.target), { target: change.target, facts });
  }
  return { desired: { entries: [...entries.values()].map(({ target, facts }) => entryFor(target, facts)) }, left };
}

function reasonNotToUndo(change: Change): string | undefined {
  const item = change.kind === 'set' ? change.item : undefined;
  if (item?.action === 'add') return undefined;
  if (holdsMarker(change)) return 'it is a secret, and the old value was never written down';
  if (change.before === undefined) return 'Zoom did not list it before, so there is no value to go back to';
  const takes = item !== undefined || fits(change.before, settingOfChange(change).shape);
  return takes ? undefined : 'Zoom would not take the old value back';
}

/** What Zoom lists only while a switch is on goes by itself when the switch goes back off. */
function goesWithItsSwitch({ kind, target, path, before }: Change, all: readonly Change[]): boolean {
  if (kind !== 'set' || before !== undefined) return false;
  const gates = hidingGatesOf(target.scope, path);
  return all.some(
    (other) =>
      other.kind === 'set' && other.target.id === target.id && gates.includes(other.path) && other.before === false,
  );
}

function factBefore(change: SetChange | LockChange, file: string): DesiredFact {
  const reason = `as it was before: ${change.provenance.file}:${change.provenance.line}`;
  const guarded = change.protectedBy === undefined ? {} : { protectedBy: change.protectedBy };
  const common = { path: change.path, ...guarded, provenance: { file, line: 1, column: 1, reason } };
  if (change.kind === 'set' && change.item !== undefined) {
    const absent = change.item.action === 'add' ? { absent: [change.item.name] } : {};
    return { kind: 'set', ...common, value: itemsBefore(change), ...absent };
  }
  if (change.kind === 'set') return { kind: 'set', ...common, value: change.before ?? null };
  return { kind: 'lock', ...common, value: change.before === true };
}

/** The item as it was, and the default that it displaced, which Zoom unmarked by itself. */
function itemsBefore({ before, item }: SetChange): Json[] {
  const back = item?.displaces === undefined ? [] : [{ name: item.displaces, default_option: true }];
  if (item === undefined || item.action === 'add') return back;
  return [isJsonObject(before) ? before : { name: item.name, visible: before === true }, ...back];
}

/** Items of one list are wanted together: a target has one fact for a path. */
function withFact(facts: readonly DesiredFact[], fact: DesiredFact): DesiredFact[] {
  const same = facts.find(({ kind, path }) => kind === fact.kind && path === fact.path);
  if (same === undefined || !Array.isArray(same.value) || !Array.isArray(fact.value)) return [...facts, fact];
  const value = [...same.value, ...fact.value];
  const absent = [...(same.absent ?? []), ...(fact.absent ?? [])];
  return facts.map((other) => (other === same ? { ...same, value, absent } : other));
}

function entryFor(target: Target, facts: readonly DesiredFact[]): DesiredEntry {
  const [fact] = facts;
  const provenance = fact?.provenance ?? { file: '', line: 1, column: 1 };
  return { scope: target.scope, name: nameOf(target), glob: false, facts, provenance };
}

function nameOf(target: Target): string {
  return target.scope === 'account' ? '' : target.scope === 'group' ? target.name : target.email;
}
