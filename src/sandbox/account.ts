/** What a PATCH means: which of its values count, what they change, and how Zoom answers. Pure: state in, state out. */
import { type JsonObject, valueAt } from '../util/json.ts';
import { holdOn, isPinned } from './above.ts';
import { type Answer, invalid, locked, NO_CONTENT, paidOnly } from './answers.ts';
import { readBody, type Write } from './body.ts';
import { withCouplings } from './couplings.ts';
import { fieldsOf, mergedDeep, put } from './fields.ts';
import { mergeWrites, pathsOf, resetsBeside, withAliases } from './merge.ts';
import type { Organisation } from './state.ts';
import { type Holder, withDocuments } from './targets.ts';
import { applyVerbs, withSsoOperation } from './verbs.ts';

/** Behaviour of Zoom that is not known (zoom-api, section 9), as switches. */
export interface PatchRules {
  readonly lockedWrite: 'silent' | 'reject';
  readonly unknownFields: 'ignore' | 'reject';
  readonly nestedObjects: 'merge' | 'replace';
  /** Whether a GET returns passcodes and tokens, as Zoom documents it, or omits them. */
  readonly secrets: 'returned' | 'withheld';
  readonly newId: () => string;
}

export interface PatchOutcome {
  readonly answer: Answer;
  /** Absent: nothing was written. */
  readonly documents?: Holder['documents'];
}

/** The answer to a PATCH of one document of one target, and the target's documents after it. */
export function patchDocument(
  organisation: Organisation,
  holder: Holder,
  key: string,
  body: JsonObject,
  rules: PatchRules,
): PatchOutcome {
  const known = fieldsOf(holder.scope, key);
  const before = holder.documents[key];
  if (known === undefined || before === undefined) return { answer: paidOnly() };

  const read = readBody(known, body, before, rules.unknownFields);
  if (read.problems.length > 0) return { answer: invalid(read.problems) };

  const free = read.writes.filter((write) => !isLockedAbove(organisation, holder, write));
  const refused = read.writes.find((write) => !free.includes(write));
  if (refused !== undefined && rules.lockedWrite === 'reject') return { answer: locked(refused.setting.path) };

  const verbs = free.filter(({ setting }) => setting.verb);
  const applied = applyVerbs(holder.scope, before, verbs, rules.newId);
  if (applied.problems !== undefined) return { answer: invalid(applied.problems) };

  const values = withSsoOperation(before, free).filter(({ setting }) => !setting.verb);
  const resets = rules.nestedObjects === 'replace' ? resetsBeside(known, before, values) : [];
  const writes = [...resets.filter((write) => !isLockedAbove(organisation, holder, write)), ...values];
  const merged = mergeWrites(known, applied.document, writes, organisation.users);
  const document = read.undocumented.reduce<JsonObject>(
    (all, { keys, value }) => put(all, keys, value),
    merged.document,
  );

  const documents = withAliases({ ...holder.documents, [key]: document }, merged.taken);
  return {
    answer: NO_CONTENT,
    documents: withCouplings(organisation, { ...holder, documents }, pathsOf(merged.taken)),
  };
}

function isLockedAbove(organisation: Organisation, holder: Holder, { setting }: Write): boolean {
  return setting.document.kind === 'lock_settings'
    ? isPinned(organisation, setting)
    : holdOn(organisation, holder, setting) !== undefined;
}

/** An admin in the web interface: any key, regardless of locks; the couplings apply there too. */
export function actAsAdmin<T extends Organisation>(organisation: T, holder: Holder, key: string, body: JsonObject): T {
  const fields = [...(fieldsOf(holder.scope, key)?.fields.values() ?? [])];
  const taken = fields.flatMap((setting): Write[] => {
    const value = valueAt(body, setting.keys);
    return value === undefined ? [] : [{ setting, value }];
  });
  const document = mergedDeep(holder.documents[key] ?? {}, body);
  const documents = withAliases({ ...holder.documents, [key]: document }, taken);
  const after = withDocuments(organisation, holder, documents);
  return withDocuments(after, holder, withCouplings(after, { ...holder, documents }, pathsOf(taken)));
}
