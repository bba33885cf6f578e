import type { AccountIdentity } from '../../src/model/account.ts';

/** The account of tests that need no sandbox. */
export const OWN: AccountIdentity = {
  id: 'abc123',
  name: 'Example University',
  host: 'api.zoom.us',
  via: { path: 'own', namedBy: 'Zoom' },
};

/** Where a run keeps its lock on the account of a sandbox, below its folder. */
export function lockFileOf({
  env,
}: {
  readonly env: { readonly ZOOM_API_URL: string; readonly ZOOM_ACCOUNT_ID: string };
}): string {
  const { host } = new URL(env.ZOOM_API_URL);
  return `.lockstep/apply-${`${host}-${env.ZOOM_ACCOUNT_ID}`.replaceAll(/[^\w-]/g, '_')}.json`;
}
