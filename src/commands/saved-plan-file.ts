/** `--plan FILE`. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { LockstepError } from '../errors.ts';
import type { Plan } from '../model/plan.ts';
import { parsePlan } from '../reconcile/saved/saved-plan.ts';
import type { Host } from '../terminal.ts';
import { whyNot } from '../util/safe-files.ts';

export async function readSavedPlan(host: Host, file: string): Promise<Plan> {
  let text: string;
  try {
    text = await readFile(resolve(host.cwd, file), 'utf8');
  } catch (error) {
    throw new LockstepError(`--plan ${file} cannot be read: ${whyNot(error)}`);
  }
  return parsePlan(text, file);
}
