/** The locks that a run removes: what they hold below reads right now and may not afterwards. */
import { locksOver } from '../../catalog/levels.ts';
import type { Change } from '../../model/plan.ts';
import type { SettingPath } from '../../model/setting.ts';
import type { DesiredTarget } from '../../model/state.ts';
import type { Scope } from '../../model/target.ts';

export class RemovedLocks {
  readonly #account = new Set<SettingPath>();
  /** By lock, the ids of the groups that remove it. */
  readonly #groups = new Map<SettingPath, Set<string>>();

  add(changes: readonly Change[]): void {
    for (const { kind, path, target } of changes) {
      if (kind !== 'unlock') continue;
      if (target.scope === 'account') this.#account.add(path);
      else this.#groups.set(path, (this.#groups.get(path) ?? new Set()).add(target.id));
    }
  }

  /** Whether a lock of a group reads as on only because the account has the same, which this run removes. */
  holdsGroupLock(lock: SettingPath): boolean {
    return locksOver('account', 'group', lock).some((key) => this.#account.has(key));
  }

  /** Whether it matters for what is wanted of a target which groups it is in. */
  needsMembership({ target, facts }: DesiredTarget): boolean {
    return (
      target.scope === 'user' &&
      this.#groups.size > 0 &&
      facts.some(({ path }) => locksOver('group', 'user', path).some((lock) => this.#groups.has(lock)))
    );
  }

  /**
   * The lock above that holds a setting of a target in place today and is removed by this run.
   * @param memberOf the user's groups; a user with unknown groups counts as a member of every group
   */
  over(scope: Scope, path: SettingPath, memberOf: readonly string[] | undefined): SettingPath | undefined {
    if (scope === 'account') return undefined;
    const byAccount = locksOver('account', scope, path).find((lock) => this.#account.has(lock));
    if (byAccount !== undefined || scope === 'group') return byAccount;
    return locksOver('group', scope, path).find((lock) => {
      const groups = this.#groups.get(lock);
      return memberOf === undefined ? groups !== undefined : memberOf.some((id) => groups?.has(id));
    });
  }
}
