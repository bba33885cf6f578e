/** Which account of which Zoom: it is part of everything that is planned, kept and shown, and "me" never is. */
import { stableText } from '../util/json.ts';
import { printable } from '../util/printable.ts';
import type { Provenance } from './state.ts';

/** An id is no spelling of the own account, and can be part of a path. Zoom's are 22 characters of base64url. */
export const ACCOUNT_ID = /^(?!(?:me|\.{1,2})$)[^\s\p{C}]{1,200}$/u;

export interface AccountIdentity {
  /** As `ACCOUNT_ID` describes it. */
  readonly id: string;
  /** For people: names need not be unique. Absent where Zoom does not show it. */
  readonly name?: string;
  /** Host and port of the API: `api.zoom.us`, `127.0.0.1:8780`. */
  readonly host: string;
  readonly via: Via;
}

/** How a run reaches its account. */
export interface Via {
  /** The account of the credentials, or one of its sub-accounts. */
  readonly path: 'own' | 'master';
  /** The id of the master account, where it is known. */
  readonly master?: string;
  /** `Zoom`: it issued a token for the account, or showed the account. Otherwise nobody but this has named it. */
  readonly namedBy: 'Zoom' | 'ZOOM_ACCOUNT_ID' | '--account' | 'policy';
}

/** What a policy is for: any other account is refused. */
export interface AccountDemand {
  readonly accounts: readonly string[];
  readonly provenance: Provenance;
}

declare const brand: unique symbol;

/** Identifies an account: two runs with the same key are about the same account, by the same path. */
export type AccountKey = string & { readonly [brand]: 'AccountKey' };

export function accountKey({ id, host, via }: AccountIdentity): AccountKey {
  return stableText([host, via.path, id]) as AccountKey;
}

export function isSameAccount(one: AccountIdentity, other: AccountIdentity): boolean {
  return accountKey(one) === accountKey(other);
}

/** `Example University (abc123)`; the id alone where no name is known. */
export function accountName({ id, name }: Pick<AccountIdentity, 'id' | 'name'>): string {
  return printable(name === undefined ? id : `${name} (${id})`);
}

/** `Example University (abc123) at api.zoom.us`, and the path where it is not the usual one. */
export function accountLine(account: AccountIdentity): string {
  const { host, via } = account;
  const path = via.path === 'own' ? '' : `, through ${via.master === undefined ? 'its' : 'the'} master account`;
  const master = via.master === undefined ? '' : ` ${via.master}`;
  const unproven = via.path === 'own' && via.namedBy !== 'Zoom' ? `, as ${via.namedBy} says` : '';
  return `${accountName(account)} at ${printable(`${host}${path}${master}${unproven}`)}`;
}
