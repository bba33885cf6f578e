/** Changes of one target into requests: one PATCH per changed document and phase. */
import type { Document, DocumentName } from '../../catalog/setting.ts';
import { type Change, changeName, type Phase, type Step } from '../../model/plan.ts';
import { targetLabel } from '../../model/target.ts';
import { interning } from '../../util/intern.ts';
import type { JsonObject } from '../../util/json.ts';
import { VALUES } from '../../util/memoize.ts';
import { settingOfChange } from './change.ts';
import { itemTurn } from './items/request.ts';
import { phaseOf, type UnorderedStep } from './order.ts';
import type { TargetPairs } from './pair.ts';
import { bodyOf, operationsOf } from './patch.ts';
import type { HiddenBy } from './siblings.ts';

/** One PATCH per changed document and phase. */
export function stepsOf(changes: readonly Change[], pairs: TargetPairs, hiddenBy: HiddenBy): UnorderedStep[] {
  const requests = new Map<string, { phase: Phase; document: Document; changes: Change[] }>();
  for (const change of changes) {
    const { document } = settingOfChange(change);
    const phase = phaseOf(change);
    const item = change.kind === 'set' && change.item !== undefined ? changeName(change) : '';
    const key = `${phase} ${document.kind} ${document.name} ${item}`;
    const request = requests.get(key) ?? { phase, document, changes: [] };
    request.changes.push(change);
    requests.set(key, request);
  }
  return [...requests.values()].map(({ phase, document, changes: together }) => ({
    document: document.name,
    turn: turnOf(together),
    step: stepOf(phase, document, together, pairs, hiddenBy),
  }));
}

/** Among the steps of one document: see `UnorderedStep`. */
export function turnOf(changes: readonly Change[]): number {
  return changes.reduce((turn, change) => Math.max(turn, change.kind === 'set' ? itemTurn(change) : 0), 0);
}

function stepOf(
  phase: Phase,
  document: Document,
  changes: readonly Change[],
  pairs: TargetPairs,
  hiddenBy: HiddenBy,
): Step {
  const [first] = changes;
  if (first === undefined) throw new Error('a step needs a change');
  const body = bodyOf(changes, pairs, hiddenBy);
  return {
    id: stepId(phase, first, document.name),
    phase,
    target: first.target,
    changes,
    request: { method: 'PATCH', document: document.ref, body: shared(JSON.stringify(body), () => body) },
    ...operationsOf(changes),
  };
}

/** One copy for all targets that are sent the same. */
const shared = interning<JsonObject>(VALUES);

/** Unique in a plan and readable: `set group:Students meeting_security`. */
function stepId(phase: Phase, change: Change, document: DocumentName): string {
  const [kind] = phase.split(' ');
  const item = change.kind === 'set' && change.item !== undefined ? ` ${change.item.action} "${change.item.name}"` : '';
  return `${kind} ${targetLabel(change.target)} ${document}${item}`;
}
