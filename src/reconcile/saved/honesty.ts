/**
 * A plan shows changes and sends requests. Whoever can write its file could make the two differ and seal it again, and a
 * person would approve one thing while another happens: so everything that is sent must follow from what is shown.
 */
import type { DocumentName, ItemList, Setting } from '../../catalog/setting.ts';
import { isAfterUnlock } from '../../model/after-unlock.ts';
import type { Change, SetChange, Step, Wave } from '../../model/plan.ts';
import { isSecret, liveSecret } from '../../model/secret.ts';
import { documentKey } from '../../model/setting.ts';
import { targetKey, targetLabel } from '../../model/target.ts';
import { isJsonObject, type Json, stableText, valueAt } from '../../util/json.ts';
import { settingOfChange } from '../plan/change.ts';
import { itemBody } from '../plan/items/request.ts';
import { orderSteps, phaseOf } from '../plan/order.ts';
import { operationsOf } from '../plan/patch.ts';
import { judgeItem, judgeSet } from '../plan/risk.ts';
import { turnOf } from '../plan/steps.ts';

/** What one step would send otherwise than it shows. */
export function stepFaults(step: Step): string[] {
  const faults = step.changes.flatMap((change) => changeFault(change, step) ?? []);
  const all = faults.length > 0 ? faults : [...operationFaults(step), ...bodyFaults(step)];
  return all.map((fault) => `"${step.id}" ${fault}`);
}

function changeFault(change: Change, { target, phase, request }: Step): string | undefined {
  const setting = settingOfChange(change);
  if (stableText(change.target) !== stableText(target)) return 'is sent to another target';
  if (phaseOf(change) !== phase) return 'has another phase';
  if (documentKey(setting.document.ref) !== documentKey(request.document)) return 'goes to another document';
  if (!isJudgedRightly(change)) return 'is of another direction or cost than it shows';
  if (change.kind !== 'set')
    return change.after === (change.kind === 'lock') ? undefined : 'locks where it shows unlocking';
  return (change.item !== undefined) === (setting.items !== undefined) ? undefined : 'is no list of items';
}

/** What a change means for security follows from its values; of a lock also from values that a plan does not hold. */
function isJudgedRightly(change: Change): boolean {
  const { direction, severity, lossy } = change;
  if (change.kind !== 'set') {
    const mayBe =
      change.kind === 'lock' ? direction !== 'weakens' : direction === 'weakens' || change.heldBy !== undefined;
    return mayBe && lossy === undefined;
  }
  const right = change.item === undefined ? judgeSet(change) : judgeItem(change);
  return stableText(right) === stableText({ direction, severity, lossy });
}

function operationFaults({ changes, patch, inverse }: Step): string[] {
  const operations = operationsOf(changes);
  const isSame = stableText([operations.patch, operations.inverse]) === stableText([patch, inverse]);
  return isSame ? [] : ['has other operations'];
}

function bodyFaults(step: Step): string[] {
  const [first] = step.changes;
  if (first === undefined) return ['shows nothing'];
  const { items } = settingOfChange(first);
  if (first.kind === 'set' && first.item !== undefined && items !== undefined) return itemFaults(step, first, items);
  return [...valueFaults(step), ...strayFaults(step, settingOfChange(first))];
}

function itemFaults({ request }: Step, change: SetChange, items: ItemList): string[] {
  const body = itemBody(change, settingOfChange(change), items);
  return stableText(body) === stableText(request.body) ? [] : ['sends another item'];
}

/** Every change is in the body, with its value. */
function valueFaults({ changes, request }: Step): string[] {
  return changes.flatMap((change) => {
    const sent = valueAt(request.body, settingOfChange(change).keys);
    const isSent = sent !== undefined && stableText(sent) === stableText(change.after);
    return isSent ? [] : [`sends another value of ${change.path}`];
  });
}

/** Whatever else is in the body travels with a change, in an object that goes whole. */
function strayFaults({ changes, request, target }: Step, { document }: Setting): string[] {
  const keys = changes.map((change) => settingOfChange(change).keys);
  const changed = new Set(keys.map((names) => names.join('.')));
  const objects = new Set(keys.map((names) => names.slice(0, 2).join('.')));
  const travels = ([leaf, value]: Leaf): boolean => {
    const sibling = document.settings.find((setting) => setting.keys.join('.') === leaf);
    if (sibling === undefined || !sibling.writable || sibling.verb) return false;
    if (isSecret(value) && value.$secret !== liveSecret(targetLabel(target), sibling.path).$secret) return false;
    const [section, name, ...below] = leaf.split('.');
    return below.length > 0 && objects.has(`${section}.${name}`);
  };
  const stray = leavesOf(request.body, changed).filter((leaf) => !changed.has(leaf[0]) && !travels(leaf));
  return stray.map(([leaf]) => `sends ${leaf}`);
}

type Leaf = readonly [path: string, value: Json];

/** Leaves by path; what a change sets as a whole is a leaf whatever is in it, and so is what stands for a value. */
function leavesOf(value: Json, whole: ReadonlySet<string>, prefix = ''): Leaf[] {
  if (!isJsonObject(value) || isSecret(value) || isAfterUnlock(value) || whole.has(prefix)) return [[prefix, value]];
  const entries = Object.entries(value);
  if (prefix !== '' && entries.length === 0) return [[prefix, value]];
  return entries.flatMap(([key, child]) => leavesOf(child, whole, prefix === '' ? key : `${prefix}.${key}`));
}

/** The waves as the steps themselves would be ordered: a lock cannot have been moved before its value. */
export function orderFaults(waves: readonly Wave[]): string[] {
  const steps = waves.flat();
  const unordered = steps.map((step) => ({ step, document: documentOfStep(step), turn: turnOf(step.changes) }));
  const ordered = orderSteps(unordered);
  const isSame =
    ordered.length === waves.length &&
    ordered.every((wave, index) => wave.length === waves[index]?.length) &&
    ordered.flat().every((step, index) => step.id === steps[index]?.id);
  const isUnique = new Set(steps.map(({ target, id }) => `${targetKey(target)} ${id}`)).size === steps.length;
  return [...(isSame ? [] : ['its order is another']), ...(isUnique ? [] : ['two steps are the same'])];
}

function documentOfStep({ changes: [first] }: Step): DocumentName {
  if (first === undefined) throw new Error('a step has changes');
  return settingOfChange(first).document.name;
}
