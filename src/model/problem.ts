import { LockstepError } from '../errors.ts';
import { plural } from '../util/plural.ts';

/** A place in a policy file; line and column count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One problem in a policy. `excerpt` is the line itself with a marker under the spot. */
export interface Problem extends Position {
  readonly message: string;
  readonly excerpt?: string;
  /** A second position that the message names: the other side of a contradiction. */
  readonly also?: Position;
  /** `advice` is for the author, when validating; it is neither wrong nor a risk of this run. */
  readonly severity: 'error' | 'warning' | 'advice';
}

/** All problems of all policies of a run, found together. `message` lists them. */
export class PolicyProblems extends LockstepError {
  readonly problems: readonly Problem[];
  /** How many there are, in words. */
  readonly summary: string;

  constructor(problems: readonly Problem[]) {
    const errors = problems.filter((problem) => problem.severity === 'error').length;
    const summary = `${plural(errors, 'problem')} in the policies`;
    super([`${summary}:`, ...problems.map(headline)].join('\n'));
    this.name = 'PolicyProblems';
    this.problems = problems;
    this.summary = summary;
  }
}

/** Where a problem is and what is wrong, as compilers write it. */
export function headline({ file, line, column, severity, message }: Problem): string {
  return `${file}:${line}:${column}: ${severity}: ${message}`;
}
