/** A small organisation for the sandbox: only the documents that a test names, everything else is not offered. */

import { parseState, type SandboxOptions, type SandboxState } from '../../src/sandbox/index.ts';
import type { JsonObject } from '../../src/util/json.ts';

/** What a story may say of the Zoom that it meets, where Zoom does not say it of itself. */
export type SandboxBehaviour = Pick<SandboxOptions, 'lockedWrite' | 'unknownFields' | 'nestedObjects' | 'secrets'>;

type Documents = Record<string, JsonObject>;

export interface Organisation {
  readonly account?: Documents;
  readonly groups?: Readonly<Record<string, Documents>>;
  readonly users?: Readonly<Record<string, Documents & { groups?: never }>>;
  /** Names of the groups that each user is in. */
  readonly members?: Readonly<Record<string, readonly string[]>>;
}

export function stateOf({ account = {}, groups = {}, users = {}, members = {} }: Organisation): SandboxState {
  const idOf = (name: string) => `id-of-${Object.keys(groups).indexOf(name)}`;
  return parseState({
    account: { id: 'sandbox-account', name: 'Example', documents: account },
    groups: Object.entries(groups).map(([name, documents]) => ({ id: idOf(name), name, documents })),
    users: Object.entries(users).map(([email, documents], index) => ({
      id: `user-${index}`,
      email,
      groupIds: (members[email] ?? []).map(idOf),
      status: 'active',
      documents,
    })),
    subAccounts: [],
    credentials: { accountId: 'sandbox-account', clientId: 'sandbox-client', clientSecret: 'sandbox-secret' },
  });
}

/** The other way round, for comparing whole states. */
export function organisationOf({ account, groups, users }: SandboxState): Organisation {
  return {
    account: { ...account.documents },
    groups: Object.fromEntries(groups.map(({ name, documents }) => [name, { ...documents }])),
    users: Object.fromEntries(users.map(({ email, documents }) => [email, { ...documents }])),
  };
}
