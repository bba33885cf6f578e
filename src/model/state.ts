import type { Json, JsonObject } from '../util/json.ts';
import type { DocumentKey, SettingPath } from './setting.ts';
import type { Scope, Target, TargetRef } from './target.ts';

/** Where a desired value was written, and why its author wanted it (the comment above it). */
export interface Provenance {
  readonly file: string;
  /** 1-based, as editors count. */
  readonly line: number;
  readonly column: number;
  readonly reason?: string;
}

/** As compilers write it, and editors follow it: `policies/base.yaml:12:5`. */
export function positionOf({ file, line, column }: Provenance): string {
  return `${file}:${line}:${column}`;
}

/** One managed path: a value that a setting should have (`set`), or whether a lock should be on (`lock`). */
export interface DesiredFact {
  readonly kind: 'set' | 'lock';
  readonly path: SettingPath;
  /** For locks `true` (locked) or `false` (unlocked). May be a `Secret` marker. */
  readonly value: Json;
  /** For a list of items: what it does not name is to go. Without it other items are left alone. */
  readonly exclusive?: true;
  /** Names of items that are to go, where no more is known of the list: an undone addition. */
  readonly absent?: readonly string[];
  /** The entry of a policy's `protected` list that covers it: changing it must be allowed by name. */
  readonly protectedBy?: SettingPath;
  readonly provenance: Provenance;
}

/** What one entry of a policy asks of the account, of the groups that a pattern names, or of one user. */
export interface DesiredEntry {
  readonly scope: Scope;
  /** Empty for the account, a group's exact name or a glob over group names, a user's e-mail. */
  readonly name: string;
  readonly glob: boolean;
  readonly facts: readonly DesiredFact[];
  /** Whether it is right that Zoom has no such group or user; absent where the policy does not say. */
  readonly optional?: boolean;
  /** Where the entry's name is written. */
  readonly provenance: Provenance;
}

/** All policies of a run, merged; entries of different names, facts of one entry unique by kind and path. */
export interface Desired {
  readonly entries: readonly DesiredEntry[];
}

/** One target with every fact that is wanted of it, exact names and globs merged. */
export interface DesiredTarget {
  readonly target: Target;
  readonly facts: readonly DesiredFact[];
  /** Where a target that may be missing is written. */
  readonly optional?: Provenance;
}

/** A document as Zoom answered it. Unreadable is neither empty nor unlocked: what depends on it is not known. */
export type LiveDocument = { readonly state: 'read'; readonly body: JsonObject } | Unread;

/** What Zoom did not give. */
export interface Unread {
  readonly state: 'unreadable';
  readonly reason: string;
  /** A scope or a right is missing, as opposed to a wrong address, account or network. */
  readonly noAccess?: true;
  /** Zoom says that the account's plan lacks the document: unknown where it is managed, and no gap in an export. */
  readonly notOffered?: true;
}

/** Why a group or a user cannot be managed at all. */
export interface Missing {
  readonly state: 'missing';
  readonly reason: string;
  /** The user is invited and has not accepted. */
  readonly pending?: true;
  /** Which group it is could not be read, for lack of a scope or a right. */
  readonly noAccess?: true;
}

/** The documents that were observed of a target. */
export interface FoundTarget {
  readonly state: 'found';
  readonly target: Target;
  readonly documents: ReadonlyMap<DocumentKey, LiveDocument>;
}

/** What was observed of one target, or why it cannot be managed at all. */
export type LiveTarget = FoundTarget | (Missing & { readonly target: TargetRef });
