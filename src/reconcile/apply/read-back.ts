/** A patched document as Zoom has it now, next to everything that is wanted of it. The differ is the one of the plan. */
import { settingOf } from '../../catalog/lookup.ts';
import type { Change, Step } from '../../model/plan.ts';
import { type DocumentRef, documentKey, settingKey } from '../../model/setting.ts';
import type { LiveDocument } from '../../model/state.ts';
import type { Target } from '../../model/target.ts';
import { keyOfChange, settingOfChange } from '../plan/change.ts';
import { compareTarget } from '../plan/compare.ts';
import { itemHolds } from '../plan/items/compare.ts';
import { changesIn, type Outcome } from '../plan/outcome.ts';
import { TargetPairs } from '../plan/pair.ts';
import type { ApplyRun } from './apply-run.ts';

export interface ReadBack {
  readonly document: LiveDocument;
  /** What still differs, whether this run was to change it or not. */
  readonly changes: readonly Change[];
  /** Whether Zoom has what a change was to make of it. */
  holds(change: Change): boolean;
}

export async function readBack(step: Step, run: ApplyRun): Promise<ReadBack> {
  const document = await readDocument(step.target, step.request.document, run);
  run.noteSeen(step, document);
  const outcomes = recompare(document, step, run);
  const changes = changesIn(outcomes);
  // Values, locks, and single items of lists.
  const unmet = new Set([...changes.map(keyOfChange), ...outcomes.flatMap(({ blocked }) => blocked.map(settingKey))]);
  const holds = (change: Change) => {
    if (document.state !== 'read') return false;
    const setting = settingOfChange(change);
    return change.kind === 'set' && change.item !== undefined && setting.items !== undefined
      ? itemHolds(change, setting, setting.items, document.body)
      : !unmet.has(keyOfChange(change));
  };
  return { document, changes, holds };
}

export async function readDocument(target: Target, document: DocumentRef, run: ApplyRun): Promise<LiveDocument> {
  const outcome = await run.attempt(() => run.options.zoom.readDocument(target, document));
  if (!outcome.ok) return { state: 'unreadable', reason: run.haltMessage };
  return outcome.value.state === 'missing' ? { state: 'unreadable', reason: outcome.value.reason } : outcome.value;
}

function recompare(document: LiveDocument, { target, request }: Step, run: ApplyRun): readonly Outcome[] {
  const { wanted, secrets, confidential } = run.options;
  const key = documentKey(request.document);
  const facts = wanted(target).filter((fact) => documentKey(settingOf(target.scope, fact).document.ref) === key);
  const live = { state: 'found' as const, target, documents: new Map([[key, document]]) };
  return compareTarget(new TargetPairs({ target, facts }, live, confidential), secrets);
}
