/** What plans and journals are made of, as files hold it: checked before anything of it is believed. */
import * as z from 'zod';
import type { Json, JsonObject } from '../util/json.ts';

export const jsonSchema: z.ZodType<Json> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(jsonSchema), z.record(z.string(), jsonSchema)]),
);
export const objectSchema: z.ZodType<JsonObject> = z.record(z.string(), jsonSchema);

export const provenanceSchema = z.strictObject({
  file: z.string(),
  line: z.number(),
  column: z.number(),
  reason: z.string().optional(),
});

const account = z.strictObject({ scope: z.literal('account'), id: z.string() });
const group = z.strictObject({ scope: z.literal('group'), name: z.string(), id: z.string() });
const user = z.strictObject({ scope: z.literal('user'), email: z.string(), id: z.string() });

export const targetSchema = z.union([account, group, user]);

/** A target as a policy names it, which may not have been found. */
export const targetRefSchema = z.union([
  targetSchema,
  z.strictObject({ scope: z.literal('account') }),
  z.strictObject({ scope: z.literal('group'), name: z.string() }),
  z.strictObject({ scope: z.literal('user'), email: z.string() }),
]);

/** Dotted names; what stands before the first dot chooses the document. */
const pathSchema = z.string().regex(/^[^.]+(?:\.[^.]+)+$/, 'must be a setting path');

const common = {
  target: targetSchema,
  path: pathSchema,
  before: jsonSchema.optional(),
  heldBy: z.string().optional(),
  direction: z.enum(['tightens', 'weakens', 'review', 'neutral']),
  severity: z.enum(['low', 'medium', 'high', 'critical']).optional(),
  lossy: z.string().optional(),
  protectedBy: z.string().optional(),
  provenance: provenanceSchema,
};

export const changeSchema = z.union([
  z.strictObject({
    kind: z.literal('set'),
    ...common,
    after: jsonSchema,
    unconfirmed: z.literal(true).optional(),
    item: z
      .strictObject({
        action: z.enum(['add', 'update', 'delete', 'show', 'hide']),
        name: z.string(),
        id: z.string().optional(),
        index: z.number().optional(),
        displaces: z.string().optional(),
      })
      .optional(),
  }),
  z.strictObject({
    kind: z.enum(['lock', 'unlock']),
    ...common,
    // Zoom has no locks for single users.
    target: z.union([account, group]),
    after: z.boolean(),
    freezes: z.array(z.string()),
  }),
]);
