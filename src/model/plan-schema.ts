/** What plans and journals are made of, as files hold it: checked before anything of it is believed. */
import * as z from 'zod';
import type { Json, JsonObject } from '../util/json.ts';
import { ACCOUNT_ID } from './account.ts';

export const jsonSchema: z.ZodType<Json> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(jsonSchema), z.record(z.string(), jsonSchema)]),
);
export const objectSchema: z.ZodType<JsonObject> = z.record(z.string(), jsonSchema);

export const provenanceSchema = z.strictObject({
  file: z.string(),
  line: z.number(),
  column: z.number(),
  reason: z.string().exactOptional(),
});

export const accountSchema = z.strictObject({
  id: z.string().regex(ACCOUNT_ID),
  name: z.string().exactOptional(),
  host: z
    .string()
    .regex(/^[^\s/]+$/)
    .describe('host and port of the API'),
  via: z.strictObject({
    path: z.enum(['own', 'master']).describe('the account of the credentials, or a sub-account of it'),
    master: z.string().exactOptional().describe('the id of the master account, where it is known'),
    namedBy: z
      .enum(['Zoom', 'ZOOM_ACCOUNT_ID', '--account', 'policy'])
      .describe('Zoom: its token or its answer says so; otherwise nobody but this has named it'),
  }),
});

export const waiverSchema = z.strictObject({
  owner: z.string(),
  reason: z.string(),
  expires: z.string().describe('the last day on which it holds'),
  provenance: provenanceSchema,
});

const account = z.strictObject({ scope: z.literal('account'), id: z.string() });
const group = z.strictObject({ scope: z.literal('group'), name: z.string(), id: z.string() });
const user = z.strictObject({ scope: z.literal('user'), email: z.string(), id: z.string() });

export const targetSchema = z.union([account, group, user]);

export const documentSchema = z.strictObject({
  endpoint: z.enum(['settings', 'lock_settings', 'settings/registration']),
  query: z.record(z.string(), z.string()),
});

/** A target as a policy names it, which may not have been found. */
export const targetRefSchema = z.union([
  targetSchema,
  z.strictObject({ scope: z.literal('account') }),
  z.strictObject({ scope: z.literal('group'), name: z.string() }),
  z.strictObject({ scope: z.literal('user'), email: z.string() }),
]);

/** Dotted names; the part before the first dot chooses the document. */
const pathSchema = z.string().regex(/^[^.]+(?:\.[^.]+)+$/, 'must be a setting path');

const common = {
  target: targetSchema,
  path: pathSchema,
  before: jsonSchema.exactOptional(),
  heldBy: z.string().exactOptional(),
  direction: z.enum(['tightens', 'weakens', 'review', 'neutral']),
  severity: z.enum(['low', 'medium', 'high', 'critical']).exactOptional(),
  lossy: z.string().exactOptional(),
  protectedBy: z.string().exactOptional(),
  provenance: provenanceSchema,
};

export const changeSchema = z.union([
  z.strictObject({
    kind: z.literal('set'),
    ...common,
    after: jsonSchema,
    unconfirmed: z.literal(true).exactOptional(),
    item: z
      .strictObject({
        action: z.enum(['add', 'update', 'delete', 'show', 'hide']),
        name: z.string(),
        id: z.string().exactOptional(),
        index: z.number().exactOptional(),
        displaces: z.string().exactOptional(),
      })
      .exactOptional(),
  }),
  z.strictObject({
    kind: z.enum(['lock', 'unlock']),
    ...common,
    // Zoom has no locks for single users.
    target: z.union([account, group]),
    after: z.boolean(),
    freezes: z.array(z.string()),
    over: z.array(z.strictObject({ path: pathSchema, value: jsonSchema })),
  }),
]);
