/** The values that a saved plan or a journal names and does not hold. */
import type { Setting } from '../../catalog/setting.ts';
import { valueFromText } from '../../catalog/shape.ts';
import { EXIT, LockstepError } from '../../errors.ts';
import { isOfConnection } from '../../model/connection-variables.ts';
import type { Change, Plan, Step } from '../../model/plan.ts';
import { holdsMarker, isSecret, referencesIn } from '../../model/secret.ts';
import { type Json, valueAt } from '../../util/json.ts';
import { settingOfChange } from '../plan/change.ts';
import { Confidential, type Wanting } from '../plan/confidential.ts';
import { siblingsIn } from '../plan/siblings.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The settings whose values a step names and does not hold. */
export function hiddenIn(step: Step): readonly Setting[] {
  const changed = step.changes.filter(holdsMarker).map(settingOfChange);
  return [...changed, ...siblingsIn(step).filter(({ keys }) => isSecret(valueAt(step.request.body, keys)))];
}

/** Every reference in what is sent, and in what a body gets of a change that is left out. */
export function referencesOf({ waves }: Plan): ReadonlySet<string> {
  const references = new Set<string>();
  for (const { request, changes } of waves.flat()) {
    for (const reference of referencesIn(request.body)) references.add(reference);
    for (const { before } of changes) for (const reference of referencesIn(before ?? null)) references.add(reference);
  }
  return references;
}

/** @throws LockstepError that names all values of the plan that are not at hand */
export function valuesOfVariables(plan: Plan, env: Environment): Map<string, Json> {
  const settings = settingsByReference(plan);
  const values = new Map<string, Json>();
  const missing: string[] = [];
  for (const reference of referencesOf(plan)) {
    const [, kind, name = ''] = /^(\w+):(.*)$/s.exec(reference) ?? [];
    if (kind === 'live') continue;
    if (kind === 'env' && isOfConnection(name)) throw leadsToZoom(name);
    const text = textOf(reference, env);
    if (text !== undefined) values.set(reference, valueFromText(text, settings.get(reference)?.declared));
    else if (kind === 'env') missing.push(`${name} is not set`);
    else missing.push(`${reference} stands literally in a policy; name it with !env`);
  }
  if (missing.length === 0) return values;
  throw new LockstepError(`secrets of the plan are not at hand: ${missing.join('; ')}`, { hint: 'nothing was sent' });
}

function leadsToZoom(name: string): LockstepError {
  return new LockstepError(`refused: the plan sends ${name} to Zoom as the value of a setting`, {
    exitCode: EXIT.refused,
    hint: 'nothing was sent; make the plan again',
  });
}

/** A variable has one type: policies refuse another. */
function settingsByReference({ waves }: Plan): ReadonlyMap<string, Setting> {
  const settings = new Map<string, Setting>();
  for (const step of waves.flat()) {
    for (const setting of hiddenIn(step)) {
      const value = valueAt(step.request.body, setting.keys);
      if (isSecret(value)) settings.set(value.$secret, setting);
    }
  }
  return settings;
}

/**
 * What of Zoom must not be written down: what was hidden when the changes were planned, and what repeats their variables.
 * @param steps what travels along with the changes, where that is known
 */
export function confidentialIn(changes: readonly Change[], steps: readonly Step[], env: Environment): Confidential {
  const hidden: Wanting[] = changes.filter(holdsMarker).map((change) => {
    const value = isSecret(change.after) ? change.after : (change.before ?? null);
    return { scope: change.target.scope, facts: [{ kind: 'set', path: change.path, value }] };
  });
  for (const step of steps) {
    const facts = hiddenIn(step).map(({ path, keys }) => {
      return { kind: 'set' as const, path, value: valueAt(step.request.body, keys) ?? null };
    });
    hidden.push({ scope: step.target.scope, facts });
  }
  const references = hidden.flatMap(({ facts }) => facts.flatMap(({ value }) => referencesIn(value)));
  const values = references.flatMap((reference): [string, Json][] => {
    const text = textOf(reference, env);
    return text === undefined ? [] : [[reference, text]];
  });
  return new Confidential(hidden, new Map(values));
}

/** The text of the variable that a reference names, where it is set. */
function textOf(reference: string, env: Environment): string | undefined {
  const name = /^env:(.*)$/s.exec(reference)?.[1];
  return name !== undefined && Object.hasOwn(env, name) && env[name] !== '' ? env[name] : undefined;
}
