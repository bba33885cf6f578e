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

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** An error that ends a run before anything is sent, and says so. */
export function refusal(message: string, advice?: string, exitCode: ExitCode = EXIT.refused): LockstepError {
  const hint = advice === undefined ? 'nothing was sent' : `nothing was sent; ${advice}`;
  return new LockstepError(message, { exitCode, hint });
}
