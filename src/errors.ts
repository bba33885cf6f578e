/** What the process ends with; the table of `design.md`, kept here only. */
export const EXIT = {
  ok: 0,
  error: 1,
  differences: 2,
  refused: 3,
  partial: 4,
  credentials: 5,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/**
 * A problem that is not a bug of ours: wrong input, a refusing server, a missing credential. `message` says what is
 * wrong and where, `hint` what to do next; both are shown, a stack trace never is.
 */
export class LockstepError extends Error {
  readonly exitCode: ExitCode;
  readonly hint: string | undefined;

  constructor(message: string, options: { exitCode?: ExitCode; hint?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'LockstepError';
    this.exitCode = options.exitCode ?? EXIT.error;
    this.hint = options.hint;
  }
}

/** What an error of unknown kind says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** One fault in a policy. `excerpt` is the line itself with a marker under the spot. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly excerpt?: string;
  /** A second position that the message speaks of: the other side of a contradiction. */
  readonly also?: { readonly file: string; readonly line: number; readonly column: number };
  /** `advice` is for the author, when validating; it is neither wrong nor a risk of this run. */
  readonly severity: 'error' | 'warning' | 'advice';
}

/** All faults of all policies of a run, found together. */
export class PolicyProblems extends LockstepError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const errors = problems.filter((problem) => problem.severity === 'error').length;
    super(`${errors} ${errors === 1 ? 'problem' : 'problems'} in the policies`);
    this.name = 'PolicyProblems';
    this.problems = problems;
  }
}
