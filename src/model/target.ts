/** The three levels that Zoom keeps settings at. Locks exist for accounts and groups only. */
export type Scope = 'account' | 'group' | 'user';

/** The levels that can lock a setting for those below. */
export type LockScope = 'account' | 'group';

/** One account, group or user as a policy names it. */
export type TargetRef =
  | { readonly scope: 'account' }
  | { readonly scope: 'group'; readonly name: string }
  | { readonly scope: 'user'; readonly email: string };

/** A target that was found in Zoom. `id` is the account's, the group's, or a user's e-mail. */
export type Target = TargetRef & { readonly id: string };

/** How a target is written in output and in `--target`: `account`, `group:Students`, `user:dean@example.edu`. */
export function targetLabel(target: TargetRef): string {
  switch (target.scope) {
    case 'account':
      return 'account';
    case 'group':
      return `group:${target.name}`;
    case 'user':
      return `user:${target.email}`;
  }
}

declare const brand: unique symbol;

/** Identifies a target of a run, in maps: by Zoom's id, never by a name that two groups can share. */
export type TargetKey = string & { readonly [brand]: 'TargetKey' };

export function targetKey(target: Target): TargetKey {
  return `${target.scope} ${target.id}` as TargetKey;
}
