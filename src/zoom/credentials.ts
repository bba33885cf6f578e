import * as z from 'zod';
import { ACCOUNT_ID } from '../model/account.ts';
import type { ConnectionVariable } from '../model/connection-variables.ts';

/** The two ways to authenticate. A given token is used as it is and cannot be renewed. */
export type Credentials =
  | {
      readonly kind: 'server-to-server';
      readonly accountId: string;
      readonly clientId: string;
      readonly clientSecret: string;
    }
  | {
      readonly kind: 'token';
      readonly token: string;
      /** The account that the token is said to be of. */
      readonly accountId?: string;
    };

const SERVER_TO_SERVER = [
  'ZOOM_ACCOUNT_ID',
  'ZOOM_CLIENT_ID',
  'ZOOM_CLIENT_SECRET',
] as const satisfies readonly ConnectionVariable[];

export const CREDENTIALS_HINT =
  'set ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET (a server-to-server OAuth app), or try without an account: lockstep sandbox';

/** An empty variable counts as not set. */
export const variable = z
  .string()
  .optional()
  .transform((text) => text?.trim() || undefined);

/** The credentials in an environment. An error is a whole message. */
export const credentialsSchema = z
  .object({
    ZOOM_ACCESS_TOKEN: variable,
    ZOOM_ACCOUNT_ID: variable,
    ZOOM_CLIENT_ID: variable,
    ZOOM_CLIENT_SECRET: variable,
  } satisfies Partial<Record<ConnectionVariable, unknown>>)
  .transform(({ ZOOM_ACCESS_TOKEN: token, ...app }, context): Credentials => {
    const { ZOOM_ACCOUNT_ID: accountId, ZOOM_CLIENT_ID: clientId, ZOOM_CLIENT_SECRET: clientSecret } = app;
    if (accountId !== undefined && !ACCOUNT_ID.test(accountId)) {
      context.addIssue('ZOOM_ACCOUNT_ID is no account id');
      return z.NEVER;
    }
    if (token !== undefined) {
      // Nothing else is valid in a header; a pasted line break is the usual case.
      if (/^[\x21-\x7e]+$/.test(token))
        return { kind: 'token', token, ...(accountId === undefined ? {} : { accountId }) };
      context.addIssue('ZOOM_ACCESS_TOKEN contains characters that no token can have');
      return z.NEVER;
    }
    if (accountId !== undefined && clientId !== undefined && clientSecret !== undefined) {
      return { kind: 'server-to-server', accountId, clientId, clientSecret };
    }
    const missing = SERVER_TO_SERVER.filter((name) => app[name] === undefined);
    context.addIssue(`no credentials for Zoom: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not set`);
    return z.NEVER;
  });
