/** Random organisations, and policies that can be had of them: no two facts of one contradict each other. */
import fc from 'fast-check';
import { locksOver } from '../../src/catalog/levels.ts';
import { locksOf, settingsOf } from '../../src/catalog/lookup.ts';
import type { Setting } from '../../src/catalog/setting.ts';
import { fullState, type SandboxState } from '../../src/sandbox/index.ts';
import type { Json, JsonObject } from '../../src/util/json.ts';
import { inObjects, nested, placed, plainLocks, plainSettings, someValues } from './arbitrary.ts';

const BASE = fullState({ groups: 2, users: 1 });
const NAMES = BASE.groups.map(({ name }) => name);

type Level = 'account' | 'group' | 'user';
export type Facts = Readonly<Record<Level, ReadonlyMap<string, Json>>>;

/** A handful of settings that all levels have and lock, so that the levels meet; and any others beside. */
const atOther = (scope: 'group' | 'user', { path }: Setting) =>
  plainSettings(scope).filter((other) => other.path === path);
const sameShape = (a: Setting, b: Setting) => JSON.stringify(a.shape) === JSON.stringify(b.shape);
const sameAt = (scope: 'group' | 'user', setting: Setting) =>
  atOther(scope, setting).some((other) => sameShape(other, setting));
const clashesAt = (scope: 'group' | 'user', setting: Setting) =>
  atOther(scope, setting).some((other) => !sameShape(other, setting));
const shared = plainSettings('account')
  .filter((setting) => sameAt('group', setting) && sameAt('user', setting))
  .filter(
    ({ path }) =>
      plainLocks('account').some((lock) => lock.path === path) &&
      plainLocks('group').some((lock) => lock.path === path),
  );

/** Same path at several levels and of another type there: one value cannot serve them all. */
const clashing = new Set(
  [...plainSettings('account'), ...plainSettings('group')]
    .filter((setting) => clashesAt('group', setting) || clashesAt('user', setting))
    .map(({ path }) => path),
);
const sharedPaths = new Set(shared.map(({ path }) => path));
const apart = ({ path }: Setting) => !sharedPaths.has(path) && !clashing.has(path);
const APART: Readonly<Record<Level, readonly Setting[]>> = {
  account: plainSettings('account').filter(apart),
  group: plainSettings('group').filter(apart),
  user: plainSettings('user').filter(apart),
};

/** Small, so that a counterexample can be read; `built` makes the organisation and the policy from it. */
export interface Given {
  readonly live: Facts;
  readonly liveLocks: Facts;
  readonly wanted: Facts;
  readonly wantedLocks: Facts;
  /** Groups that the user is in, by their place in the organisation. */
  readonly memberOf: readonly number[];
}

export const given: fc.Arbitrary<Given> = fc
  .uniqueArray(fc.constantFrom(...shared), { minLength: 3, maxLength: 5, selector: ({ path }) => path })
  .chain((few) => {
    const of = (scope: Level) =>
      fc
        .tuple(
          someValues(APART[scope], 5),
          someValues(inObjects(APART[scope]), 3),
          someValues(
            few.flatMap(({ path }) => settingsOf(scope).get(path) ?? []),
            5,
          ),
        )
        .map((parts) => new Map(parts.flatMap((part) => [...part])));
    const locks = (level: 'account' | 'group') =>
      fc
        .tuple(
          someValues(plainLocks(level), 3),
          someValues(
            few.flatMap(({ path }) => locksOf(level).get(path) ?? []),
            5,
          ),
        )
        .map((parts) => new Map(parts.flatMap((part) => [...part])));
    const facts = fc.record({ account: of('account'), group: of('group'), user: of('user') });
    const lockFacts = fc.record({
      account: locks('account'),
      group: locks('group'),
      user: fc.constant(new Map<string, Json>()),
    });
    const memberOf = fc.shuffledSubarray(NAMES.map((_, index) => index));
    return fc.record({ live: facts, liveLocks: lockFacts, wanted: facts, wantedLocks: lockFacts, memberOf });
  });

/** What a policy asks for. */
export interface Wanted {
  readonly values: Facts;
  readonly locks: Facts;
}

/** One organisation and what is wanted of it. */
export function built({ live, liveLocks, wanted, wantedLocks, memberOf }: Given): {
  state: SandboxState;
  wanted: Wanted;
} {
  // One value for one setting at every level, and no level unlocks what the one above locks: anything else is a
  // contradiction that no order can resolve.
  const agreed = (values: ReadonlyMap<string, Json>, above: ReadonlyMap<string, Json>[]) =>
    new Map([...values].map(([path, value]) => [path, above.find((map) => map.has(path))?.get(path) ?? value]));
  const group = agreed(wanted.group, [wanted.account]);
  const user = agreed(wanted.user, [wanted.account, group]);
  const locksAbove = (path: string) => locksOver('account', 'group', path);
  const groupLocks = new Map(
    [...wantedLocks.group].filter(
      ([path, on]) => on === true || !locksAbove(path).some((lock) => wantedLocks.account.get(lock)),
    ),
  );
  // What a lock of the account hides at a group, and the policy does not name there, is found when that lock is gone: no
  // plan can reckon with it.
  const isHidden = (path: string) => locksAbove(path).some((lock) => liveLocks.account.get(lock));
  const groupLive = new Map([...live.group].filter(([path]) => group.has(path) || !isHidden(path)));
  const groupLiveLocks = new Map([...liveLocks.group].filter(([path]) => groupLocks.has(path) || !isHidden(path)));
  const seen = { ...live, group: new Map([...[...live.account].filter(([path]) => isHidden(path)), ...groupLive]) };
  const seenLocks = { ...liveLocks, group: groupLiveLocks };
  const put = (scope: Level, documents: Readonly<Record<string, JsonObject>>) =>
    placed(placed(documents, settingsOf(scope), seen[scope]), locksOf(scope), seenLocks[scope]);
  const groupIds = memberOf.map((index) => BASE.groups[index]?.id ?? '');
  const state: SandboxState = {
    ...BASE,
    account: { ...BASE.account, documents: put('account', BASE.account.documents) },
    groups: BASE.groups.map((entry) => ({ ...entry, documents: put('group', entry.documents) })),
    users: BASE.users.map((entry) => ({ ...entry, groupIds, documents: put('user', entry.documents) })),
  };
  const values = { account: wanted.account, group, user };
  return { state, wanted: { values, locks: { ...wantedLocks, group: groupLocks } } };
}

export function policyOf({ values, locks }: Wanted): JsonObject {
  const entry = (level: 'account' | 'group') => ({
    ...nested(values[level]),
    lock_settings: nested(locks[level]).settings,
  });
  return {
    version: 1,
    account: entry('account'),
    groups: { [`${NAMES[0]?.slice(0, -1)}*`]: entry('group') },
    users: { [BASE.users[0]?.email ?? '']: nested(values.user) },
  };
}

export function isEmpty({ values, locks }: Wanted): boolean {
  return [values, locks].every((facts) => Object.values(facts).every(({ size }) => size === 0));
}
