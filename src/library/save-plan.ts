/** A plan to a file and back: JSON Lines, of which no more than a line is in memory. See docs/plan.schema.json. */
import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { LockstepError } from '../errors.ts';
import type { Plan } from '../model/plan.ts';
import { LONGEST_LINE, readPlan } from '../reconcile/saved/read.ts';
import { planLines } from '../reconcile/saved/write.ts';
import { errnoMessage } from '../util/errno.ts';
import { LineTooLong, linesIn } from '../util/lines.ts';
import { OWNER_ONLY, writeTyped } from '../util/safe-files.ts';

/** For its owner only: it names what people are about to change. */
export function savePlan(plan: Plan, file: string, cwd: string): Promise<void> {
  return writeTyped(cwd, file, planLines(plan), OWNER_ONLY);
}

export function readSavedPlan(file: string, cwd: string): Promise<Plan> {
  return readPlan(linesOf(file, cwd), file);
}

async function* linesOf(file: string, cwd: string): AsyncGenerator<string, void> {
  try {
    yield* linesIn(createReadStream(resolve(cwd, file)), LONGEST_LINE);
  } catch (error) {
    if (error instanceof LineTooLong) throw new LockstepError(`${file}: ${error.message}, so it is no plan`);
    throw new LockstepError(`--plan ${file} cannot be read: ${errnoMessage(error)}`);
  }
}
