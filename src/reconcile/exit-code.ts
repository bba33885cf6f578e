/** What the process ends with: one table from outcomes to codes, for every command. */
import { EXIT, type ExitCode, LockstepError } from '../errors.ts';
import { countResult } from '../model/counts.ts';
import { type OutcomeKind, type Tally, tallyPlan } from '../model/outcomes.ts';
import type { ApplyResult, ChangeResult } from '../model/result.ts';
import type { Failure } from './fail-on.ts';

/** How a command looks at outcomes; the columns of the table in docs/cli.md. */
export const COLUMNS = [
  'plan',
  'plan --detailed-exitcode',
  'drift',
  'check',
  'export',
  /** Something in the plan stops it. */
  'apply',
  /** With `--allow-blocked`: something was sent. */
  'apply, rest sent',
  /** With `--allow-blocked`: there was nothing to send. */
  'apply, nothing to send',
] as const;
export type Column = (typeof COLUMNS)[number];

const { ok, error, differences, refused, partial, credentials, interrupted } = EXIT;

/** In the order of `COLUMNS`; `undefined` where the outcome does not come up. */
const never = undefined;
type Row = readonly [...(ExitCode | undefined)[]] & { readonly length: 8 };

export const CODES: Readonly<Record<OutcomeKind, Row>> = {
  right: [ok, ok, ok, ok, ok, ok, ok, ok],
  differs: [ok, differences, differences, differences, never, ok, ok, never],
  'below-severity': [never, never, never, ok, never, never, never, never],
  unconfirmed: [ok, differences, ok, never, never, ok, ok, never],
  blocked: [ok, differences, differences, differences, never, refused, ok, ok],
  'not-offered': [ok, ok, ok, ok, ok, refused, ok, ok],
  waived: [ok, ok, ok, ok, never, ok, ok, ok],
  'no-access': [credentials, credentials, credentials, credentials, credentials, refused, partial, credentials],
  unreadable: [error, error, error, error, error, refused, partial, error],
  unmatched: [differences, differences, differences, differences, differences, refused, partial, differences],
  'not-found': [differences, differences, differences, differences, differences, refused, partial, differences],
  pending: [differences, differences, differences, differences, differences, refused, partial, differences],
  'nothing-managed': [differences, differences, differences, differences, never, differences, never, differences],
};

/** The first that applies is what a run ends with, and a run over several accounts. */
const ORDER: readonly ExitCode[] = [interrupted, partial, error, credentials, refused, differences, ok];

export function worstOf(codes: readonly ExitCode[]): ExitCode {
  return ORDER.find((code) => codes.includes(code)) ?? ok;
}

/** Which outcomes a `--fail-on` turns into a refusal. */
const FAILING: Readonly<Partial<Record<OutcomeKind, Failure>>> = {
  'no-access': 'unknown',
  unreadable: 'unknown',
  unmatched: 'unmatched',
  'not-found': 'unmatched',
  pending: 'unmatched',
  'nothing-managed': 'unmatched',
};

export function exitCodeFor(tally: Tally, column: Column, failOn: readonly Failure[] = []): ExitCode {
  const at = COLUMNS.indexOf(column);
  const codes = (Object.keys(CODES) as OutcomeKind[]).flatMap((kind) => {
    const code = CODES[kind][at];
    const failure = FAILING[kind];
    if (tally[kind] === 0 || code === undefined) return [];
    return [failure !== undefined && failOn.includes(failure) ? refused : code];
  });
  return worstOf(codes);
}

/** What of the outcomes a `--fail-on` is about. */
export function countFailing(tally: Tally, failure: Failure): number {
  const kinds = Object.keys(tally) as OutcomeKind[];
  return kinds.reduce((sum, kind) => (FAILING[kind] === failure ? sum + tally[kind] : sum), 0);
}

export function exitCodeOf(result: ApplyResult): ExitCode {
  if (result.interrupted) return interrupted;
  const column = result.results.some(mayHaveWritten) ? 'apply, rest sent' : 'apply, nothing to send';
  const unseen = exitCodeFor(tallyPlan({ ...result.plan, blocked: result.blocked }), column);
  return worstOf([unseen, endOf(result)]);
}

function endOf(result: ApplyResult): ExitCode {
  const { applied, remaining } = countResult(result);
  if (result.halted instanceof LockstepError && !result.results.some(mayHaveWritten)) return result.halted.exitCode;
  return applied === result.results.length && remaining === 0 ? ok : partial;
}

/** What was not read back may be in Zoom all the same. */
function mayHaveWritten(result: ChangeResult): boolean {
  switch (result.status) {
    case 'applied':
    case 'ineffective':
      return true;
    case 'failed':
      return result.refusal.mayBeTaken === true;
    case 'notAttempted':
      return false;
  }
}
