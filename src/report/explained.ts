import type { Explanation } from '../catalog/explanation.ts';
import type { AccountIdentity } from '../model/account.ts';
import type { Control } from '../model/check.ts';
import type { SettingPath } from '../model/setting.ts';
import type { Provenance } from '../model/state.ts';
import type { Json } from '../util/json.ts';

/** A policy that sets the setting, or its lock. */
export interface SetBy {
  /** As the policy names it: `account`, `group:Staff *`, `user:dean@example.edu`. */
  readonly target: string;
  readonly kind: 'set' | 'lock';
  readonly path: SettingPath;
  readonly value: Json;
  readonly controls: readonly Control[];
  readonly provenance: Provenance;
  /** From each policy that no other extends down to the file of the line, if that is another file. */
  readonly chains: readonly (readonly string[])[];
}

/** The same for a pack that ships with lockstep. */
export interface SetByPack extends Omit<SetBy, 'chains'> {
  readonly pack: string;
  /** The pack that sets it, if the pack only extends that one. */
  readonly through?: string;
}

/** What Zoom reports for one path: a value, nothing, or why it is unknown. The value of a secret is not shown. */
export type LiveReading = { readonly kind: 'set' | 'lock'; readonly path: SettingPath } & (
  | { readonly state: 'read'; readonly value: Json }
  | { readonly state: 'secret' | 'notListed' }
  | { readonly state: 'unreadable'; readonly reason: string }
);

/** One level, from the account down. */
export interface LiveLevel {
  readonly target: string;
  readonly facts: readonly LiveReading[];
  /** Why it is unknown. */
  readonly missing?: string;
}

/** Everything that `explain` shows about one name. */
export interface Explained {
  readonly explanation: Explanation;
  readonly packs: readonly SetByPack[];
  /** Absent where there are no policies, or none that could be read. */
  readonly policies?: readonly SetBy[];
  readonly live?: readonly LiveLevel[];
  /** Where `live` is from. */
  readonly account?: AccountIdentity;
}
