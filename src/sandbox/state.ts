/** The state of the sandbox: one plain JSON value, never changed in place. Every write makes a new one that shares the rest. */
import * as z from 'zod';
import { documentsOf } from '../catalog/lookup.ts';
import { LockstepError } from '../errors.ts';
import { documentKey } from '../model/setting.ts';
import type { Scope } from '../model/target.ts';
import { isJsonObject, type JsonObject } from '../util/json.ts';

/**
 * Bodies by `documentKey` (`settings`, `lock_settings?option=meeting_security`, ...). They hold what the plan offers,
 * including settings whose switch is off. The plan does not include a document that is missing.
 */
export type Documents = Readonly<Record<string, JsonObject>>;

export interface AccountState {
  readonly id: string;
  readonly name: string;
  readonly documents: Documents;
}

export interface GroupState {
  readonly id: string;
  readonly name: string;
  readonly documents: Documents;
}

export interface UserState {
  readonly id: string;
  readonly email: string;
  /** In the order of joining: if two groups lock one setting, the first one decides. */
  readonly groupIds: readonly string[];
  readonly status: 'active' | 'inactive' | 'pending';
  readonly documents: Documents;
}

/** An account with its groups and users: the own one, or a sub-account. */
export interface Organisation {
  readonly account: AccountState;
  readonly groups: readonly GroupState[];
  readonly users: readonly UserState[];
}

export interface SubAccount extends Organisation {
  /** The same as `account.id`. */
  readonly id: string;
}

export interface Credentials {
  readonly accountId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Granular or classic names. Absent: every call is allowed. */
  readonly scopes?: readonly string[];
}

export interface SandboxState extends Organisation {
  readonly subAccounts: readonly SubAccount[];
  readonly credentials: Credentials;
}

/** Obviously not real. */
export const SANDBOX_CREDENTIALS: Credentials = {
  accountId: 'sandbox-account',
  clientId: 'sandbox-client',
  clientSecret: 'sandbox-secret',
};

const body = z.custom<JsonObject>(isJsonObject, 'must be an object');
const name = z.string().min(1);

function documents(scope: Scope) {
  const keys = [...new Set(documentsOf(scope).map(({ ref }): string => documentKey(ref)))];
  return z.record(z.string(), body).superRefine((found, context) => {
    for (const key of Object.keys(found)) {
      if (!keys.includes(key)) {
        context.addIssue({
          code: 'custom',
          path: [key],
          message: `${scope}s have no such document; expected one of ${keys.join(', ')}`,
        });
      }
    }
  });
}

const organisation = z.strictObject({
  account: z.strictObject({ id: name, name, documents: documents('account') }),
  groups: z.array(z.strictObject({ id: name, name, documents: documents('group') })).default([]),
  users: z
    .array(
      z.strictObject({
        id: name,
        email: name,
        groupIds: z.array(z.string()).default([]),
        status: z.enum(['active', 'inactive', 'pending']).default('active'),
        documents: documents('user'),
      }),
    )
    .default([]),
});

const writtenState = organisation
  .extend({
    subAccounts: z
      .array(
        organisation
          .extend({ id: name })
          .refine(({ id, account }) => id === account.id, { path: ['id'], message: 'differs from account.id' }),
      )
      .default([]),
    credentials: z
      .strictObject({ accountId: name, clientId: name, clientSecret: name, scopes: z.array(z.string()).optional() })
      .transform(({ scopes, ...rest }): Credentials => (scopes === undefined ? rest : { ...rest, scopes }))
      .optional(),
  })
  .transform(
    ({ credentials, ...rest }): SandboxState => ({
      ...rest,
      credentials: credentials ?? { ...SANDBOX_CREDENTIALS, accountId: rest.account.id },
    }),
  );

/** Parses a state. Throws a `LockstepError` that lists every problem with its place. */
export function parseState(json: unknown): SandboxState {
  const parsed = writtenState.safeParse(json);
  const faults = parsed.success
    ? inconsistencies(parsed.data)
    : parsed.error.issues.map(({ path, message }) => `${path.join('.') || '(top)'}: ${message}`);
  if (!parsed.success || faults.length > 0) {
    throw new LockstepError(`invalid state for the sandbox:\n  ${faults.join('\n  ')}`, {
      hint: 'examples/university/state.json is a complete one',
    });
  }
  return parsed.data;
}

function inconsistencies(state: SandboxState): string[] {
  const organisations = [
    { at: '', organisation: state },
    ...state.subAccounts.map((sub, index) => ({ at: `subAccounts.${index}.`, organisation: sub })),
  ];
  const { accountId } = state.credentials;
  return [
    ...(accountId === state.account.id ? [] : ['credentials.accountId: differs from account.id']),
    ...doubles(
      'account id',
      organisations.map((entry) => entry.organisation.account.id),
    ),
    ...organisations.flatMap(({ at, organisation: { groups, users } }) => {
      const known = new Set(groups.map(({ id }) => id));
      return [
        ...doubles(
          `${at}groups: id`,
          groups.map(({ id }) => id),
        ),
        ...doubles(
          `${at}users: id`,
          users.map(({ id }) => id),
        ),
        ...doubles(
          `${at}users: e-mail`,
          users.map(({ email }) => email.toLowerCase()),
        ),
        ...users.flatMap(({ email, groupIds }) =>
          groupIds
            .filter((id) => !known.has(id))
            .map((id) => `${at}users: ${email} is in a group that does not exist: ${id}`),
        ),
      ];
    }),
  ];
}

function doubles(what: string, values: readonly string[]): string[] {
  const seen = new Set<string>();
  return values.flatMap((value) => {
    const again = seen.has(value);
    seen.add(value);
    return again ? [`${what} ${value} is there twice`] : [];
  });
}
