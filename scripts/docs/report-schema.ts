/**
 * docs/report.schema.json: what `--format json` prints, for programs that read it. `npm run docs` writes the file. A test
 * compares the file with this script, and every report with the file.
 */
import { z } from 'zod';
import {
  accountSchema,
  changeSchema,
  jsonSchema,
  provenanceSchema,
  targetRefSchema,
  targetSchema,
  waiverSchema,
} from '../../src/model/plan-schema.ts';
import { blockedSchema, planSchema, warningSchema } from '../../src/reconcile/saved/schema.ts';

const count = z.int().min(0);
const severity = z.enum(['low', 'medium', 'high', 'critical']);
const exitCode = z.int().describe('what the process ends with');

const requests = z
  .strictObject({
    made: count.describe('API requests that were sent, retries included'),
    minimum: count.describe('the fewest that would have done: none sent twice, nothing read twice'),
  })
  .optional();

const planReport = planSchema
  .extend({
    kind: z.enum(['plan', 'drift']),
    exitCode,
    summary: z.strictObject({
      set: count,
      lock: count,
      unlock: count,
      blocked: count.describe('what cannot be had, not-offered included'),
      unknown: count.describe('what could not be read'),
      unmatched: count,
      notFound: count,
      pending: count,
      unseen: count.describe('the four before this, and 1 where nothing is managed: above 0 nothing is green'),
      waived: count,
      tightens: count,
      weakens: count,
      review: count,
      neutral: count,
      lossy: count,
      targets: count.describe('targets with a change'),
      unchanged: count.describe('managed facts that are right already'),
    }),
    budget: z.looseObject({
      patch: count,
      get: count,
      ratePlan: z.string(),
      seconds: count.optional(),
    }),
    requests,
  })
  .describe('what plan and drift found');

const refusal = z.strictObject({
  status: z.int().optional().describe('HTTP status; absent when no answer came'),
  code: z.int().optional().describe("Zoom's own code"),
  message: z.string(),
  mayBeTaken: z.literal(true).optional(),
  fields: z.array(z.strictObject({ field: z.string(), message: z.string() })).optional(),
});

const [set, lock] = changeSchema.options;
const change = z.union([set, lock.omit({ freezes: true, over: true })]);
const ended = { change, step: z.string() };
const results = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('applied'), ...ended, unread: z.string().optional() }),
  z.strictObject({
    status: z.literal('ineffective'),
    ...ended,
    found: jsonSchema.optional(),
    reason: z.enum(['locked-above', 'coupled', 'not-offered', 'unreadable', 'unknown']),
    because: z.string(),
  }),
  z.strictObject({ status: z.literal('failed'), ...ended, refusal }),
  z.strictObject({ status: z.literal('notAttempted'), ...ended, because: z.string() }),
]);

const resultReport = z
  .strictObject({
    kind: z.literal('result'),
    formatVersion: z.literal(2),
    exitCode,
    run: z.string().describe("the journal's name, for lockstep rollback"),
    account: accountSchema,
    fingerprint: z.string(),
    summary: z.strictObject({
      applied: count,
      ineffective: count,
      failed: count,
      notAttempted: count,
      remaining: count,
    }),
    requests,
    interrupted: z.boolean(),
    halted: z.string().optional().describe('what ended the run early'),
    results: z.array(results),
    remaining: z.array(changeSchema),
    blocked: z.array(blockedSchema),
    leftUnlocked: z.array(z.strictObject({ target: targetSchema, path: z.string(), provenance: provenanceSchema })),
  })
  .describe('how an apply or a rollback ended');

const control = { id: z.string(), title: z.string(), severity, why: z.string().optional() };
const checkReport = z
  .strictObject({
    kind: z.literal('check'),
    formatVersion: z.literal(2),
    exitCode,
    account: accountSchema,
    summary: z.strictObject({
      pass: count,
      fail: count,
      unknown: count,
      unmatched: count,
      'not-found': count,
      pending: count,
      'not-offered': count,
      waived: count,
      manual: count,
      unseen: count.describe(
        'unknown, unmatched, not-found, pending, and 1 where nothing is checked: above 0 nothing is green',
      ),
      score: count.max(100).optional().describe('checks that pass, of those that pass or fail, in per cent'),
    }),
    checks: z.array(
      z.strictObject({
        target: targetRefSchema,
        kind: z.enum(['set', 'lock']),
        path: z.string(),
        status: z.enum(['pass', 'fail', 'unknown', 'unmatched', 'not-found', 'pending', 'not-offered', 'waived']),
        unread: z.enum(['no-access', 'unreadable']).optional().describe('why it is unknown'),
        wanted: jsonSchema,
        found: jsonSchema.optional(),
        severity,
        controls: z.array(z.strictObject(control)),
        because: z.string().optional(),
        waiver: waiverSchema.optional(),
        provenance: provenanceSchema,
      }),
    ),
    manual: z.array(z.strictObject({ ...control, steps: z.string(), provenance: provenanceSchema })),
    warnings: z.array(warningSchema),
    optional: count.describe('optional groups, patterns and users that Zoom does not have'),
    idleWaivers: z.array(waiverSchema.extend({ about: z.string() })),
  })
  .describe('Zoom compared with packs or policies');

/** The schema as text, as the file holds it. */
export function reportSchema(): string {
  const schema = z.toJSONSchema(z.discriminatedUnion('kind', [planReport, resultReport, checkReport]), {
    reused: 'ref',
  });
  return `${JSON.stringify({ title: 'lockstep --format json, format version 2', ...schema }, undefined, 2)}\n`;
}
