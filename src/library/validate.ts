import { EXIT } from '../errors.ts';
import { begin, policyWarnings } from './call.ts';
import type { Settings } from './option.ts';
import { readPolicies } from './policies.ts';
import type { VALIDATE } from './signatures.ts';
import type { ValidateVerdict } from './verdicts.ts';

/** @throws PolicyProblems for policies that are not valid */
export async function validate(settings: Settings<typeof VALIDATE.options>): Promise<ValidateVerdict> {
  const call = await begin(settings);
  const { desired, files, warnings, advice } = await readPolicies(call, settings, 'named');
  const problems = [...warnings, ...advice()];
  call.warn(policyWarnings(problems));
  const facts = desired.entries.reduce((sum, entry) => sum + entry.facts.length, 0);
  return { exitCode: EXIT.ok, files, targets: desired.entries.length, facts, problems };
}
