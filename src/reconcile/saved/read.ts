/** A plan from the lines of its file, or from a program. */
import * as z from 'zod';
import type { Plan } from '../../model/plan.ts';
import { isJsonObject } from '../../util/json.ts';
import { assertFits, refusal } from './faults.ts';
import { PlanReader } from './plan-reader.ts';
import { headSchema } from './schema.ts';
import { type Outline, planLines } from './write.ts';

/** Bytes: far more than the largest step has, and few enough to be held. */
export const LONGEST_LINE = 32 * 1024 * 1024;

/**
 * @param name the file's, for messages
 * @throws LockstepError exit 3 for another format or a changed file, exit 1 for what is no plan at all
 */
export async function readPlan(lines: AsyncIterable<string> | Iterable<string>, name: string): Promise<Plan> {
  const reader = new PlanReader(name);
  for await (const line of lines) reader.line(line);
  return reader.plan();
}

/** A plan that a program hands over is believed no more than one from a file. */
export async function readGiven(given: unknown, name: string): Promise<Plan> {
  const version = isJsonObject(given) ? given['formatVersion'] : undefined;
  if (version !== undefined && version !== 2) {
    throw refusal(`${name} has plan format ${JSON.stringify(version)}; this lockstep makes and applies format 2`);
  }
  assertFits<Outline>(given, outlineSchema, name);
  return readPlan(planLines(given), name);
}

/** What is in it is checked line by line. */
const outlineSchema = headSchema.pick({ account: true, compared: true, fingerprint: true }).extend({
  formatVersion: z.literal(2),
  waves: z.array(z.array(z.unknown()).min(1)),
  blocked: z.array(z.unknown()),
  warnings: z.array(z.unknown()),
});
