/** The way back from a run: its changes, last to first, as what would be wanted to undo them. */
import { fits } from '../catalog/shape.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import { type Change, changeName, type LockChange, type SetChange } from '../model/plan.ts';
import { isSecret } from '../model/secret.ts';
import type { Desired, DesiredEntry, DesiredFact } from '../model/state.ts';
import type { Target } from '../model/target.ts';
import { settingOfChange } from './patch.ts';

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
    const key = `${change.target.scope} ${change.target.id} ${change.kind === 'set' ? 'set' : 'lock'} ${changeName(change)}`;
    if (!first.has(key)) first.set(key, change);
  }
  const left = [...first.values()].flatMap((change) => {
    const because = reasonNotToUndo(change);
    return because === undefined ? [] : [{ change, because }];
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
  if (item?.action === 'add') return 'it was added; delete it in Zoom, or with an exclusive list';
  if (isSecret(change.after)) return 'it is a secret, and the old value was never written down';
  if (change.before === undefined) return 'Zoom did not list it before, so there is no value to go back to';
  const takes = item !== undefined || fits(change.before, settingOfChange(change).shape);
  return takes ? undefined : 'Zoom would not take the old value back';
}

function factBefore(change: SetChange | LockChange, file: string): DesiredFact {
  const reason = `as it was before: ${change.provenance.file}:${change.provenance.line}`;
  const provenance = { file, line: 1, column: 1, reason };
  if (change.kind === 'set' && change.item !== undefined) {
    return { kind: 'set', path: change.path, value: [itemBefore(change, change.item.name)], provenance };
  }
  if (change.kind === 'set') return { kind: 'set', path: change.path, value: change.before ?? null, provenance };
  return { kind: 'lock', path: change.path, value: change.before === true, provenance };
}

function itemBefore({ before }: SetChange, name: string): Json {
  return isJsonObject(before) ? before : { name, visible: before === true };
}

/** Items of one list are wanted together: a target has one fact for a path. */
function withFact(facts: readonly DesiredFact[], fact: DesiredFact): DesiredFact[] {
  const same = facts.find(({ kind, path }) => kind === fact.kind && path === fact.path);
  if (same === undefined || !Array.isArray(same.value) || !Array.isArray(fact.value)) return [...facts, fact];
  const value = [...same.value, ...fact.value];
  return facts.map((other) => (other === same ? { ...same, value } : other));
}

function entryFor(target: Target, facts: readonly DesiredFact[]): DesiredEntry {
  const [fact] = facts;
  const provenance = fact?.provenance ?? { file: '', line: 1, column: 1 };
  return { scope: target.scope, name: nameOf(target), glob: false, facts, provenance };
}

function nameOf(target: Target): string {
  return target.scope === 'account' ? '' : target.scope === 'group' ? target.name : target.email;
}
