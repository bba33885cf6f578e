/** Groups, users and members, alone and by pages. zoom-api, sections 4 (recorded answers) and 8. */
import type { JsonObject } from '../util/json.ts';
import { badPageToken, badParameter, ok } from './answers.ts';
import type { Call, Outcome } from './call.ts';
import type { Page } from './paging.ts';
import type { GroupState, Organisation, UserState } from './state.ts';
import { findUser } from './targets.ts';

const DEFAULT_PAGE_SIZE = 30;

export function listGroups(call: Call): Outcome {
  const { organisation } = call;
  const sizes = memberCounts(organisation);
  return paged(call, 'groups', organisation.groups, 300, ({ items, next }) => ({
    total_records: organisation.groups.length,
    groups: items.map((group) => groupRow(group, sizes.get(group.id) ?? 0)),
    ...(next === undefined ? {} : { next_page_token: next }),
  }));
}

export function listUsers(call: Call): Outcome {
  const { status = 'active' } = call.query;
  if (!['active', 'inactive', 'pending'].includes(status)) return { answer: badParameter('status') };
  const users = call.organisation.users.filter((user) => user.status === status);
  return paged(call, `users ${status}`, users, 2000, ({ items, next }, size) => ({
    page_count: Math.ceil(users.length / size),
    page_number: 1,
    page_size: size,
    total_records: users.length,
    next_page_token: next ?? '',
    users: items.map(userRow),
  }));
}

export function listMembers(call: Call): Outcome {
  const { id, organisation } = call;
  const members = organisation.users.filter(({ groupIds }) => groupIds.includes(id));
  return paged(call, `members ${id}`, members, 2000, ({ items, next }, size) => ({
    page_count: Math.ceil(members.length / size),
    page_number: 1,
    page_size: size,
    total_records: members.length,
    members: items.map((user) => ({
      id: user.id,
      email: user.email,
      type: 2,
      // The group that a user joined first is the primary one. zoom-api, section 5.
      primary_group: user.groupIds[0] === id,
    })),
    ...(next === undefined ? {} : { next_page_token: next }),
  }));
}

/** zoom-more, section 1.1. */
export function getAccount({ organisation: { account } }: Call): Outcome {
  return { answer: ok({ id: account.id, account_name: account.name }) };
}

export function getGroup({ organisation, id }: Call): Outcome {
  const group = organisation.groups.find((candidate) => candidate.id === id);
  return { answer: ok(group === undefined ? {} : groupRow(group, memberCounts(organisation).get(id) ?? 0)) };
}

export function getUser({ organisation, id }: Call): Outcome {
  const user = findUser(organisation, id);
  return { answer: ok(user === undefined ? {} : { ...userRow(user), account_id: organisation.account.id }) };
}

function paged<T>(
  { organisation, query, pager, now }: Call,
  what: string,
  items: readonly T[],
  maximum: number,
  body: (page: Page<T>, size: number) => JsonObject,
): Outcome {
  const size = Number(query['page_size'] ?? DEFAULT_PAGE_SIZE);
  if (!Number.isInteger(size) || size < 1 || size > maximum) return { answer: badParameter('page_size') };
  // An empty token means the first page: the last answer's token does so in a careless loop.
  const token = query['next_page_token'] || undefined;
  const page = pager.page(items, { list: `${organisation.account.id} ${what}`, size, token }, now);
  return { answer: page === undefined ? badPageToken() : ok(body(page, size)) };
}

function groupRow({ id, name }: GroupState, members: number): JsonObject {
  return { id, name, total_members: members, in_directory: false, directory_privacy: 2 };
}

/** `group_ids` is left out, not empty, for a user of no group. */
function userRow({ id, email, status, groupIds }: UserState): JsonObject {
  const groups = groupIds.length === 0 ? {} : { group_ids: [...groupIds] };
  return { id, email, type: 2, status, role_id: '2', ...groups };
}

function memberCounts({ users }: Organisation): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const id of users.flatMap(({ groupIds }) => groupIds)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
