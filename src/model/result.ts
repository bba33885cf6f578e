import type { Json } from '../util/json.ts';
import type { Blocked, Change, LockChange, Plan } from './plan.ts';

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
 * Why a value that Zoom accepted did not come to be.
 * - locked-above: the account, or a group of the user, locks it
 * - coupled: another setting forces it, or is needed for it
 * - not-offered: Zoom does not list it; the plan or licence does not seem to have it
 * - locked-over: a lock that froze another value than is wanted, because somebody changed it in the meantime
 * - unreadable: it could not be read back
 * - unknown: nothing that is known of Zoom explains it
 */
export type IneffectiveReason = 'locked-above' | 'locked-over' | 'coupled' | 'not-offered' | 'unreadable' | 'unknown';

/**
 * How a change ended.
 * - applied: read back, and equal to what was wanted
 * - ineffective: Zoom accepted the request and the value read back is another
 * - failed: Zoom refused, or no answer came
 * - notAttempted: a change it depends on did not get through, or the run was stopped
 */
export type ChangeResult =
  | {
      readonly status: 'applied';
      readonly change: Change;
      readonly step: string;
      /** Zoom took it and does not return it, so that it could not be read back: why. */
      readonly unread?: string;
    }
  | {
      readonly status: 'ineffective';
      readonly change: Change;
      readonly step: string;
      readonly found?: Json;
      readonly reason: IneffectiveReason;
      readonly because: string;
    }
  | { readonly status: 'failed'; readonly change: Change; readonly step: string; readonly refusal: Refusal }
  | { readonly status: 'notAttempted'; readonly change: Change; readonly step: string; readonly because: string };

export interface ApplyResult {
  readonly plan: Plan;
  readonly results: readonly ChangeResult[];
  /** What still differs, as a second look with the same differ found, and what did not get so far. Empty: converged. */
  readonly remaining: readonly Change[];
  readonly blocked: readonly Blocked[];
  /**
   * Locks that this run took off, over settings whose new lock did not get through: looser now than before the run and
   * than the policy wants.
   */
  readonly leftUnlocked: readonly LockChange[];
  /** The run was stopped (Ctrl-C, SIGTERM) before it was complete. */
  readonly interrupted: boolean;
  /** What ended the run early (credentials gone, daily limit, no network, or a bug of ours); everything above still holds. */
  readonly halted?: unknown;
}
