/** Settings that Zoom has under two names, in two documents. */
import { aliasesOf, underOtherName } from '../../catalog/alias.ts';
import { settingsOf } from '../../catalog/lookup.ts';
import type { Setting } from '../../catalog/setting.ts';
import type { Change } from '../../model/plan.ts';
import { settingKey } from '../../model/setting.ts';
import type { DesiredFact, DesiredTarget } from '../../model/state.ts';
import { settingOfChange } from './change.ts';
import { isPatchedBefore } from './order.ts';
import { wholeObject } from './siblings.ts';

/**
 * Values that a changed object must carry under another name. When one document sets a value, and a later document gets the
 * object that holds the same setting under its other name, that object must not take the value back. The value is wanted
 * there too, so that the plan shows it and the journal records it.
 */
export function wantedUnderOtherNames(
  { target: { scope }, facts }: DesiredTarget,
  changes: readonly Change[],
): readonly DesiredFact[] {
  const objects = new Set(
    changes.flatMap((change) => (change.kind === 'set' ? (objectKey(settingOfChange(change)) ?? []) : [])),
  );
  if (objects.size === 0) return [];
  const named = new Set(facts.map(settingKey));
  return facts.flatMap((fact) => {
    const own = fact.kind === 'set' ? settingsOf(scope).get(fact.path) : undefined;
    if (own === undefined) return [];
    return aliasesOf(scope, fact.path).flatMap((alias): DesiredFact[] => {
      const other = settingsOf(scope).get(alias.path);
      const value = underOtherName(alias, fact.value);
      if (other === undefined || value === undefined || named.has(settingKey({ kind: 'set', path: alias.path })))
        return [];
      if (!objects.has(objectKey(other) ?? '') || !isPatchedBefore(own.document.name, other.document.name)) return [];
      return [{ ...fact, path: alias.path, value }];
    });
  });
}

function objectKey({ document, keys }: Setting): string | undefined {
  const whole = wholeObject(keys);
  return whole === undefined ? undefined : `${document.name} ${whole.join('.')}`;
}
