/** Desired facts and live documents by their names, so that a test says only what is unusual. */
import { factAt } from '../../src/catalog/lookup.ts';
import { documentKey } from '../../src/model/setting.ts';
import type { DesiredFact, DesiredTarget, LiveDocument, LiveTarget } from '../../src/model/state.ts';
import type { Target } from '../../src/model/target.ts';
import type { Surroundings } from '../../src/reconcile/plan/siblings.ts';
import { type Json, type JsonObject, withValueAt } from '../../src/util/json.ts';

export const ACCOUNT: Target = { scope: 'account', id: 'me' };
export const STUDENTS: Target = { scope: 'group', name: 'Students', id: 'g1' };
export const DEAN: Target = { scope: 'user', email: 'dean@example.edu', id: 'dean@example.edu' };

export function set(path: string, value: Json, line = 1): DesiredFact {
  return { kind: 'set', path, value, provenance: { file: 'p.yaml', line, column: 1 } };
}

export function lock(path: string, value = true, line = 1): DesiredFact {
  return { kind: 'lock', path, value, provenance: { file: 'p.yaml', line, column: 1 } };
}

export function wants(target: Target, ...facts: DesiredFact[]): DesiredTarget {
  return { target, facts };
}

/** What a body is made from besides its changes, where no lock goes. */
export function beside(facts: readonly DesiredFact[]): Omit<Surroundings, 'live'> {
  return { facts, hiddenBy: () => undefined };
}

/** A live target from policy paths: `settings` and `locks` are put into the documents that serve them. */
export function live(target: Target, settings: Record<string, Json>, locks: Record<string, Json> = {}): LiveTarget {
  const bodies = new Map<string, JsonObject>([
    ['settings', {}],
    ['lock_settings', {}],
    ['settings?option=meeting_security', {}],
    ['lock_settings?option=meeting_security', {}],
    ['settings?option=meeting_authentication', {}],
    ['settings/registration?type=webinar', {}],
  ]);
  const put = (kind: 'set' | 'lock', path: string, value: Json) => {
    const setting = factAt(target.scope, kind, path);
    if (setting === undefined) throw new Error(`${target.scope} has no ${kind} ${path}`);
    const key = documentKey(setting.document.ref);
    bodies.set(key, withValueAt(bodies.get(key) ?? {}, setting.keys, value));
  };
  for (const [path, value] of Object.entries(settings)) put('set', path, value);
  for (const [path, value] of Object.entries(locks)) put('lock', path, value);
  const documents = new Map([...bodies].map(([key, body]): [string, LiveDocument] => [key, { state: 'read', body }]));
  return { state: 'found', target, documents };
}
