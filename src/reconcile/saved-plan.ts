/** A plan from a file: nothing of it is believed before its version, its fingerprint and its fields are checked. */
import { z } from 'zod';
import { factAt } from '../catalog/catalog.ts';
import { EXIT, LockstepError } from '../errors.ts';
import { isJsonObject, type Json, type JsonObject, stableText } from '../model/json.ts';
import type { Plan, Step } from '../model/plan.ts';
import { isSecret } from '../model/secret.ts';
import { documentKey } from '../model/setting.ts';
import { parseUntrusted } from '../model/untrusted-json.ts';
import { PHASES } from './order.ts';
import { bodyOf } from './patch.ts';
import { fingerprintOf } from './plan.ts';

const json: z.ZodType<Json> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(json), z.record(z.string(), json)]),
);
const body: z.ZodType<JsonObject> = z.record(z.string(), json);
const provenance = z.strictObject({
  file: z.string(),
  line: z.number(),
  column: z.number(),
  reason: z.string().optional(),
});
const target = z.union([
  z.strictObject({ scope: z.literal('account'), id: z.string() }),
  z.strictObject({ scope: z.literal('group'), name: z.string(), id: z.string() }),
  z.strictObject({ scope: z.literal('user'), email: z.string(), id: z.string() }),
]);
const common = { target, path: z.string(), before: json.optional(), heldBy: z.string().optional(), provenance };
const change = z.union([
  z.strictObject({
    kind: z.literal('set'),
    ...common,
    after: json,
    item: z
      .strictObject({
        action: z.enum(['add', 'update', 'delete', 'show', 'hide']),
        name: z.string(),
        id: z.string().optional(),
        index: z.number().optional(),
      })
      .optional(),
  }),
  z.strictObject({ kind: z.enum(['lock', 'unlock']), ...common, after: z.boolean(), freezes: z.array(z.string()) }),
]);
const operation = z.union([
  z.strictObject({ op: z.enum(['test', 'add', 'replace']), path: z.string(), value: json }),
  z.strictObject({ op: z.literal('remove'), path: z.string() }),
]);
const step = z.strictObject({
  id: z.string(),
  phase: z.enum(PHASES as [string, ...string[]]),
  target,
  changes: z.array(change).min(1),
  request: z.strictObject({
    method: z.literal('PATCH'),
    document: z.strictObject({
      endpoint: z.enum(['settings', 'lock_settings', 'settings/registration']),
      query: z.record(z.string(), z.string()),
    }),
    body,
  }),
  patch: z.array(operation),
  inverse: z.array(operation),
});
const blocked = z.strictObject({
  target: z.looseObject({ scope: z.string() }),
  kind: z.enum(['set', 'lock', 'unlock']),
  path: z.string(),
  reason: z.string(),
  detail: z.string(),
  before: json.optional(),
  after: json,
  provenance,
});
const plan = z.strictObject({
  formatVersion: z.literal(1),
  account: z.string(),
  waves: z.array(z.array(step).min(1)),
  blocked: z.array(blocked),
  warnings: z.array(z.strictObject({ message: z.string(), provenance: provenance.optional() })),
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
  const parsed = plan.safeParse(written);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new LockstepError(
      `${name} is not a plan of lockstep: ${issue?.path.join('.') || 'it'} ${issue?.message ?? ''}`,
      { hint: ORIGIN },
    );
  }
  const found = parsed.data as Plan;
  if (fingerprintOf(found) !== found.fingerprint) {
    throw refusal(
      `${name} was changed after it was made: its fingerprint does not match its contents`,
      'make the plan again',
    );
  }
  for (const entry of found.waves.flat()) assertSendsItsChanges(entry, name);
  return found;
}

function refusal(message: string, hint: string): LockstepError {
  return new LockstepError(`refused: ${message}`, { exitCode: EXIT.refused, hint });
}

/**
 * A plan shows changes and sends bodies. The two must say the same, or a person would approve one thing and another
 * would happen: every leaf of a body is a change, or a sibling in an object that goes whole.
 */
function assertSendsItsChanges({ id, changes, request }: Step, name: string): void {
  if (changes.some((entry) => entry.kind === 'set' && entry.item !== undefined)) {
    if (stableText(bodyOf(changes, {}, [])) === stableText(request.body)) return;
    throw refusal(`${name} would send in "${id}" what it does not show`, 'make the plan again');
  }
  const settings = changes.map(({ target: { scope }, kind, path }) => factAt(scope, kind, path));
  const objects = new Set(
    settings.flatMap((setting) => (setting === undefined ? [] : [setting.keys.slice(0, 2).join('.')])),
  );
  const known = settings.every(
    (setting) => setting === undefined || documentKey(setting.document.ref) === documentKey(request.document),
  );
  const paths = new Set(changes.map(({ path }, index) => settings[index]?.keys.join('.') ?? path));
  const strays = leavesOf(request.body).filter(
    (leaf) =>
      !covers(paths, leaf) && !(leaf.split('.').length > 2 && objects.has(leaf.split('.').slice(0, 2).join('.'))),
  );
  if (known && strays.length === 0) return;
  throw refusal(
    `${name} would send in "${id}" what it does not show: ${strays.join(', ') || 'another document'}`,
    'make the plan again',
  );
}

function covers(paths: ReadonlySet<string>, leaf: string): boolean {
  return paths.has(leaf) || [...paths].some((path) => leaf.startsWith(`${path}.`));
}

function leavesOf(value: Json, prefix = ''): string[] {
  if (!isJsonObject(value) || isSecret(value) || (prefix !== '' && Object.keys(value).length === 0)) return [prefix];
  return Object.entries(value).flatMap(([key, child]) => leavesOf(child, prefix === '' ? key : `${prefix}.${key}`));
}
