import type * as z from 'zod';
import { EXIT, LockstepError } from '../errors.ts';
import type { Group, User } from '../model/zoom-api.ts';
import { apiErrorText, lacksAccess, type Reply } from './replies.ts';
import { groupsPage, listPath, schemaProblem, usersPage } from './wire.ts';

type Get = (path: string) => Promise<Reply>;
type Kind = 'groups' | 'users';

interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next_page_token?: string | null | undefined;
  /** How many rows all pages have together. */
  readonly total_records?: number | null | undefined;
}

const NO_GROUPS: readonly string[] = [];

/** Far more than any account has: 300,000 groups, 2,000,000 users. */
const MOST_PAGES = 1000;
/** In ids, names and page tokens, which stay in memory: a hundred for each user, if all pages are full. */
const MOST_CHARACTERS = 200_000_000;

/** All groups of the account, in Zoom's order. */
export function listGroups(get: Get, account: string): Promise<readonly Group[]> {
  const page = groupsPage.transform(({ groups, ...rest }) => ({
    ...rest,
    rows: groups.map(({ id, name }) => ({ id, name })),
  }));
  return listAll(get, account, 'groups', page);
}

/** All active users of the account, in Zoom's order. */
export function listUsers(get: Get, account: string): Promise<readonly User[]> {
  const page = usersPage.transform(({ users, ...rest }) => ({
    ...rest,
    rows: users.map(({ id, email, group_ids }) => ({ id, email, groupIds: group_ids ?? NO_GROUPS })),
  }));
  return listAll(get, account, 'users', page);
}

async function listAll<Row extends { readonly id: string }>(
  get: Get,
  account: string,
  kind: Kind,
  schema: z.ZodType<Page<Row>>,
): Promise<readonly Row[]> {
  // By id: other clients met the same user on two pages (zoom-api section 8).
  const rows = new Map<string, Row>();
  const tokens = new Set<string>();
  let token: string | undefined;
  let characters = 0;
  let received = 0;
  for (let count = 1; ; count += 1) {
    const page = pageOf(await get(listPath(account, kind, token)), kind, schema);
    for (const row of page.rows) {
      if (!rows.has(row.id)) rows.set(row.id, row);
      characters += Object.values(row).join('').length;
    }
    if (characters > MOST_CHARACTERS) throw new LockstepError(`listing the ${kind}: more names than any account has`);
    // The last page has an empty token, or none.
    token = page.next_page_token || undefined;
    received += page.rows.length;
    if (token === undefined) {
      assertComplete(kind, received, page.total_records ?? 0);
      return [...rows.values()];
    }
    if (tokens.has(token)) throw new LockstepError(`listing the ${kind}: Zoom sent the same next_page_token twice`);
    if (count === MOST_PAGES) throw new LockstepError(`listing the ${kind}: no end after ${MOST_PAGES} pages`);
    tokens.add(token);
    characters += token.length;
  }
}

/** A list that is cut short would look like an account that has fewer. */
function assertComplete(kind: Kind, received: number, total: number): void {
  if (received >= total) return;
  throw new LockstepError(`listing the ${kind}: Zoom has ${total} and sent ${received}, without a page that follows`, {
    hint: 'run again; if it stays so, report it to Zoom',
  });
}

function pageOf<Row>({ error, body }: Reply, kind: Kind, schema: z.ZodType<Page<Row>>): Page<Row> {
  if (error !== undefined) {
    throw new LockstepError(`listing the ${kind}: ${apiErrorText(error)}`, {
      exitCode: lacksAccess(error) ? EXIT.credentials : EXIT.error,
    });
  }
  const parsed = schema.safeParse(body.ok ? body.value : undefined);
  if (parsed.success) return parsed.data;
  throw new LockstepError(`listing the ${kind}: Zoom's reply was not understood: ${schemaProblem(parsed.error)}`);
}
