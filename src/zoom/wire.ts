import * as z from 'zod';
import { LockstepError } from '../errors.ts';
import type { DocumentRef } from '../model/setting.ts';
import type { Target } from '../model/target.ts';
import { excerpt } from './excerpt.ts';

/** The class of every read, write and listing, but for a single user (zoom-api section 2). */
export const RATE_CLASS = 'medium';

/** Zoom's largest pages (zoom-api section 8). */
const PAGE_SIZE = { groups: 300, users: 2000 } as const;

/**
 * Path and query of a document, relative to the API's base. A sub-account's groups and users are reached through
 * the master account: `/accounts/{id}/groups/{id}/settings`.
 */
export function documentPath(account: string, target: Target, { endpoint, query }: DocumentRef): string {
  const search = new URLSearchParams(query).toString();
  return `${targetPath(account, target)}/${endpoint}${search === '' ? '' : `?${search}`}`;
}

/** Path and query of one page of groups or users. Pending users have no settings, so active ones only. */
export function listPath(account: string, kind: 'groups' | 'users', pageToken: string | undefined): string {
  const query = new URLSearchParams({
    page_size: String(PAGE_SIZE[kind]),
    ...(kind === 'users' ? { status: 'active' } : {}),
    ...(pageToken === undefined ? {} : { next_page_token: pageToken }),
  });
  return `${accountPrefix(account)}/${kind}?${query}`;
}

/** The account itself, for its name. */
export function accountPath(account: string): string {
  return `/accounts/${segment(account)}`;
}

function targetPath(account: string, target: Target): string {
  switch (target.scope) {
    case 'account':
      return accountPath(account);
    case 'group':
      return `${accountPrefix(account)}/groups/${segment(target.id)}`;
    case 'user':
      return `${accountPrefix(account)}/users/${segment(target.id)}`;
  }
}

function accountPrefix(account: string): string {
  return account === 'me' ? '' : `/accounts/${segment(account)}`;
}

/** An id as one path segment. `.` and `..` cannot be encoded, and would lead to another document. */
function segment(id: string): string {
  if (id === '' || id === '.' || id === '..' || /\p{Cs}/u.test(id)) {
    throw new LockstepError(`"${excerpt(id, 60)}" is not a valid Zoom id`);
  }
  return encodeURIComponent(id);
}

/** Form body of the token request: in the query Zoom has refused them since 2025 (zoom-api section 1). */
export function tokenForm(accountId: string): URLSearchParams {
  return new URLSearchParams({ grant_type: 'account_credentials', account_id: accountId });
}

/** One user, to read which groups they are in. */
export function userPath(account: string, user: string): string {
  return `${accountPrefix(account)}/users/${segment(user)}`;
}

/** Absent for a user who is in no group (zoom-api section 4). */
const groupIds = z.array(z.string()).optional();

export const userReply = z.looseObject({ group_ids: groupIds });

const page = { next_page_token: z.string().nullish(), total_records: z.number().nullish() };

export const groupsPage = z.looseObject({
  groups: z.array(z.looseObject({ id: z.string().min(1), name: z.string() })),
  ...page,
});

export const usersPage = z.looseObject({
  users: z.array(z.looseObject({ id: z.string().min(1), email: z.string(), group_ids: groupIds })),
  ...page,
});

/** The scope list can be missing for older apps. A token with other characters is not valid in a header. */
export const tokenReply = z.looseObject({
  access_token: z.string().regex(/^[\x21-\x7e]+$/, 'contains characters that no token can have'),
  expires_in: z.number().positive(),
  scope: z.string().optional(),
});

/** The first problem of a reply, described: `groups[3].name: expected string, received number`. */
export function schemaProblem(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'unexpected shape';
  const path = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return excerpt(`${path.replace(/^\./, '') || 'reply'}: ${issue.message.replace(/^Invalid input: /, '')}`);
}
