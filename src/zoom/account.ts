/** What Zoom shows of the account that a run is about. Nothing depends on it but where nobody else names the account. */
import * as z from 'zod';
import { ACCOUNT_ID } from '../model/account.ts';
import type { Connection } from './connection.ts';
import type { RequestFailure } from './failure.ts';
import { apiErrorText, type Reply } from './replies.ts';
import type { Requests } from './requests.ts';
import { accountPath } from './wire.ts';

/** Who the account is, or why Zoom does not say: no scope for it, or no answer. */
export type ShownAccount =
  | { readonly state: 'shown'; readonly id: string; readonly name?: string }
  | { readonly state: 'refused' | 'unanswered'; readonly because: string };

/** Zoom documents these for the call (zoom-more, section 1.1). */
const SCOPES = {
  own: ['account:read:sub_account:admin', 'account:read:sub_account:master', 'account:master'],
  sub: ['account:read:sub_account:master', 'account:master'],
} as const;

const LONGEST_NAME = 200;

const accountReply = z.looseObject({
  id: z.string().regex(ACCOUNT_ID),
  account_name: z.string().optional(),
});

/** One request at most, and none where the token's scopes do not allow it. */
export async function readAccount(
  { account }: Pick<Connection, 'account'>,
  requests: Pick<Requests<'GET'>, 'request' | 'scopes'>,
): Promise<ShownAccount> {
  const anyOf: readonly string[] = account === 'me' ? SCOPES.own : SCOPES.sub;
  const granted = await requests.scopes();
  if (granted !== undefined && !anyOf.some((scope) => granted.includes(scope))) {
    return { state: 'refused', because: `the token has none of the scopes ${anyOf.join(', ')}` };
  }
  const path = accountPath(account);
  const outcome = await requests.request({ method: 'GET', path, rateClass: 'light', optional: true });
  return outcome.kind === 'reply' ? shownIn(outcome) : unanswered(outcome);
}

function shownIn({ error, body }: Reply): ShownAccount {
  if (error !== undefined) return { state: 'refused', because: apiErrorText(error) };
  const parsed = accountReply.safeParse(body.ok ? body.value : undefined);
  if (!parsed.success) return { state: 'unanswered', because: "Zoom's reply does not name an account" };
  const { id, account_name = '' } = parsed.data;
  const name = account_name.trim().slice(0, LONGEST_NAME);
  return { state: 'shown', id, ...(name === '' ? {} : { name }) };
}

function unanswered({ reason }: RequestFailure): ShownAccount {
  return { state: 'unanswered', because: reason };
}
