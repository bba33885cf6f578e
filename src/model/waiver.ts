import type { SettingPath } from './setting.ts';
import type { Provenance } from './state.ts';

/** Who answers for a difference, and until when. */
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
  /** It accepts that a value cannot be read, and no value that can. */
  readonly unknown?: 'accepted';
}
