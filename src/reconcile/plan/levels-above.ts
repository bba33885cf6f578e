/** The levels above a target, read only as far as they bear on it. */
import type { SettingPath } from '../../model/setting.ts';
import type { DesiredFact, DesiredTarget, LiveTarget, Unread } from '../../model/state.ts';
import type { Target } from '../../model/target.ts';
import type { Group, ZoomReader } from '../../model/zoom-api.ts';
import { observeTarget } from '../observe/observe.ts';
import { documentsAbove, locksToJudge } from './documents-above.ts';
import type { Above } from './locks-above.ts';
import type { Outcome } from './outcome.ts';
import { TargetPairs, Wants } from './pair.ts';
import type { RemovedLocks } from './removed-locks.ts';

const NO_FACTS: readonly DesiredFact[] = [];

/**
 * What is above the targets of a run: the account, and for users the groups that they are in. Nothing is read unless a
 * change below could be stopped by it. A group's values are read once it is known to lock them.
 */
export class LevelsAbove {
  readonly #reader: ZoomReader;
  readonly #removed: RemovedLocks;
  readonly #assumeUnlocked: boolean;
  readonly #account: DesiredTarget;
  /** What this run wants of groups, by id. */
  readonly #wantedOfGroups: ReadonlyMap<string, readonly DesiredFact[]>;
  /** The locks that this run brings for some group, each once: of thousands of groups under one pattern all want the same. */
  readonly #locksToCome: readonly DesiredFact[];
  readonly #groupNames: Map<string, string>;

  constructor(
    reader: ZoomReader,
    targets: readonly DesiredTarget[],
    groups: readonly Group[],
    removed: RemovedLocks,
    assumeUnlocked: boolean,
  ) {
    this.#reader = reader;
    this.#removed = removed;
    this.#assumeUnlocked = assumeUnlocked;
    const account = targets.find(({ target }) => target.scope === 'account')?.facts ?? NO_FACTS;
    this.#account = { target: { scope: 'account', id: reader.account.id }, facts: account };
    const ofGroups = targets.filter(({ target }) => target.scope === 'group');
    this.#wantedOfGroups = new Map(ofGroups.map(({ target, facts }) => [target.id, facts]));
    const lists = new Set(ofGroups.map(({ facts }) => facts));
    const locks = [...lists].flat().filter(({ kind, value }) => kind === 'lock' && value === true);
    this.#locksToCome = [...new Map(locks.map((fact) => [fact.path, fact])).values()];
    this.#groupNames = new Map(groups.map(({ id, name }) => [id, name]));
  }

  async of(pairs: TargetPairs, outcomes: readonly Outcome[]): Promise<readonly Above[]> {
    const account = await this.#accountAbove(pairs, outcomes);
    const comes = (lock: SettingPath) => this.#locksToCome.some(({ path }) => path === lock);
    if (locksToJudge('group', pairs.scope, outcomes, comes).length === 0) return [account];
    const memberOf = await this.#reader.groupsOfUser(pairs.target.id);
    if ('state' in memberOf) return [account, this.#anyGroup(memberOf)];
    return [account, ...(await Promise.all(memberOf.map((id) => this.#groupAbove(id, pairs, outcomes))))];
  }

  async #accountAbove({ scope }: TargetPairs, outcomes: readonly Outcome[]): Promise<Above> {
    const documents = documentsAbove('account', scope, outcomes, unread(this.#account));
    const live = await observeTarget(this.#reader, this.#account.target, documents);
    return {
      level: 'account',
      name: 'the account',
      pairs: new TargetPairs(this.#account, live),
      isHeld: () => false,
      assumeUnlocked: this.#assumeUnlocked,
    };
  }

  async #groupAbove(id: string, { scope }: TargetPairs, outcomes: readonly Outcome[]): Promise<Above> {
    const target = { scope: 'group', id, name: id } as const;
    const desired = { target, facts: this.#wantedOfGroups.get(id) ?? NO_FACTS };
    const lockDocuments = documentsAbove('group', scope, outcomes, unread(desired));
    const locks = new TargetPairs(desired, await observeTarget(this.#reader, target, lockDocuments));
    const documents = documentsAbove('group', scope, outcomes, locks);
    const live = await observeTarget(this.#reader, target, documents);
    // No message will name a group whose locks are all read and off, so its name need not be known.
    const isSilent =
      documents.every(({ endpoint }) => endpoint === 'lock_settings') &&
      live.state === 'found' &&
      [...live.documents.values()].every(({ state }) => state === 'read');
    return {
      level: 'group',
      name: `the group ${isSilent ? id : await this.#nameOf(id)}`,
      pairs: new TargetPairs(desired, live),
      isHeld: (lock) => this.#removed.holdsGroupLock(lock),
      assumeUnlocked: this.#assumeUnlocked,
    };
  }

  /** Stands for the groups of a user that cannot be read: what this run locks for some group could come over the user too. */
  #anyGroup(unread: Unread): Above {
    const target: Target = { scope: 'group', id: '', name: '' };
    const reason = 'the groups of the user cannot be read';
    const desired = { target, facts: this.#locksToCome };
    return {
      level: 'group',
      name: 'a group of the user',
      pairs: new TargetPairs(desired, { ...unread, state: 'missing', target, reason }),
      isHeld: (lock) => Wants.of(desired).lock(lock) === undefined,
      assumeUnlocked: this.#assumeUnlocked,
    };
  }

  async #nameOf(id: string): Promise<string> {
    if (this.#groupNames.size === 0) {
      for (const group of await this.#reader.listGroups()) this.#groupNames.set(group.id, group.name);
    }
    return this.#groupNames.get(id) ?? id;
  }
}

/** What is wanted of a level of which no document has been read yet. */
function unread(desired: DesiredTarget): TargetPairs {
  const live: LiveTarget = { state: 'found', target: desired.target, documents: new Map() };
  return new TargetPairs(desired, live);
}
