/** What the calls return. */
import type { ExitCode } from '../errors.ts';
import type { AccountIdentity } from '../model/account.ts';
import type { Problem } from '../model/problem.ts';
import type { CheckReport, PlanReport, ResultReport } from '../model/report.ts';
import type { RunWarning } from './hooks.ts';

interface Warned {
  /** All that `onWarnings` was called with. */
  readonly warnings: readonly RunWarning[];
}

/** `exitCode` is what the command line ends with. */
export type PlanVerdict = PlanReport & Warned;

/** `kind` is `result` where something was sent, and `plan` where there was nothing to do. */
export type ApplyVerdict = (PlanReport | ResultReport) & Warned;

export type CheckVerdict = CheckReport & Warned;

/** Of policies that are valid; others are thrown as `PolicyProblems`. */
export interface ValidateVerdict {
  readonly exitCode: ExitCode;
  /** Every file that was read, relative to `cwd`. */
  readonly files: readonly string[];
  readonly targets: number;
  /** Managed settings and locks of all targets. */
  readonly facts: number;
  /** Warnings, and advice for the author. */
  readonly problems: readonly Problem[];
}

export interface ExportVerdict extends Warned {
  readonly exitCode: ExitCode;
  /** The policy: YAML. */
  readonly policy: string;
}

/** A run of this folder. */
export interface RunListed {
  readonly id: string;
  readonly time: string;
  /** Absent for a run of lockstep 0.1. */
  readonly account?: AccountIdentity;
  readonly fingerprint: string;
  /** Absent for a run that was killed. */
  readonly exitCode?: number;
  readonly applied: number;
  /** Sent, and the run ended before it was read back. */
  readonly unverified: number;
  readonly notThrough: number;
  readonly stepsLeft: number;
}

export interface RunsVerdict {
  readonly exitCode: ExitCode;
  /** Newest first. */
  readonly runs: readonly RunListed[];
  /** Files that are no journals, or broken ones. */
  readonly unreadable: readonly { readonly id: string; readonly reason: string }[];
}
