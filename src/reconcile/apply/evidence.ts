/** What may explain why a value did not take effect: read for that only, and each document once a run. */
import { messageOf } from '../../errors.ts';
import { type PlaceKey, placeKey } from '../../model/place.ts';
import type { DocumentRef } from '../../model/setting.ts';
import type { LiveDocument } from '../../model/state.ts';
import type { Target } from '../../model/target.ts';
import { knownGroups, type ZoomReader } from '../../model/zoom-api.ts';

/** Nothing of it rejects: what cannot be read explains nothing, and ends no run. */
export interface Evidence {
  /** The account's id. */
  readonly account: string;
  read(target: Target, document: DocumentRef): Promise<LiveDocument>;
  /** Empty, too, where the groups of the user cannot be read. */
  groupsOfUser(user: string): Promise<readonly string[]>;
}

export function createEvidence(zoom: ZoomReader): Evidence {
  const documents = new Map<PlaceKey, Promise<LiveDocument>>();
  return {
    account: zoom.account.id,
    read(target, ref) {
      const key = placeKey(target, ref);
      const document = documents.get(key) ?? readable(zoom, target, ref);
      documents.set(key, document);
      return document;
    },
    groupsOfUser: async (user) => knownGroups(await zoom.groupsOfUser(user).catch(() => [])) ?? [],
  };
}

async function readable(zoom: ZoomReader, target: Target, ref: DocumentRef): Promise<LiveDocument> {
  try {
    const outcome = await zoom.readDocument(target, ref);
    return outcome.state === 'missing' ? { state: 'unreadable', reason: outcome.reason } : outcome;
  } catch (error) {
    return { state: 'unreadable', reason: messageOf(error) };
  }
}
