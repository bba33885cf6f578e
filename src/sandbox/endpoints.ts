/** Every call that the sandbox answers: its path, its rate label, its scope, and what it does. */

import type { Scope } from '../model/target.ts';
import type { Json, JsonObject } from '../util/json.ts';
import { patchDocument } from './account.ts';
import type { Answer } from './answers.ts';
import * as answers from './answers.ts';
import type { Call, Outcome } from './call.ts';
import { fieldsOf } from './fields.ts';
import { getAccount, getGroup, getUser, listGroups, listMembers, listUsers } from './listings.ts';
import type { RateLabel } from './rates.ts';
import { readDocument, selectFields } from './read.ts';
import { type NeededScope, SCOPES } from './scopes.ts';
import type { Organisation } from './state.ts';
import { findHolder, findUser, type Holder, withDocuments } from './targets.ts';

export interface Endpoint {
  readonly method: 'GET' | 'PATCH';
  /** Below `/v2` and, for groups and users, below `/v2/accounts/:accountId` too. */
  readonly path: string;
  readonly label: RateLabel;
  readonly needs: NeededScope;
  /** What the path names, for one update at a time and for the log. */
  readonly scope?: Scope;
  /** The status of "Account does not exist". */
  readonly noAccountStatus?: number;
  readonly handle: (call: Call) => Outcome;
}

type Part = 'settings' | 'lock_settings' | 'settings/registration';

const PLACES: Readonly<Record<Scope, string>> = {
  account: '/accounts/:accountId',
  group: '/groups/:id',
  user: '/users/:id',
};

function documentEndpoints(scope: Scope, part: Part, reads: NeededScope, writes: NeededScope): readonly Endpoint[] {
  const path = `${PLACES[scope]}/${part}`;
  const locksOfAccount = scope === 'account' && part === 'lock_settings';
  return [
    {
      method: 'GET',
      path,
      label: 'Medium',
      needs: reads,
      scope,
      ...(locksOfAccount ? { noAccountStatus: 400 } : {}),
      handle: (call) => onHolder(call, scope, part, (holder, key, section) => readPart(call, holder, key, section)),
    },
    {
      method: 'PATCH',
      path,
      label: 'Medium',
      needs: writes,
      scope,
      handle: (call) =>
        onHolder(call, scope, part, (holder, key, section) => {
          const outcome = patchPart(call, holder, key, section);
          // Documented as 200 here and 204 everywhere else. zoom-api, section 4 ("Success codes").
          return locksOfAccount && outcome.answer.status === 204 ? { ...outcome, answer: { status: 200 } } : outcome;
        }),
    },
  ];
}

export const ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'GET',
    path: PLACES.account,
    label: 'Light',
    needs: SCOPES.readAccount,
    scope: 'account',
    handle: getAccount,
  },
  ...documentEndpoints('account', 'settings', SCOPES.readAccountSettings, SCOPES.writeAccountSettings),
  ...documentEndpoints('account', 'lock_settings', SCOPES.readAccountLocks, SCOPES.writeAccountLocks),
  ...documentEndpoints(
    'account',
    'settings/registration',
    SCOPES.readAccountRegistration,
    SCOPES.writeAccountRegistration,
  ),
  ...documentEndpoints('group', 'settings', SCOPES.readGroupSettings, SCOPES.writeGroupSettings),
  ...documentEndpoints('group', 'lock_settings', SCOPES.readGroupLocks, SCOPES.writeGroupLocks),
  ...documentEndpoints('group', 'settings/registration', SCOPES.readGroupRegistration, SCOPES.writeGroupRegistration),
  ...documentEndpoints('user', 'settings', SCOPES.readUserSettings, SCOPES.writeUserSettings),
  { method: 'GET', path: '/groups', label: 'Medium', needs: SCOPES.listGroups, handle: listGroups },
  { method: 'GET', path: '/groups/:id', label: 'Light', needs: SCOPES.readGroup, handle: onGroup(getGroup) },
  {
    method: 'GET',
    path: '/groups/:id/members',
    label: 'Medium',
    needs: SCOPES.listMembers,
    handle: onGroup(listMembers),
  },
  { method: 'GET', path: '/users', label: 'Medium', needs: SCOPES.listUsers, handle: listUsers },
  { method: 'GET', path: '/users/:id', label: 'Light', needs: SCOPES.readUser, handle: onUser(getUser) },
];

/** Finds the target and the document of a call, and answers if either is not found. */
function onHolder(
  call: Call,
  scope: Scope,
  part: Part,
  handle: (holder: Holder, key: string, section: string | undefined) => Outcome,
): Outcome {
  const missing = scope === 'group' ? missingGroup(call) : scope === 'user' ? missingUser(call, true) : undefined;
  if (missing !== undefined) return { answer: missing };
  const holder = findHolder(call.organisation, scope, scope === 'account' ? call.organisation.account.id : call.id);
  if (holder === undefined) return { answer: answers.unknownEndpoint() };
  const { option, type } = call.query;
  if (part === 'settings/registration') {
    if (type === undefined) return { answer: answers.missingParameter('type') };
    const key = `${part}?type=${type}`;
    return fieldsOf(scope, key) === undefined
      ? { answer: answers.badParameter('type') }
      : handle(holder, key, undefined);
  }
  if (option === undefined) return handle(holder, part, undefined);
  // Zoom lists this option value and does not describe it; the section of that name is in the default answer.
  // zoom-api, sections 4 and 9.
  if (option === 'security' && scope === 'account' && part === 'settings') return handle(holder, part, option);
  const key = `${part}?option=${option}`;
  return fieldsOf(scope, key) === undefined
    ? { answer: answers.badParameter('option') }
    : handle(holder, key, undefined);
}

function readPart(
  { organisation, query, rules }: Call,
  holder: Holder,
  key: string,
  section: string | undefined,
): Outcome {
  const document = readDocument(organisation, holder, key, rules.secrets);
  if (document === undefined) return { answer: answers.paidOnly() };
  const shown = section === undefined ? document : only(document, section);
  const names = query['custom_query_fields']?.split(',').filter((name) => name !== '') ?? [];
  // Not documented for a group's locks. zoom-api, section 4.
  const filtered = names.length > 0 && !(holder.scope === 'group' && key.startsWith('lock_settings'));
  return { answer: answers.ok(filtered ? selectFields(shown, new Set(names)) : shown) };
}

function patchPart(call: Call, holder: Holder, key: string, section: string | undefined): Outcome {
  const { organisation, rules } = call;
  const others = section === undefined ? [] : Object.keys(call.body).filter((name) => name !== section);
  if (others.length > 0 && rules.unknownFields === 'reject') {
    return { answer: answers.invalid(others.map((field) => ({ field, message: 'Unknown field.' }))) };
  }
  const body = section === undefined ? call.body : only(call.body, section);
  const { answer, documents } = patchDocument(organisation, holder, key, body, rules);
  return documents === undefined ? { answer } : { answer, written: withDocuments(organisation, holder, documents) };
}

function only(document: JsonObject, section: string): JsonObject {
  const value: Json | undefined = document[section];
  return value === undefined ? {} : { [section]: value };
}

function onGroup(handle: (call: Call) => Outcome): (call: Call) => Outcome {
  return (call) => {
    const missing = missingGroup(call);
    return missing === undefined ? handle(call) : { answer: missing };
  };
}

function onUser(handle: (call: Call) => Outcome): (call: Call) => Outcome {
  return (call) => {
    const missing = missingUser(call, false);
    return missing === undefined ? handle(call) : { answer: missing };
  };
}

function missingGroup({ state, organisation, id }: Call): Answer | undefined {
  const isHere = ({ groups }: Organisation) => groups.some((group) => group.id === id);
  if (isHere(organisation)) return undefined;
  return [state, ...state.subAccounts].some(isHere) ? answers.foreignGroup() : answers.noGroup(id);
}

function missingUser({ state, organisation, id }: Call, mustHaveAccepted: boolean): Answer | undefined {
  const user = findUser(organisation, id);
  if (user !== undefined) return mustHaveAccepted && user.status === 'pending' ? answers.pendingUser() : undefined;
  const elsewhere = [state, ...state.subAccounts].some((other) => findUser(other, id) !== undefined);
  return elsewhere ? answers.foreignUser() : answers.noUser(id);
}
