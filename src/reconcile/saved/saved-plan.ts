/** A plan from a file: nothing of it is believed before its version, its fingerprint and its requests are checked. */
import * as z from 'zod';
import type { DocumentName } from '../../catalog/setting.ts';
import { EXIT, LockstepError } from '../../errors.ts';
import { isAfterUnlock } from '../../model/after-unlock.ts';
import type { Change, Plan, Step } from '../../model/plan.ts';
import {
  changeSchema,
  documentSchema,
  jsonSchema,
  objectSchema,
  provenanceSchema,
  targetRefSchema,
  targetSchema,
} from '../../model/plan-schema.ts';
import { isSecret, liveSecret } from '../../model/secret.ts';
import { documentKey } from '../../model/setting.ts';
import { targetLabel } from '../../model/target.ts';
import { isJsonObject, type Json, stableText, valueAt } from '../../util/json.ts';
import { parseUntrusted } from '../../util/untrusted-json.ts';
import { fingerprintOf } from '../plan/assemble.ts';
import { settingOfChange } from '../plan/change.ts';
import { itemBody } from '../plan/items/request.ts';
import { orderSteps, PHASES, phaseOf } from '../plan/order.ts';
import { operationsOf } from '../plan/patch.ts';
import { judgeItem, judgeSet } from '../plan/risk.ts';
import { turnOf } from '../plan/steps.ts';

const operation = z.union([
  z.strictObject({ op: z.enum(['test', 'add', 'replace']), path: z.string(), value: jsonSchema }),
  z.strictObject({ op: z.literal('remove'), path: z.string() }),
]);
const step = z.strictObject({
  id: z.string(),
  phase: z.enum(PHASES as [string, ...string[]]),
  target: targetSchema,
  changes: z.array(changeSchema).min(1),
  request: z.strictObject({
    method: z.literal('PATCH'),
    document: documentSchema,
    body: objectSchema,
  }),
  patch: z.array(operation),
  inverse: z.array(operation),
});
export const blockedSchema = z.strictObject({
  target: targetRefSchema,
  kind: z.enum(['set', 'lock', 'unlock']),
  path: z.string(),
  reason: z.string(),
  detail: z.string(),
  before: jsonSchema.optional(),
  after: jsonSchema,
  provenance: provenanceSchema,
});
export const planSchema = z.strictObject({
  formatVersion: z.literal(1),
  account: z.string(),
  waves: z.array(z.array(step).min(1)),
  blocked: z.array(blockedSchema),
  warnings: z.array(z.strictObject({ message: z.string(), provenance: provenanceSchema.optional() })),
  compared: z.strictObject({ targets: z.number(), unchanged: z.number() }),
  fingerprint: z.string(),
});

const ORIGIN = 'plans are written by: lockstep plan --out FILE';

/** @throws LockstepError exit 3 for another version or a changed file, exit 1 for what is no plan at all */
export function parsePlan(text: string, name: string): Plan {
  const read = parseUntrusted(text);
  if (!read.ok) throw new LockstepError(`${name} is ${read.why}, so it is no plan`, { hint: ORIGIN });
  const written = read.value;
  if (isJsonObject(written) && written['formatVersion'] !== undefined && written['formatVersion'] !== 1) {
    const version = JSON.stringify(written['formatVersion']);
    throw refusal(
      `${name} has plan format ${version}; this lockstep writes and applies format 1`,
      'make the plan again',
    );
  }
  const parsed = planSchema.safeParse(written);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new LockstepError(
      `${name} is not a plan of lockstep: ${issue?.path.join('.') || 'it'} ${issue?.message ?? ''}`,
      { hint: ORIGIN },
    );
  }
  // As it stands in the file: what the schema hands back has its keys in another order.
  const found = written as unknown as Plan;
  if (fingerprintOf(found) !== found.fingerprint) {
    throw refusal(
      `${name} was changed after it was made: its fingerprint does not match its contents`,
      'make the plan again',
    );
  }
  assertHonest(found, name);
  return found;
}

function refusal(message: string, hint: string): LockstepError {
  return new LockstepError(`refused: ${message}`, { exitCode: EXIT.refused, hint });
}

/**
 * A plan shows changes and sends requests. Whoever can write the file could make the two differ and seal it again, and a
 * person would approve one thing while another happens: so everything that is sent must follow from what is shown.
 */
function assertHonest(plan: Plan, name: string): void {
  const steps = plan.waves.flat();
  const faults = [...steps.flatMap(stepFaults), ...orderFaults(plan)];
  const ids = new Set(steps.map(({ id }) => id));
  if (ids.size < steps.length) faults.push('two steps are the same');
  if (faults.length === 0) return;
  throw refusal(`${name} would send what it does not show: ${faults.slice(0, 5).join('; ')}`, 'make the plan again');
}

function stepFaults(entry: Step): string[] {
  const { id, phase, target: whom, changes, request } = entry;
  const said = (text: string) => `"${id}" ${text}`;
  const faults = changes.flatMap((change) => {
    const setting = settingOfChange(change);
    if (stableText(change.target) !== stableText(whom)) return [said('is sent to another target')];
    if (phaseOf(change) !== phase) return [said('has another phase')];
    if (documentKey(setting.document.ref) !== documentKey(request.document)) return [said('goes to another document')];
    if (!isJudgedRightly(change)) return [said('is of another direction or cost than it shows')];
    if (change.kind !== 'set' && change.after !== (change.kind === 'lock'))
      return [said('locks where it shows unlocking')];
    if (change.kind === 'set' && (change.item !== undefined) !== (setting.items !== undefined))
      return [said('is no list of items')];
    return [];
  });
  if (faults.length > 0) return faults;
  const operations = operationsOf(changes);
  if (stableText([operations.patch, operations.inverse]) !== stableText([entry.patch, entry.inverse]))
    faults.push(said('has other operations'));
  return [...faults, ...bodyFaults(entry).map(said)];
}

/** What a change means for security follows from its values; of a lock also from values that a plan does not hold. */
function isJudgedRightly(change: Change): boolean {
  const { direction, severity, lossy } = change;
  if (change.kind !== 'set') {
    const fits =
      change.kind === 'lock' ? direction !== 'weakens' : direction === 'weakens' || change.heldBy !== undefined;
    return fits && lossy === undefined;
  }
  const right = change.item === undefined ? judgeSet(change) : judgeItem(change);
  return stableText(right) === stableText({ direction, severity, lossy });
}

/** Every leaf of a body is a change with its value, or a sibling in an object that goes whole. */
function bodyFaults({ changes, request }: Step): string[] {
  const [first] = changes;
  const items = first === undefined ? undefined : settingOfChange(first).items;
  if (first?.kind === 'set' && first.item !== undefined && items !== undefined) {
    const body = itemBody(first, settingOfChange(first), items);
    return stableText(body) === stableText(request.body) ? [] : ['sends another item'];
  }
  const settings = changes.map(settingOfChange);
  const objects = new Set(settings.map(({ keys }) => keys.slice(0, 2).join('.')));
  const faults = changes.flatMap((change, index) => {
    const sent = valueAt(request.body, settings[index]?.keys ?? []);
    return sent !== undefined && stableText(sent) === stableText(change.after)
      ? []
      : [`sends another value of ${change.path}`];
  });
  const changed = new Set(settings.map(({ keys }) => keys.join('.')));
  for (const [leaf, value] of leavesOf(request.body, changed)) {
    if (changed.has(leaf)) continue;
    const sibling =
      first === undefined
        ? undefined
        : settingOfChange(first).document.settings.find(({ keys }) => keys.join('.') === leaf);
    const travels = leaf.split('.').length > 2 && objects.has(leaf.split('.').slice(0, 2).join('.'));
    const own =
      sibling !== undefined && first !== undefined && liveSecret(targetLabel(first.target), sibling.path).$secret;
    if (
      sibling === undefined ||
      !travels ||
      !sibling.writable ||
      sibling.verb ||
      (isSecret(value) && value.$secret !== own)
    ) {
      faults.push(`sends ${leaf}`);
    }
  }
  return faults;
}

/** Leaves by path; what a change sets as a whole is a leaf whatever is in it, and so is what stands for a value. */
function leavesOf(value: Json, whole: ReadonlySet<string>, prefix = ''): [path: string, value: Json][] {
  if (
    !isJsonObject(value) ||
    isSecret(value) ||
    isAfterUnlock(value) ||
    whole.has(prefix) ||
    (prefix !== '' && Object.keys(value).length === 0)
  ) {
    return [[prefix, value]];
  }
  return Object.entries(value).flatMap(([key, child]) =>
    leavesOf(child, whole, prefix === '' ? key : `${prefix}.${key}`),
  );
}

/** The waves as the steps themselves would be ordered: a lock cannot have been moved before its value. */
function orderFaults({ waves }: Plan): string[] {
  const unordered = waves
    .flat()
    .map((entry) => ({ step: entry, document: documentOfStep(entry), turn: turnOf(entry.changes) }));
  const ordered = orderSteps(unordered).map((wave) => wave.map(({ id }) => id));
  return stableText(ordered) === stableText(waves.map((wave) => wave.map(({ id }) => id)))
    ? []
    : ['its order is another'];
}

function documentOfStep({ changes: [first] }: Step): DocumentName {
  if (first === undefined) throw new Error('a step has changes');
  return settingOfChange(first).document.name;
}
