/** Desired facts and live documents by their names, so that a test says only what is unusual. */
import { factAt } from '../../src/catalog/lookup.ts';
import { type DocumentKey, type DocumentRef, documentKey } from '../../src/model/setting.ts';
import type { DesiredFact, DesiredTarget, FoundTarget, LiveDocument, LiveTarget } from '../../src/model/state.ts';
import type { Target } from '../../src/model/target.ts';
import { type CompareOptions, compareTarget } from '../../src/reconcile/plan/compare.ts';
import { changesIn } from '../../src/reconcile/plan/outcome.ts';
import { TargetPairs } from '../../src/reconcile/plan/pair.ts';
import { type Json, type JsonObject, withValueAt } from '../../src/util/json.ts';
import { OWN } from './account.ts';

export const ACCOUNT: Target = { scope: 'account', id: OWN.id };
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

/** A target compared, with all that its outcomes hold. */
export function compared(
  desired: DesiredTarget,
  found: LiveTarget,
  secrets: ReadonlyMap<string, Json> = new Map(),
  options: CompareOptions = {},
) {
  const pairs = new TargetPairs(desired, found);
  const outcomes = compareTarget(pairs, secrets, options);
  return {
    pairs,
    outcomes,
    changes: changesIn(outcomes),
    blocked: outcomes.flatMap(({ blocked }) => blocked),
    warnings: outcomes.flatMap(({ warnings }) => warnings),
  };
}

const DOCUMENTS: readonly DocumentRef[] = [
  { endpoint: 'settings', query: {} },
  { endpoint: 'lock_settings', query: {} },
  { endpoint: 'settings', query: { option: 'meeting_security' } },
  { endpoint: 'lock_settings', query: { option: 'meeting_security' } },
  { endpoint: 'settings', query: { option: 'meeting_authentication' } },
  { endpoint: 'settings/registration', query: { type: 'webinar' } },
];

/** A live target from policy paths: `settings` and `locks` are put into the documents that serve them. */
export function live(target: Target, settings: Record<string, Json>, locks: Record<string, Json> = {}): FoundTarget {
  const bodies = new Map<DocumentKey, JsonObject>(DOCUMENTS.map((document) => [documentKey(document), {}]));
  const put = (kind: 'set' | 'lock', path: string, value: Json) => {
    const setting = factAt(target.scope, kind, path);
    if (setting === undefined) throw new Error(`${target.scope} has no ${kind} ${path}`);
    const key = documentKey(setting.document.ref);
    bodies.set(key, withValueAt(bodies.get(key) ?? {}, setting.keys, value));
  };
  for (const [path, value] of Object.entries(settings)) put('set', path, value);
  for (const [path, value] of Object.entries(locks)) put('lock', path, value);
  const documents = new Map(
    [...bodies].map(([key, body]): [DocumentKey, LiveDocument] => [key, { state: 'read', body }]),
  );
  return { state: 'found', target, documents };
}

/** For bodies of plans that remove no lock. */
export const hiddenByNone = () => undefined;

/** The target with another answer for one of its documents. */
export function answering(found: FoundTarget, document: DocumentRef, answer: LiveDocument): FoundTarget {
  return { ...found, documents: new Map([...found.documents, [documentKey(document), answer]]) };
}
