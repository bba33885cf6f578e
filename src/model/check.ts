import type { Json } from '../util/json.ts';
import type { AccountIdentity } from './account.ts';
import type { Severity, Warning } from './plan.ts';
import type { SettingPath } from './setting.ts';
import type { Provenance } from './state.ts';
import type { TargetRef } from './target.ts';
import type { Waiver } from './waiver.ts';

/** A demand of a baseline, as the comment above a setting names it: `[CIS 1.1.1.2] Title | severity | why`. */
export interface Control {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly why?: string;
}

/**
 * How one wanted setting or lock compares with Zoom.
 * - pass: as wanted, or stricter where the setting has a direction
 * - fail: otherwise
 * - unknown: it could not be read; never a pass
 * - unmatched, not-found, pending: there is no such group or user; never a pass
 * - not-offered: Zoom was read and does not list it, or it has no effect under a switch that is off
 * - waived: it fails or is unknown, and somebody answers for that until a date
 */
export type CheckStatus =
  | 'pass'
  | 'fail'
  | 'unknown'
  | 'unmatched'
  | 'not-found'
  | 'pending'
  | 'not-offered'
  | 'waived';

export interface Check {
  readonly target: TargetRef;
  readonly kind: 'set' | 'lock';
  readonly path: SettingPath;
  readonly status: CheckStatus;
  /** Why it is unknown. */
  readonly unread?: 'no-access' | 'unreadable';
  readonly wanted: Json;
  /** Absent when Zoom does not list it. */
  readonly found?: Json;
  readonly severity: Severity;
  /** The demands that the fact serves; none for what only a policy of one's own asks for. */
  readonly controls: readonly Control[];
  /** Why it is unknown or fails, where more is to be said than the values. */
  readonly because?: string;
  /** The waiver that holds, or that held until its date: then the check fails. */
  readonly waiver?: Waiver;
  readonly provenance: Provenance;
}

/** What no API shows, so that a person has to look. */
export interface ManualControl extends Control {
  /** What to do in the web pages. */
  readonly steps: string;
  readonly provenance: Provenance;
}

export interface CheckResult {
  readonly formatVersion: 2;
  readonly account: AccountIdentity;
  readonly checks: readonly Check[];
  readonly manual: readonly ManualControl[];
  readonly warnings: readonly Warning[];
  /** How many optional groups, patterns and users Zoom does not have. */
  readonly optional: number;
  /** Waivers that matched nothing: mistyped, or of something that is mended. */
  readonly idleWaivers: readonly (Waiver & { readonly about: string })[];
}
