/** Loads policies: find, read, merge. One run reports every problem of every file. */
import { LockstepError } from '../errors.ts';
import type { AccountDemand } from '../model/account.ts';
import type { ManualControl } from '../model/check.ts';
import { PolicyProblems, type Problem } from '../model/problem.ts';
import type { Secrets } from '../model/secret.ts';
import { type Desired, positionOf } from '../model/state.ts';
import type { WaiverRequest } from '../model/waiver.ts';
import type { RunContext } from './context.ts';
import { lockingAdvice } from './locking-advice.ts';
import { mergePolicies } from './merge.ts';
import { basesOf, byName, type Folders, nameFor, problemAt, readPolicies, START } from './policy-file.ts';
import { present } from './present.ts';
import { findPolicies } from './read/find.ts';

export interface PolicyOptions extends Folders {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Send fields that the catalogue does not know as they are. */
  readonly allowUnknown: boolean;
  /** Whether the variables named by `!env` must be set. */
  readonly secrets: 'required' | 'named';
}

export interface LoadedPolicies {
  readonly desired: Desired;
  readonly secrets: Secrets;
  /** Every file that was read, relative to `cwd`. */
  readonly files: readonly string[];
  readonly warnings: readonly Problem[];
  /** Hints for the author, which `validate` shows. */
  readonly advice: () => readonly Problem[];
  /** From every file that was read: the account of a run must be one of each. */
  readonly only: readonly AccountDemand[];
  /** From every file that was read. */
  readonly waivers: readonly WaiverRequest[];
  readonly manual: readonly ManualControl[];
  /** What each file extends, by the names of `files`. */
  readonly bases: ReadonlyMap<string, readonly string[]>;
}

/**
 * Loads policies. A file that is found in a folder and extended by another file counts only as that file's base. A file
 * means the same whoever extends it, so a base that is reached by two ways is merged by each of them.
 *
 * @param paths files or folders; their order does not matter
 * @throws PolicyProblems with all problems, when there is an error among them
 */
export async function loadPolicies(paths: readonly string[], options: PolicyOptions): Promise<LoadedPolicies> {
  if (paths.length === 0) throw new LockstepError('no policies are named', { hint: 'Name files or folders.' });
  const problems: Problem[] = [];
  const report = (problem: Problem) => problems.push(problem);
  const run: RunContext = {
    env: options.env,
    allowUnknown: options.allowUnknown,
    needsVariables: options.secrets === 'required',
    secrets: new Map(),
    variables: new Map(),
  };
  const found = await findPolicies(paths, options.cwd);
  for (const { path, message } of found.problems) {
    report(problemAt(nameFor(path, path, options), { spot: START, message }));
  }
  const files = await readPolicies(found, options, run, report);
  const sorted = byName(files);
  for (const { content } of sorted) content.resolved?.problems.forEach(report);
  const only = sorted.flatMap(({ content }) => content.only ?? []);
  contradictionsIn(only).forEach(report);
  const entries = mergePolicies(files, found, run, report);

  const warnings = present(problems, files);
  if (warnings.some(({ severity }) => severity === 'error')) throw new PolicyProblems(warnings);
  return {
    desired: { entries },
    secrets: run.secrets,
    files: sorted.map(({ name }) => name),
    warnings,
    advice: () => present(lockingAdvice(entries), files),
    only,
    waivers: sorted.flatMap(({ content }) => content.waivers),
    manual: sorted.flatMap(({ content }) => content.manual),
    bases: new Map(
      sorted.map(({ name, real }) => [name, basesOf(files, real).flatMap((base) => files.get(base)?.name ?? [])]),
    ),
  };
}

/** Two policies that are for no account in common can never be applied together. */
function contradictionsIn([first, ...others]: readonly AccountDemand[]): readonly Problem[] {
  if (first === undefined) return [];
  return others
    .filter(({ accounts }) => !accounts.some((account) => first.accounts.includes(account)))
    .map(({ provenance }) => ({
      ...provenance,
      message: `this policy and the one at ${positionOf(first.provenance)} are for no account in common`,
      also: first.provenance,
      severity: 'error',
    }));
}
