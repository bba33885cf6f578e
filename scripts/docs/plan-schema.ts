/**
 * docs/plan.schema.json: what a line of a saved plan (`lockstep plan --out`) is, for programs that read it. `npm run docs`
 * writes the file. A test checks that it is up to date and that it fits saved plans.
 */
import { z } from 'zod';
import { FORMAT, headSchema, lineSchemas } from '../../src/reconcile/saved/schema.ts';

/** The schema as text, as the file holds it. */
export function planLineSchema(): string {
  const line = z.union([
    headSchema.describe('the first line'),
    lineSchemas.blocked.describe('a change that is wanted and not possible: these lines come first'),
    lineSchemas.step.describe('a request and the changes that it makes: wave by wave'),
    lineSchemas.warning.describe('what a reader should know: these lines come last'),
  ]);
  const title = `a line of lockstep plan --out, format version ${FORMAT}`;
  return `${JSON.stringify({ title, ...z.toJSONSchema(line, { reused: 'ref' }) }, undefined, 2)}\n`;
}
