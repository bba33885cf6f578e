/** Which OAuth scope each PATCH needs. zoom-api, section 1 ("Scopes"); the OpenAPI document's `x-granular-scopes`. */
import type { DocumentRef } from '../model/setting.ts';
import type { Scope } from '../model/target.ts';

const ACTIONS: Readonly<Record<DocumentRef['endpoint'], string>> = {
  settings: 'update:settings',
  lock_settings: 'update:lock_settings',
  'settings/registration': 'update:registration_settings',
};

/**
 * The scopes of which one must be granted, granular names first, then the classic ones of older apps. Sub-accounts are
 * documented with `:master` names that not every family has, so there any of them passes and Zoom decides.
 */
export function scopesToWrite(scope: Scope, endpoint: DocumentRef['endpoint']): readonly string[] {
  // Registration has names of its own, for accounts with `:master` alone; whether the names for settings serve too is
  // not known, so they pass here and Zoom decides.
  const actions = new Set([ACTIONS[endpoint], ...(endpoint === 'settings/registration' ? [ACTIONS.settings] : [])]);
  const levels = ['admin', 'master'];
  const classic = [`${scope}:write:admin`, `${scope}:master`, 'account:master'];
  const own = scope === 'user' ? ['user:update:settings', 'user:write'] : [];
  const granular = [...actions].flatMap((action) => levels.map((level) => `${scope}:${action}:${level}`));
  return [...granular, ...classic, ...own];
}
