/** Finding an account, a group or a user in an organisation, and putting new documents in its place. */
import type { Scope } from '../model/target.ts';
import type { Documents, Organisation, UserState } from './state.ts';

/** One account, group or user with what is stored for it. */
export interface Holder {
  readonly scope: Scope;
  readonly id: string;
  readonly documents: Documents;
  /** Empty except for users. */
  readonly groupIds: readonly string[];
}

/** The user with this id or this e-mail, which is case-insensitive. */
export function findUser({ users }: Organisation, idOrEmail: string): UserState | undefined {
  const exact = users.find(({ id, email }) => id === idOrEmail || email === idOrEmail);
  if (exact !== undefined || !idOrEmail.includes('@')) return exact;
  const lower = idOrEmail.toLowerCase();
  return users.find(({ email }) => email.toLowerCase() === lower);
}

export function findHolder(organisation: Organisation, scope: Scope, id: string): Holder | undefined {
  switch (scope) {
    case 'account':
      return { scope, id, documents: organisation.account.documents, groupIds: [] };
    case 'group': {
      const group = organisation.groups.find((candidate) => candidate.id === id);
      return group && { scope, id: group.id, documents: group.documents, groupIds: [] };
    }
    case 'user': {
      const user = findUser(organisation, id);
      return user && { scope, id: user.id, documents: user.documents, groupIds: user.groupIds };
    }
  }
}

/** The organisation with other documents for one of its targets. */
export function withDocuments<T extends Organisation>(organisation: T, holder: Holder, documents: Documents): T {
  const replace = <U extends { readonly id: string }>(entries: readonly U[]): U[] =>
    entries.map((entry) => (entry.id === holder.id ? { ...entry, documents } : entry));
  switch (holder.scope) {
    case 'account':
      return { ...organisation, account: { ...organisation.account, documents } };
    case 'group':
      return { ...organisation, groups: replace(organisation.groups) };
    case 'user':
      return { ...organisation, users: replace(organisation.users) };
  }
}
