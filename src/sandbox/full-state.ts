import type { Scope } from '../model/target.ts';
import { type Documents, SANDBOX_CREDENTIALS, type SandboxState } from './state.ts';
import { allSwitches, documentsFrom } from './template.ts';

/**
 * An account that is offered everything: each field of each document that can be read, with every switch on, no lock,
 * and no coupling in force. Groups are named "Group 0001" and up, users "user0001@example.edu". All groups share one
 * set of documents until one of them is written to, so that thousands cost next to nothing.
 */
export function fullState({ groups = 0, users = 0 }: { groups?: number; users?: number } = {}): SandboxState {
  const [groupDocuments, userDocuments] = [fullDocuments('group'), fullDocuments('user')];
  return {
    account: { id: SANDBOX_CREDENTIALS.accountId, name: 'Everything', documents: fullDocuments('account') },
    groups: numbered(groups).map((number) => ({
      id: `group-${number}`,
      name: `Group ${number}`,
      documents: groupDocuments,
    })),
    users: numbered(users).map((number) => ({
      id: `user-${number}`,
      email: `user${number}@example.edu`,
      groupIds: [],
      status: 'active',
      documents: userDocuments,
    })),
    subAccounts: [],
    credentials: SANDBOX_CREDENTIALS,
  };
}

function fullDocuments(scope: Scope): Documents {
  const switches = [...allSwitches(scope)].map((path) => [path, true] as const);
  return documentsFrom(scope, {
    values: { ...Object.fromEntries(switches), 'schedule_meeting.require_password_for_pmi_meetings': 'none' },
  });
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(index + 1).padStart(4, '0'));
}
