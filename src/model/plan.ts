import type { Json, JsonObject } from '../util/json.ts';
import type { AccountIdentity } from './account.ts';
import type { DocumentRef, SettingPath } from './setting.ts';
import type { Provenance } from './state.ts';
import type { Target, TargetRef } from './target.ts';
import type { Waiver } from './waiver.ts';

/** How much it weighs when a setting gets looser. */
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/**
 * Which way a change goes, as far as security is concerned. `review`: no direction is right for everybody, or the two
 * values cannot be compared. `neutral`: of no consequence for security.
 */
export type Direction = 'tightens' | 'weakens' | 'review' | 'neutral';

/** One path, one fact. */
export type Change = SetChange | LockChange;

interface ChangeBase {
  readonly target: Target;
  /** The setting, or the lock key. */
  readonly path: SettingPath;
  /** Absent when the live document lacks the key. */
  readonly before?: Json;
  /**
   * The lock above that this plan takes off. While it is on, Zoom reports its value here, and what was set here before
   * comes back when it is removed. So the wanted value is sent although it reads right, and `before` equals `after`.
   */
  readonly heldBy?: SettingPath;
  readonly direction: Direction;
  /** Absent for what is neutral. */
  readonly severity?: Severity;
  /** What is lost by the change and not brought back by undoing it. */
  readonly lossy?: string;
  /** The entry of a policy's `protected` list that covers the path. */
  readonly protectedBy?: SettingPath;
  readonly provenance: Provenance;
}

export interface SetChange extends ChangeBase {
  readonly kind: 'set';
  /** `null` only for an item that is removed. */
  readonly after: Json;
  /** A secret that Zoom does not return and that lockstep has no record of: whether it differs is not known. */
  readonly unconfirmed?: true;
  /** Set when the change is about one item of a list, which Zoom changes by a verb. */
  readonly item?: ItemChange;
}

export interface ItemChange {
  readonly action: 'add' | 'update' | 'delete' | 'show' | 'hide';
  readonly name: string;
  /** Zoom's id of an item that exists. */
  readonly id?: string;
  /** Its place in the live list. */
  readonly index?: number;
  /** The item that is the default today and stops being it, by itself, when this one becomes it. */
  readonly displaces?: string;
}

/** Tells the changes of one target apart, and says what a change is about: `authentication_options[Signed in]`. */
export function changeName(change: Pick<Change, 'kind' | 'path'> & { readonly item?: ItemChange }): string {
  const { item, path } = change;
  if (item === undefined) return path;
  return item.action === 'show' || item.action === 'hide' ? `${path}[${item.name}].visible` : `${path}[${item.name}]`;
}

/** Whether a change sets a lock. */
export function changesLock(change: Change): change is LockChange {
  return change.kind === 'lock';
}

export interface LockChange extends ChangeBase {
  readonly kind: 'lock' | 'unlock';
  readonly after: boolean;
  /** Every setting of this scope that the key governs, managed or not: a lock on a parent freezes its siblings too. */
  readonly freezes: readonly SettingPath[];
  /** Of what it freezes, the values that the policies want: the lock is sent over these and no others. */
  readonly over: readonly FrozenValue[];
}

export interface FrozenValue {
  readonly path: SettingPath;
  readonly value: Json;
}

export type Phase =
  | 'unlock account'
  | 'unlock group'
  | 'set account'
  | 'set group'
  | 'set user'
  | 'lock group'
  | 'lock account';

/** An operation of RFC 6902; `test` operations carry the value that the plan was based on. */
export type Operation =
  | { readonly op: 'test' | 'add' | 'replace'; readonly path: string; readonly value: Json }
  | { readonly op: 'remove'; readonly path: string };

/** One PATCH. Its body holds the changed leaves and what must travel with them (see `reconcile/patch.ts`). */
export interface Step {
  readonly id: string;
  readonly phase: Phase;
  readonly target: Target;
  readonly changes: readonly Change[];
  readonly request: { readonly method: 'PATCH'; readonly document: DocumentRef; readonly body: JsonObject };
  readonly patch: readonly Operation[];
  readonly inverse: readonly Operation[];
}

/** Steps that may run together: no two of them touch one target. The next wave waits for all of them. */
export type Wave = readonly Step[];

/**
 * - not-offered: Zoom was read and does not list it
 * - no-access, unreadable: it could not be read, or what it depends on could not: for lack of a scope or a right, or otherwise
 * - unmatched: no group, or more than one, has the name; or the pattern matches none
 * - not-found, pending: the user does not exist, or has not accepted the invitation
 */
export const BLOCK_REASONS = [
  'not-offered',
  'read-only',
  'locked-by-account',
  'locked-by-group',
  'coupled',
  'no-access',
  'unreadable',
  'unmatched',
  'not-found',
  'pending',
] as const;
export type BlockReason = (typeof BLOCK_REASONS)[number];

/** Wanted, and not possible now. Never sent. */
export interface Blocked {
  readonly target: TargetRef;
  readonly kind: 'set' | 'lock' | 'unlock';
  readonly path: SettingPath;
  readonly reason: BlockReason;
  /** One sentence: what prevents it and what would help. */
  readonly detail: string;
  readonly before?: Json;
  readonly after: Json;
  /** Somebody accepts that it cannot be read. */
  readonly waiver?: Waiver;
  readonly provenance: Provenance;
}

/** Something that its reader should know and that stops nothing. */
export interface Warning {
  readonly message: string;
  readonly provenance?: Provenance;
}

/** Data only: can be written, read back, compared and reviewed. No waves means no changes. */
export interface Plan {
  readonly formatVersion: 2;
  readonly account: AccountIdentity;
  readonly waves: readonly Wave[];
  readonly blocked: readonly Blocked[];
  readonly warnings: readonly Warning[];
  /** It undoes a run. That nothing is wanted then means that nothing is left to undo. */
  readonly undoes?: true;
  /**
   * How many targets were looked at, how many managed facts are right already, and how many optional groups, patterns and
   * users Zoom does not have, if any. Nothing else was compared.
   */
  readonly compared: { readonly targets: number; readonly unchanged: number; readonly optional?: number };
  /** SHA-256 over everything above except warnings and the account's name, and the account: see `fingerprint.ts`. */
  readonly fingerprint: string;
}

export function changesOf({ waves }: Plan): readonly Change[] {
  return waves.flatMap((wave) => wave.flatMap((step) => step.changes));
}
