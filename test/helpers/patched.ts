/** A Zoom without a wire: what requests make of an organisation. */
import type { Step } from '../../src/model/plan.ts';
import { documentKey } from '../../src/model/setting.ts';
import { withHiddenSiblings } from '../../src/reconcile/plan/siblings.ts';
import { patchDocument } from '../../src/sandbox/account.ts';
import type { SandboxState } from '../../src/sandbox/index.ts';
import { readDocument } from '../../src/sandbox/read.ts';
import { findHolder, withDocuments } from '../../src/sandbox/targets.ts';

const RULES = {
  lockedWrite: 'silent',
  unknownFields: 'reject',
  secrets: 'returned',
  newId: () => 'new',
} as const;

/** @throws where a request is refused: then nothing can be said of what it was to do */
export function patched(state: SandboxState, steps: readonly Step[], nestedObjects: 'merge' | 'replace'): SandboxState {
  const rules = { ...RULES, nestedObjects };
  return steps.reduce((now, step) => {
    const { id, target, request } = step;
    const key = documentKey(request.document);
    const holder = findHolder(now, target.scope, target.id);
    if (holder === undefined) throw new Error(`${id}: there is no such target`);
    const { body } = withHiddenSiblings(step, readDocument(now, holder, key, 'returned') ?? {}).request;
    const { answer, documents } = patchDocument(now, holder, key, body, rules);
    if (documents === undefined) throw new Error(`${id}: ${JSON.stringify(answer)}`);
    return withDocuments(now, holder, documents);
  }, state);
}
