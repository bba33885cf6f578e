/** Which scope each call needs. zoom-api, section 1 ("Scopes"). */

/** Names without their level: `account` and `read:settings` make `account:read:settings:admin` and `:master`. */
export interface NeededScope {
  readonly family: 'account' | 'group' | 'user';
  readonly action: string;
  readonly verb: 'read' | 'write';
  /** Documented with `:master` alone, so an app of an ordinary account cannot get it under granular scopes. */
  readonly masterOnly?: boolean;
}

const read = (family: NeededScope['family'], action: string) =>
  ({ family, action: `read:${action}`, verb: 'read' }) as const;
const write = (family: NeededScope['family'], action: string) =>
  ({ family, action: `update:${action}`, verb: 'write' }) as const;

export const SCOPES = {
  readAccount: read('account', 'sub_account'),
  readAccountSettings: read('account', 'settings'),
  writeAccountSettings: write('account', 'settings'),
  readAccountLocks: { ...read('account', 'lock_settings'), masterOnly: true },
  writeAccountLocks: write('account', 'lock_settings'),
  readAccountRegistration: { ...read('account', 'registration_settings'), masterOnly: true },
  writeAccountRegistration: { ...write('account', 'registration_settings'), masterOnly: true },
  listGroups: read('group', 'list_groups'),
  readGroup: read('group', 'group'),
  listMembers: read('group', 'list_members'),
  readGroupSettings: read('group', 'settings'),
  writeGroupSettings: write('group', 'settings'),
  readGroupRegistration: read('group', 'registration_settings'),
  writeGroupRegistration: write('group', 'registration_settings'),
  readGroupLocks: read('group', 'lock_settings'),
  writeGroupLocks: write('group', 'lock_settings'),
  listUsers: read('user', 'list_users'),
  readUser: read('user', 'user'),
  readUserSettings: read('user', 'settings'),
  writeUserSettings: write('user', 'settings'),
} as const satisfies Record<string, NeededScope>;

/** The scopes of an unrestricted token: every granular name. */
export const ALL_SCOPES: readonly string[] = Object.values(SCOPES).flatMap((scope: NeededScope) =>
  granular(scope, false),
);

/**
 * The scopes of which one is needed and none is granted; empty if the call is allowed.
 * @param ofSubAccount the call is about a sub-account, which needs a scope of the master account
 */
export function missingScopes(
  needed: NeededScope,
  granted: readonly string[] | undefined,
  ofSubAccount: boolean,
): readonly string[] {
  if (granted === undefined) return [];
  const names = granular(needed, ofSubAccount);
  const classic = [`${needed.family}:master`, ...(ofSubAccount ? [] : [`${needed.family}:${needed.verb}:admin`])];
  return [...names, ...classic].some((scope) => granted.includes(scope)) ? [] : names;
}

function granular({ family, action, masterOnly = false }: NeededScope, ofSubAccount: boolean): string[] {
  const levels = masterOnly || ofSubAccount ? ['master'] : ['admin', 'master'];
  return levels.map((level) => `${family}:${action}:${level}`);
}
