/** Which account a run is about: what is stated and what Zoom shows, which must agree. */
import { EXIT, LockstepError, refusal } from '../errors.ts';
import { type AccountDemand, type AccountIdentity, accountLine, accountName, type Via } from '../model/account.ts';
import { positionOf } from '../model/state.ts';
import type { Connection } from '../zoom/connection.ts';
import type { ShownAccount } from '../zoom/zoom.ts';

/**
 * @param only what the policies of the run are for
 * @throws LockstepError exit 3 for another account than a stated one or one of `only`; where nothing names the account 5, or 1
 *   when Zoom did not answer
 */
export function identify(
  connection: Connection,
  shown: ShownAccount,
  only: readonly AccountDemand[] = [],
): AccountIdentity {
  const stated = statedIn(connection, only);
  if (stated === undefined && shown.state !== 'shown') throw nameless(shown);
  const found = shown.state === 'shown' ? shown : undefined;
  const id = stated?.id ?? found?.id ?? '';
  const identity: AccountIdentity = {
    id,
    ...(found?.name === undefined ? {} : { name: found.name }),
    host: connection.apiUrl.host,
    via: viaOf(connection, found === undefined ? (stated?.namedBy ?? 'Zoom') : 'Zoom'),
  };
  if (stated !== undefined && found !== undefined && found.id !== stated.id) {
    const zoom = accountLine({ ...identity, id: found.id });
    throw refusal(
      `refused: ${stated.source} names the account ${accountName(stated)}, and Zoom says that it is ${zoom}`,
      `correct ${stated.source} or the credentials`,
    );
  }
  for (const { accounts, provenance } of only) {
    if (accounts.includes(id)) continue;
    const what = `is for ${accounts.map((one) => accountName({ id: one })).join(', ')}`;
    throw refusal(`refused: ${positionOf(provenance)} ${what}; this run is for ${accountLine(identity)}`);
  }
  return identity;
}

/** What names the account before Zoom is asked. */
interface Stated {
  readonly id: string;
  readonly source: string;
  readonly namedBy: Via['namedBy'];
}

function statedIn({ account, credentials }: Connection, only: readonly AccountDemand[]): Stated | undefined {
  if (account !== 'me') return { id: account, source: '--account', namedBy: '--account' };
  const source = 'ZOOM_ACCOUNT_ID';
  // Zoom has issued a token for this account.
  if (credentials.kind === 'server-to-server') return { id: credentials.accountId, source, namedBy: 'Zoom' };
  if (credentials.accountId !== undefined) return { id: credentials.accountId, source, namedBy: source };
  const [first, ...others] = new Set(only.flatMap(({ accounts }) => accounts));
  const [demand] = only;
  if (first === undefined || demand === undefined || others.length > 0) return undefined;
  return { id: first, source: positionOf(demand.provenance), namedBy: 'policy' };
}

function viaOf({ account, credentials: { accountId } }: Connection, namedBy: Via['namedBy']): Via {
  if (account === 'me') return { path: 'own', namedBy };
  return { path: 'master', ...(accountId === undefined ? {} : { master: accountId }), namedBy };
}

function nameless({ state, because }: Exclude<ShownAccount, { state: 'shown' }>): LockstepError {
  return new LockstepError(
    `nothing says which account ZOOM_ACCESS_TOKEN is of, and Zoom does not show it: ${because}`,
    {
      exitCode: state === 'refused' ? EXIT.credentials : EXIT.error,
      hint: 'set ZOOM_ACCOUNT_ID, or name the account in the policy: `for: [ACCOUNT-ID]`',
    },
  );
}
