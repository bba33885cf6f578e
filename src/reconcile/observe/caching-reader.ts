/** A reader that asks once for what several targets need. */
import { type PlaceKey, placeKey } from '../../model/place.ts';
import type { Group, ReadOutcome, ZoomReader } from '../../model/zoom-api.ts';

/**
 * The account's documents are needed twice: for its own settings, and as the level above groups and users. Those of groups
 * are above many users. Documents of users pass through, so that they can be freed, and so do those of groups when no
 * user is planned.
 * @param users how many users are planned
 */
export function cachingReader(zoom: ZoomReader, users: number): ZoomReader {
  let groups: Promise<readonly Group[]> | undefined;
  const listed = listedMembership(zoom);
  const memberships = new Map<string, ReturnType<ZoomReader['groupsOfUser']>>();
  const documents = new Map<PlaceKey, Promise<ReadOutcome>>();
  return {
    account: zoom.account,
    listGroups: () => {
      groups ??= zoom.listGroups();
      return groups;
    },
    listUsers: () => zoom.listUsers(),
    groupsOfUser: async (user) =>
      (users >= MANY_USERS ? await listed(user) : undefined) ?? once(memberships, user, () => zoom.groupsOfUser(user)),
    readDocument: (target, document) => {
      const read = () => zoom.readDocument(target, document);
      const isShared = target.scope === 'account' || (target.scope === 'group' && users > 0);
      return isShared ? once(documents, placeKey(target, document), read) : read();
    },
  };
}

function once<K, T>(known: Map<K, Promise<T>>, key: K, ask: () => Promise<T>): Promise<T> {
  const asked = known.get(key) ?? ask();
  known.set(key, asked);
  return asked;
}

/** From so many users on, a listing with 2,000 users a page is assumed to take fewer requests than asking for each of them. */
const MANY_USERS = 50;

/** The groups of users, by one listing; `undefined` for a user who is not in it, and when users cannot be listed. */
function listedMembership(zoom: ZoomReader): (user: string) => Promise<readonly string[] | undefined> {
  let listing: Promise<ReadonlyMap<string, readonly string[]>> | undefined;
  const list = async () => {
    const users = await zoom.listUsers().catch(() => []);
    return new Map(users.map(({ email, groupIds }) => [email.toLowerCase(), groupIds]));
  };
  return async (user) => {
    listing ??= list();
    return (await listing).get(user.toLowerCase());
  };
}
