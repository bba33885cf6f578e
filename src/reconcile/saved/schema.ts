/** What a saved plan is made of, as its file holds it. Strict: a key that is not listed is a fault. */
import * as z from 'zod';
import { BLOCK_REASONS } from '../../model/plan.ts';
import {
  accountSchema,
  changeSchema,
  jsonSchema,
  objectSchema,
  provenanceSchema,
  targetRefSchema,
  targetSchema,
  waiverSchema,
} from '../../model/plan-schema.ts';
import { PHASES } from '../plan/order.ts';

const operation = z.union([
  z.strictObject({ op: z.enum(['test', 'add', 'replace']), path: z.string(), value: jsonSchema }),
  z.strictObject({ op: z.literal('remove'), path: z.string() }),
]);

const stepSchema = z.strictObject({
  id: z.string(),
  phase: z.enum(PHASES as [string, ...string[]]),
  target: targetSchema,
  changes: z.array(changeSchema).min(1),
  request: z.strictObject({
    method: z.literal('PATCH'),
    document: z.strictObject({
      endpoint: z.enum(['settings', 'lock_settings', 'settings/registration']),
      query: z.record(z.string(), z.string()),
    }),
    body: objectSchema,
  }),
  patch: z.array(operation),
  inverse: z.array(operation),
});

export const blockedSchema = z.strictObject({
  target: targetRefSchema,
  kind: z.enum(['set', 'lock', 'unlock']),
  path: z.string(),
  reason: z.enum(BLOCK_REASONS),
  detail: z.string(),
  before: jsonSchema.optional(),
  after: jsonSchema,
  waiver: waiverSchema.exactOptional(),
  provenance: provenanceSchema,
});

export const warningSchema = z.strictObject({ message: z.string(), provenance: provenanceSchema.optional() });
const comparedSchema = z.strictObject({
  targets: z.number(),
  unchanged: z.number(),
  optional: z.number().exactOptional(),
});

/** A plan as one value: what a program holds, and what a JSON report shows. */
export const planSchema = z.strictObject({
  formatVersion: z.literal(2),
  account: accountSchema,
  waves: z.array(z.array(stepSchema).min(1)),
  blocked: z.array(blockedSchema),
  warnings: z.array(warningSchema),
  undoes: z.literal(true).exactOptional(),
  compared: comparedSchema,
  fingerprint: z.string(),
});

/** The format of the file, which is not that of the plan in it. Format 2 named no account. */
export const FORMAT = 3;

/** More lines than the largest account has settings to change, and few enough to be held. */
const MOST = 5_000_000;
const count = z.int().min(0).max(MOST);

/** The first line. */
export const headSchema = z.strictObject({
  formatVersion: z.literal(FORMAT).describe('of the file'),
  account: accountSchema,
  compared: comparedSchema,
  counts: z
    .strictObject({ blocked: count, waves: count, steps: count, warnings: count })
    .describe('how many lines of each kind follow, in this order, and in how many waves'),
  fingerprint: z.string().describe('SHA-256 of everything but the warnings, in hex, @ host and id of the account'),
});

/** The lines after the first: what is blocked, then the steps in the order of their waves, then the warnings. */
export const lineSchemas = {
  blocked: z.strictObject({ blocked: blockedSchema }),
  step: z.strictObject({
    wave: count.min(1).describe('steps of one wave may run together; the next wave waits for all of them'),
    step: stepSchema,
  }),
  warning: z.strictObject({ warning: warningSchema }),
};
