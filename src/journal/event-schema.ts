/** Lines of a journal back into events: checked before anything of them is believed. */
import * as z from 'zod';
import type { Change } from '../model/plan.ts';
import { accountSchema, changeSchema, documentSchema, targetSchema } from '../model/plan-schema.ts';
import type { Refusal } from '../model/result.ts';
import { parseUntrusted } from '../util/untrusted-json.ts';
import type { JournalEvent } from './events.ts';

const time = z.string().regex(/^[\dTZ:.-]+$/);

const change: z.ZodType<Change> = changeSchema;

const refusal: z.ZodType<Refusal> = z.object({
  status: z.number().exactOptional(),
  code: z.number().exactOptional(),
  message: z.string(),
  mayBeTaken: z.literal(true).exactOptional(),
  fields: z.array(z.object({ field: z.string(), message: z.string() })).exactOptional(),
});

const result = z.object({
  step: z.string(),
  kind: z.enum(['set', 'lock', 'unlock']),
  path: z.string(),
  status: z.enum(['applied', 'ineffective', 'failed', 'notAttempted']),
});

const begin = {
  event: z.literal('begin'),
  time,
  lockstep: z.string(),
  fingerprint: z.string(),
  pid: z.number(),
  steps: z.number(),
};

const eventSchema: z.ZodType<JournalEvent> = z.discriminatedUnion('event', [
  z.discriminatedUnion('formatVersion', [
    z.object({ ...begin, formatVersion: z.literal(2), account: accountSchema }),
    z.object({ ...begin, formatVersion: z.literal(1) }),
  ]),
  z.object({
    event: z.literal('sending'),
    time,
    step: z.string(),
    target: targetSchema,
    document: documentSchema,
    changes: z.array(change),
  }),
  z.object({ event: z.literal('sent'), time, step: z.string(), refusal: refusal.exactOptional() }),
  z.object({ event: z.literal('verified'), time, results: z.array(result) }),
  z.object({ event: z.literal('secret'), time, target: z.string(), path: z.string(), digest: z.string() }),
  z.object({ event: z.literal('told'), time }),
  z.object({ event: z.literal('end'), time, exitCode: z.number() }),
]);

/** @returns `undefined` for what is no line of a journal */
export function parseEvent(line: string): JournalEvent | undefined {
  const parsed = parseUntrusted(line);
  return parsed.ok ? eventSchema.safeParse(parsed.value).data : undefined;
}
