import type { JsonObject } from '../util/json.ts';
import type { AccountIdentity } from './account.ts';
import type { Refusal } from './result.ts';
import type { DocumentRef } from './setting.ts';
import type { LiveDocument, Missing, Unread } from './state.ts';
import type { Target } from './target.ts';

export interface Group {
  readonly id: string;
  readonly name: string;
}

export interface User {
  readonly id: string;
  readonly email: string;
  /** Ids of the groups that the user is in. */
  readonly groupIds: readonly string[];
}

/**
 * What a document read can end as. `missing`: the target does not exist or is of another account. A failure that
 * stops the whole run (credentials, no network, daily limit) is thrown as a `LockstepError` instead.
 */
export type ReadOutcome = LiveDocument | Missing;

/** The reading half of Zoom. The reading commands are handed this and so cannot write. */
export interface ZoomReader {
  readonly account: AccountIdentity;
  readDocument(target: Target, document: DocumentRef): Promise<ReadOutcome>;
  listGroups(): Promise<readonly Group[]>;
  listUsers(): Promise<readonly User[]>;
  /** Ids of the groups that a user is in. */
  groupsOfUser(user: string): Promise<readonly string[] | Unread>;
}

/** The ids of a user's groups; `undefined` where they could not be read. */
export function knownGroups(memberOf: readonly string[] | Unread): readonly string[] | undefined {
  return 'state' in memberOf ? undefined : memberOf;
}

export type PatchOutcome = { readonly accepted: true } | { readonly accepted: false; readonly refusal: Refusal };

export interface Sending {
  /** Values in the body that must not be shown, should Zoom repeat what it refuses. */
  readonly secrets: readonly string[];
  /**
   * Asked directly before each try, once its turn in the rate schedule has come. When it rejects, the request is not sent,
   * and `patchDocument` rejects with the same error, unless Zoom may have carried out an earlier try.
   */
  readonly beforeSend?: () => Promise<void>;
}

export interface ZoomWriter extends ZoomReader {
  /** Sends one PATCH; retries are the client's business. Never throws for a refusal. */
  patchDocument(target: Target, document: DocumentRef, body: JsonObject, sending: Sending): Promise<PatchOutcome>;
}
