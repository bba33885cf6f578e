/** What a journal holds. */
import type { AccountIdentity } from '../model/account.ts';
import type { Change } from '../model/plan.ts';
import type { ChangeResult, Refusal } from '../model/result.ts';
import type { DocumentRef } from '../model/setting.ts';
import type { Target } from '../model/target.ts';

/** The first line of a journal. Format 1, of lockstep 0.1, does not say which account it is about. */
export interface Begin {
  readonly event: 'begin';
  readonly formatVersion: 2;
  readonly time: string;
  readonly lockstep: string;
  readonly account: AccountIdentity;
  readonly fingerprint: string;
  readonly pid: number;
  readonly steps: number;
}

export type BeginWithoutAccount = Omit<Begin, 'account' | 'formatVersion'> & { readonly formatVersion: 1 };

/**
 * A line of a journal. Secrets are named, never held: changes carry the same placeholders as plans. A `sending` without its
 * `sent` is a request that Zoom may have taken.
 */
export type JournalEvent =
  | Begin
  | BeginWithoutAccount
  | {
      readonly event: 'sending';
      readonly time: string;
      readonly step: string;
      readonly target: Target;
      readonly document: DocumentRef;
      readonly changes: readonly Change[];
    }
  | { readonly event: 'sent'; readonly time: string; readonly step: string; readonly refusal?: Refusal }
  | {
      readonly event: 'verified';
      readonly time: string;
      readonly results: readonly {
        readonly step: string;
        readonly kind: Change['kind'];
        readonly path: string;
        readonly status: ChangeResult['status'];
      }[];
    }
  /** A secret that Zoom took and does not return. Its keyed digest tells the next run whether the value has changed. */
  | {
      readonly event: 'secret';
      readonly time: string;
      /** As `targetLabel` writes it. */
      readonly target: string;
      readonly path: string;
      readonly digest: string;
    }
  /** A later run has reported what this interrupted one did; it is not reported again. */
  | { readonly event: 'told'; readonly time: string }
  | { readonly event: 'end'; readonly time: string; readonly exitCode: number };
