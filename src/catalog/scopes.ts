/** Which OAuth scope each PATCH needs. zoom-api, section 1 ("Scopes"); the OpenAPI document's `x-granular-scopes`. */
import type { DocumentRef } from '../model/setting.ts';
import type { Scope } from '../model/target.ts';

const ACTIONS: Readonly<Record<DocumentRef['endpoint'], string>> = {
  settings: 'update:settings',
  lock_settings: 'update:lock_settings',
  'settings/registration': 'update:registration_settings',
};

/**
 * The scopes of which one must be granted, granular names first, then the classic ones of older apps.
 * @param subAccount whether the account is managed over the master account's paths
 */
export function scopesToWrite(scope: Scope, endpoint: DocumentRef['endpoint'], subAccount: boolean): readonly string[] {
  // Registration has names of its own, for accounts with `:master` alone; whether the names for settings serve too is
  // not known, so they pass here and Zoom decides.
  const actions = new Set([ACTIONS[endpoint], ...(endpoint === 'settings/registration' ? [ACTIONS.settings] : [])]);
  const levels = subAccount ? ['master'] : ['admin', 'master'];
  const classic = subAccount ? [`${scope}:master`] : [`${scope}:write:admin`, `${scope}:master`];
  const own = scope === 'user' && !subAccount ? ['user:update:settings', 'user:write'] : [];
  const granular = [...actions].flatMap((action) => levels.map((level) => `${scope}:${action}:${level}`));
  return [...granular, ...classic, ...own];
}
