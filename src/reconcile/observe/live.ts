import { factAt } from '../../catalog/lookup.ts';
import { documentKey, type SettingPath } from '../../model/setting.ts';
import type { DesiredFact, LiveTarget } from '../../model/state.ts';
import type { Scope } from '../../model/target.ts';
import type { Json } from '../../util/json.ts';
import { liveValue } from '../plan/normalize.ts';

/** What Zoom has at a path, or `undefined` where its document was not read or does not list it. */
export function liveAt(scope: Scope, path: SettingPath, live: LiveTarget & { state: 'found' }): Json | undefined {
  const setting = factAt(scope, 'set', path);
  const document = setting && live.documents.get(documentKey(setting.document.ref));
  return document?.state === 'read' && setting !== undefined ? liveValue(setting, document.body) : undefined;
}

/** The same for a setting or a lock key. */
export function liveFactAt(
  scope: Scope,
  { kind, path }: Pick<DesiredFact, 'kind' | 'path'>,
  live: LiveTarget & { state: 'found' },
): Json | undefined {
  if (kind === 'set') return liveAt(scope, path, live);
  const setting = factAt(scope, 'lock', path);
  const document = setting && live.documents.get(documentKey(setting.document.ref));
  return document?.state === 'read' && setting !== undefined ? liveValue(setting, document.body) : undefined;
}
