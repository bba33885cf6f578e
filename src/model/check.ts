import type { Json } from '../util/json.ts';
import type { AccountIdentity } from './account.ts';
import type { Severity } from './plan.ts';
import type { SettingPath } from './setting.ts';
import type { Provenance } from './state.ts';
import type { TargetRef } from './target.ts';

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
 * - unknown: Zoom does not list it, or it could not be read; never a pass
 * - waived: it fails, and somebody answers for that until a date
 */
export type CheckStatus = 'pass' | 'fail' | 'unknown' | 'waived';

export interface Waiver {
  readonly owner: string;
  readonly reason: string;
  /** The last day on which it holds: `2027-03-31`. */
  readonly expires: string;
  readonly provenance: Provenance;
}

/** A waiver as a policy writes it: about a setting path or a control, of the targets that a glob names. */
export interface WaiverRequest extends Waiver {
  readonly path?: SettingPath;
  readonly control?: string;
  /** A glob over target labels; absent for all. */
  readonly target?: string;
}

export interface Check {
  readonly target: TargetRef;
  readonly kind: 'set' | 'lock';
  readonly path: SettingPath;
  readonly status: CheckStatus;
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
  /** Waivers that matched nothing: mistyped, or of something that is mended. */
  readonly idleWaivers: readonly (Waiver & { readonly about: string })[];
}
