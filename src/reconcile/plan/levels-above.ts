/** The levels above a target, read as far as they bear on it; and every document that several need, read once. */

import { locksOver } from '../../catalog/levels.ts';
import type { Change } from '../../model/plan.ts';
import { documentKey, type SettingPath } from '../../model/setting.ts';
import type { DesiredTarget } from '../../model/state.ts';
import type { Target } from '../../model/target.ts';
import type { Group, ZoomReader } from '../../model/zoom-api.ts';
import { observeTarget } from '../observe/observe.ts';
import { type Above, documentsAbove, locksToJudge } from './locks-above.ts';
import type { Unlocked } from './order.ts';

/**
 * What stands above a target, read only when a change there could be stopped by it: the account, and for users the groups
 * that they are in. A group's values are read once it is known to lock them.
 */
export function levelsAbove(
  reader: ZoomReader,
  targets: readonly DesiredTarget[],
  groups: readonly Group[],
  assumeUnlocked: boolean,
  unlocked: Unlocked,
): (entry: DesiredTarget, changes: readonly Change[]) => Promise<readonly Above[]> {
  const accountFacts = targets.find(({ target }) => target.scope === 'account')?.facts ?? [];
  const groupFacts = new Map(
    targets.flatMap(({ target, facts }) => (target.scope === 'group' ? [[target.id, facts] as const] : [])),
  );
  // Once each: of thousands of groups under one pattern all want the same locks.
  const locksToCome = [...groupFacts.values()].flat().filter(({ kind, value }) => kind === 'lock' && value === true);
  const wantedOfGroups = [...new Map(locksToCome.map((fact) => [fact.path, fact])).values()];
  const names = new Map(groups.map(({ id, name }) => [id, name]));
  const nameOfGroup = async (id: string): Promise<string> => {
    if (names.size === 0) for (const group of await reader.listGroups()) names.set(group.id, group.name);
    return names.get(id) ?? id;
  };
  const isHeld = (lock: SettingPath) => locksOver('account', 'group', lock).some((key) => unlocked.account.has(key));
  const groupAbove = async (
    id: string,
    entry: DesiredTarget,
    changes: readonly Change[],
  ): Promise<Above | undefined> => {
    const facts = groupFacts.get(id) ?? [];
    const target = { scope: 'group' as const, id, name: id };
    const locks = await observeTarget(reader, target, documentsAbove('group', entry, changes, facts));
    const needed = documentsAbove('group', entry, changes, facts, locks);
    const live = await observeTarget(reader, target, needed);
    // Nothing will be said of a group whose locks are all read and off, so that its name need not be known.
    const isSilent =
      needed.every(({ endpoint }) => endpoint === 'lock_settings') &&
      live.state === 'found' &&
      [...live.documents.values()].every(({ state }) => state === 'read');
    const name = isSilent ? id : await nameOfGroup(id);
    return { level: 'group', name: `the group ${name}`, live, facts, isHeld, assumeUnlocked };
  };
  // Of a user whose groups cannot be read: what this run locks for some group could come over the user too.
  const anyGroup: Above = {
    level: 'group',
    name: 'a group of the user',
    live: { state: 'missing', target: { scope: 'group', name: '' }, reason: 'the groups of the user cannot be read' },
    facts: wantedOfGroups,
    isHeld: (lock) => !wantedOfGroups.some(({ path }) => path === lock),
    assumeUnlocked,
  };
  return async (entry, changes) => {
    const documents = documentsAbove('account', entry, changes, accountFacts);
    const live = await observeTarget(reader, accountTarget(reader), documents);
    const account: Above = {
      level: 'account',
      name: 'the account',
      live,
      facts: accountFacts,
      isHeld: () => false,
      assumeUnlocked,
    };
    if (locksToJudge('group', entry, changes, wantedOfGroups).length === 0) return [account];
    const memberOf = await reader.groupsOfUser(entry.target.id);
    if (memberOf === undefined) return [account, anyGroup];
    const above = await Promise.all(memberOf.map((id) => groupAbove(id, entry, changes)));
    return [account, ...above.flatMap((group) => group ?? [])];
  };
}

/**
 * The account's documents are wanted twice, for its own facts and as what stands above groups and users, and those of
 * groups stand above many users; each is asked for once. Documents of users pass through, so that they can be let go, and
 * so do those of groups as long as no user stands below.
 * @param users how many are going to be looked at
 */
export function readingOnce(zoom: ZoomReader, keepsGroups: boolean, users = 0): ZoomReader {
  const listed = listedMembership(zoom);
  const kept = new Map<string, Promise<unknown>>();
  const once = <T>(key: string, ask: () => Promise<T>): Promise<T> => {
    const asked = (kept.get(key) as Promise<T> | undefined) ?? ask();
    kept.set(key, asked);
    return asked;
  };
  return {
    account: zoom.account,
    listGroups: () => once('groups', () => zoom.listGroups()),
    listUsers: () => zoom.listUsers(),
    groupsOfUser: async (user) =>
      (users >= MANY_USERS ? await listed(user) : undefined) ??
      once(`groups of ${user}`, () => zoom.groupsOfUser(user)),
    readDocument: (target, document) => {
      const keeps = target.scope === 'account' || (target.scope === 'group' && keepsGroups);
      const ask = () => zoom.readDocument(target, document);
      return keeps ? once(`${target.scope} ${target.id} ${documentKey(document)}`, ask) : ask();
    },
  };
}

/** From so many users on a listing, of 2,000 users a page, is taken to be fewer requests than asking for each of them. */
const MANY_USERS = 50;

/** Who is in which group, by one listing; `undefined` for who is not in it, and where nobody can be listed. */
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

function accountTarget(zoom: ZoomReader): Target {
  return { scope: 'account', id: zoom.account };
}
