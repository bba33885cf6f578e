import type { Explanation } from '../catalog/explanation.ts';
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
  /** From each policy that nobody extends down to the file of the line, when that is another one. */
  readonly chains: readonly (readonly string[])[];
}

/** The same of a pack that ships. */
export interface SetByPack extends Omit<SetBy, 'chains'> {
  readonly pack: string;
  /** The pack that it extends and that says so. */
  readonly through?: string;
}

/** What Zoom reports of one path: a value, nothing, or why it is not known. Secrets have a value that is not told. */
export type LiveFact = { readonly kind: 'set' | 'lock'; readonly path: SettingPath } & (
  | { readonly state: 'read'; readonly value: Json }
  | { readonly state: 'secret' | 'notListed' }
  | { readonly state: 'unreadable'; readonly reason: string }
);

/** One level, from the account down. */
export interface LiveLevel {
  readonly target: string;
  readonly facts: readonly LiveFact[];
  /** Why nothing is known of it. */
  readonly missing?: string;
}

/** Everything that `explain` tells of one name. */
export interface Explained {
  readonly explanation: Explanation;
  readonly packs: readonly SetByPack[];
  /** Absent where there are no policies, or none that could be read. */
  readonly policies?: readonly SetBy[];
  readonly live?: readonly LiveLevel[];
}
