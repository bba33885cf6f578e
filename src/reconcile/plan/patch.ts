/** From changes to what goes over the wire, and to the same as RFC 6902 for review, checks and undo. */
import jsonPatch from 'fast-json-patch';
import type { Setting } from '../../catalog/setting.ts';
import { afterUnlock } from '../../model/after-unlock.ts';
import type { Change, LockChange, Operation, Step } from '../../model/plan.ts';
import { holdsMarker } from '../../model/secret.ts';
import { interning } from '../../util/intern.ts';
import { type Json, type JsonObject, valueAt, withoutValueAt, withValueAt } from '../../util/json.ts';
import { VALUES } from '../../util/memoize.ts';
import { settingOfChange } from './change.ts';
import { itemBody, itemOperations } from './items/request.ts';
import type { TargetPairs } from './pair.ts';
import { type HiddenBy, wholeObject, withSiblings } from './siblings.ts';

type Keys = Setting['keys'];

/**
 * The smallest body that makes the changes: changed leaves only. Arrays go whole because Zoom replaces them, and so do
 * objects below a section (see `siblings.ts`).
 */
export function bodyOf(changes: readonly Change[], pairs: TargetPairs, hiddenBy: HiddenBy): JsonObject {
  const [first] = changes;
  const setting = first === undefined ? undefined : settingOfChange(first);
  if (first?.kind === 'set' && setting?.items !== undefined) return itemBody(first, setting, setting.items);
  let body: JsonObject = {};
  const carried = new Set<string>();
  for (const change of changes) {
    const setting = settingOfChange(change);
    const whole = wholeObject(setting.keys);
    if (whole === undefined || carried.has(whole.join('.'))) continue;
    carried.add(whole.join('.'));
    body = withSiblings(body, setting, pairs, hiddenBy);
  }
  for (const change of changes) body = withValueAt(body, settingOfChange(change).keys, change.after);
  return body;
}

/** The changes as RFC 6902, each with a `test` for the value that the plan was based on; and the way back. */
export function operationsOf(changes: readonly Change[]): Operations {
  const [first] = changes;
  if (first === undefined) return { patch: [], inverse: [] };
  if (first.kind === 'set' && first.item !== undefined) return itemOperations(first, settingOfChange(first));
  const written = changes.map(({ kind, path, before, after, heldBy }) => ({ kind, path, before, after, heldBy }));
  return shared(`${first.target.scope} ${JSON.stringify(written)}`, () => plainOperations(changes));
}

/** One copy for the thousands of groups that one pattern changes alike: they would be most of a plan's memory. */
const shared = interning<Operations>(VALUES);

interface Operations {
  readonly patch: Operation[];
  readonly inverse: Operation[];
}

function plainOperations(changes: readonly Change[]): Operations {
  const hidden = changes.filter((change) => holdsMarker(change));
  const held = changes.filter((change) => change.heldBy !== undefined && !holdsMarker(change));
  let before: JsonObject = {};
  let after: JsonObject = {};
  for (const change of changes) {
    if (holdsMarker(change) || change.heldBy !== undefined) continue;
    const { keys } = settingOfChange(change);
    before = change.before === undefined ? withParents(before, keys) : withValueAt(before, keys, change.before);
    after = withValueAt(after, keys, change.after);
  }
  return {
    patch: [
      ...compared(before, after),
      ...held.flatMap(keepOperations),
      ...hidden.map((change) => secretOperation(change, change.before, change.after)),
    ],
    inverse: [
      ...compared(after, before),
      ...held.flatMap(keepOperations),
      ...hidden.map((change) => secretOperation(change, change.after, change.before)),
    ],
  };
}

function compared(from: JsonObject, to: JsonObject): Operation[] {
  return jsonPatch.compare(from, to, true) as Operation[];
}

/** A value that is sent as it reads: a comparison would see nothing to do. */
function keepOperations(change: Change): Operation[] {
  const path = pointerTo(change);
  return [
    { op: 'test', path, value: change.after },
    { op: 'replace', path, value: change.after },
  ];
}

function pointerTo(change: Change): string {
  return `/${settingOfChange(change).keys.map(jsonPatch.escapePathComponent).join('/')}`;
}

/** No `test`: the placeholder of a secret is not the value that Zoom holds. */
function secretOperation(change: Change, from: Json | undefined, to: Json | undefined): Operation {
  const path = pointerTo(change);
  return to === undefined ? { op: 'remove', path } : { op: from === undefined ? 'add' : 'replace', path, value: to };
}

/** An absent leaf must read as "add the leaf", never as "add the section", which would drop what else is in it. */
function withParents(document: JsonObject, keys: Keys): JsonObject {
  const [, ...path] = [...keys].reverse();
  const [first, ...rest] = path.reverse();
  if (first === undefined || valueAt(document, [first, ...rest]) !== undefined) return document;
  return withValueAt(document, [first, ...rest], {});
}

/**
 * The step with only some of its changes: the others are left as they are in Zoom. A step keeps all that is needed for
 * this in itself, because a saved plan has nothing else.
 */
export function narrowStep(step: Step, keep: readonly Change[]): Step {
  const kept = new Set(keep);
  const stays = new Set(keep.map((change) => wholeObject(settingOfChange(change).keys)?.join('.')));
  let body = step.request.body;
  for (const change of step.changes) {
    if (kept.has(change)) continue;
    const { keys } = settingOfChange(change);
    const whole = wholeObject(keys);
    if (whole !== undefined && !stays.has(whole.join('.'))) body = withoutValueAt(body, [...whole]);
    else if (whole !== undefined && change.before !== undefined) body = withValueAt(body, keys, asItIs(change));
    else body = withoutValueAt(body, keys);
  }
  return { ...step, changes: keep, request: { ...step.request, body }, ...operationsOf(keep) };
}

/** The step that removes locks which a step has set. */
export function unlockStep(step: Step, locks: readonly LockChange[]): Step {
  const changes = locks.map((lock): LockChange => ({ ...lock, kind: 'unlock', before: true, after: false, over: [] }));
  const body = locks.reduce<JsonObject>((whole, lock) => withValueAt(whole, settingOfChange(lock).keys, false), {});
  return { ...step, id: `${step.id}, removed`, changes, request: { ...step.request, body }, ...operationsOf(changes) };
}

/** The value to keep for a change that is left out. While a lock above is being removed, the value read is the inherited one. */
function asItIs({ before = null, heldBy }: Change): Json {
  return heldBy === undefined ? before : afterUnlock(heldBy);
}
