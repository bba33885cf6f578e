import type { Json } from './json.ts';
import type { Blocked, Change, Plan } from './plan.ts';

/** Zoom's refusal of one request, as far as it said. */
export interface Refusal {
  /** HTTP status, absent when no answer came. */
  readonly status?: number;
  /** Zoom's own code, which is unrelated to the status (code 200 comes with HTTP 400). */
  readonly code?: number;
  readonly message: string;
  /** A try before this answer ended without one: Zoom may have carried the request out all the same. */
  readonly mayBeTaken?: true;
  readonly fields?: readonly { readonly field: string; readonly message: string }[];
}

/**
 * How a change ended.
 * - applied: read back, and equal to what was wanted
 * - ineffective: Zoom accepted the request and the value read back is another
 * - failed: Zoom refused, or no answer came
 * - notAttempted: a change it depends on did not get through, or the run was stopped
 */
export type ChangeResult =
  | { readonly status: 'applied'; readonly change: Change; readonly step: string }
  | {
      readonly status: 'ineffective';
      readonly change: Change;
      readonly step: string;
      readonly found?: Json;
      readonly because: string;
    }
  | { readonly status: 'failed'; readonly change: Change; readonly step: string; readonly refusal: Refusal }
  | { readonly status: 'notAttempted'; readonly change: Change; readonly step: string; readonly because: string };

export interface ApplyResult {
  readonly plan: Plan;
  readonly results: readonly ChangeResult[];
  /** Changes that still differ, as a second look with the same differ found. Empty means converged. */
  readonly remaining: readonly Change[];
  readonly blocked: readonly Blocked[];
  /** The run was told to stop (Ctrl-C, SIGTERM) before it was through. */
  readonly interrupted: boolean;
  /** What ended the run early (credentials gone, daily limit, no network, or a bug of ours); everything above still holds. */
  readonly halted?: unknown;
}
