/** Changes into requests, requests into waves, and the whole into data that can be kept and checked. */
import { createHash } from 'node:crypto';
import type { Document, DocumentName } from '../../catalog/lookup.ts';
import {
  type Blocked,
  type Change,
  changeName,
  type Phase,
  type Plan,
  type Step,
  type Warning,
} from '../../model/plan.ts';
import { documentKey } from '../../model/setting.ts';
import type { LiveTarget } from '../../model/state.ts';
import { type Target, targetLabel } from '../../model/target.ts';
import { compareText } from '../../util/compare-text.ts';
import { type JsonObject, stableText } from '../../util/json.ts';
import { memoize, VALUES } from '../../util/memoize.ts';
import { settingOfChange } from './compare.ts';
import { itemTurn } from './items.ts';
import { hinders, neededBy, orderSteps, phaseOf, type UnorderedStep } from './order.ts';
import { bodyOf, narrowStep, operationsOf } from './patch.ts';
import { type Surroundings, waitsForUnlock } from './siblings.ts';

/** What planning one target came to. */
export interface TargetPlan {
  readonly target: Target;
  readonly steps: readonly UnorderedStep[];
  readonly blocked: readonly Blocked[];
  readonly warnings: readonly Warning[];
  /** Managed facts that are right already. */
  readonly unchanged: number;
}

/** One PATCH per changed document and phase. */
export function stepsOf(
  changes: readonly Change[],
  live: LiveTarget,
  around: Omit<Surroundings, 'live'>,
): UnorderedStep[] {
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
    step: stepOf(phase, document, together, live, around),
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
  live: LiveTarget,
  around: Omit<Surroundings, 'live'>,
): Step {
  const [first] = changes;
  if (first === undefined || live.state === 'missing') throw new Error('a step needs a change and a target');
  const read = live.documents.get(documentKey(document.ref));
  const body = bodyOf(changes, { ...around, live: read?.state === 'read' ? read.body : {} });
  return {
    id: stepId(phase, first, document.name),
    phase,
    target: first.target,
    changes,
    request: { method: 'PATCH', document: document.ref, body: sharedBody(JSON.stringify(body)) },
    ...operationsOf(changes),
  };
}

/** One copy for all that are sent the same. */
const sharedBody = memoize((text: string) => JSON.parse(text) as JsonObject, VALUES);

/** Unique in a plan and readable: `set group:Students meeting_security`. */
function stepId(phase: Phase, change: Change, document: DocumentName): string {
  const [kind] = phase.split(' ');
  const item = change.kind === 'set' && change.item !== undefined ? ` ${change.item.action} "${change.item.name}"` : '';
  return `${kind} ${targetLabel(change.target)} ${document}${item}`;
}

export function assemblePlan(
  account: string,
  targets: readonly TargetPlan[],
  more: Pick<Plan, 'blocked' | 'warnings'>,
): Plan {
  const safe = withoutBlindLocks(targets);
  const content = {
    formatVersion: 1 as const,
    account,
    waves: orderSteps(safe.steps),
    blocked: [...more.blocked, ...targets.flatMap(({ blocked }) => blocked), ...safe.blocked].sort(byTargetAndPath),
    warnings: [...more.warnings, ...targets.flatMap(({ warnings }) => warnings)].sort((a, b) =>
      compareText(a.message, b.message),
    ),
    compared: { targets: targets.length, unchanged: targets.reduce((sum, { unchanged }) => sum + unchanged, 0) },
  };
  return { ...content, fingerprint: fingerprintOf(content) };
}

/**
 * A lock over a value that could not be read would freeze nobody knows what: it is blocked with it, at the value's own
 * level and above. A lock over a value that cannot come to be, because of another setting, would freeze a wrong one.
 */
function withoutBlindLocks(targets: readonly TargetPlan[]): { steps: UnorderedStep[]; blocked: Blocked[] } {
  const unready = new Map<string, Pick<Blocked, 'reason' | 'detail'>>();
  for (const { target, blocked } of targets) {
    for (const { kind, path, reason } of blocked) {
      if (kind !== 'set' || (reason !== 'unreadable' && reason !== 'coupled')) continue;
      const what = `it would freeze ${path} of ${targetLabel(target)}, which`;
      const detail = `${what} ${reason === 'unreadable' ? 'could not be read' : 'is not as it should be'}`;
      const names = hinders({ kind, target, path });
      for (const name of names) {
        if (reason === 'unreadable' || name.startsWith(`value under ${target.scope} `))
          unready.set(name, { reason, detail });
      }
    }
  }
  const steps = targets.flatMap((target) => target.steps);
  if (unready.size === 0) return { steps, blocked: [] };
  const blocked: Blocked[] = [];
  const kept = steps.flatMap((entry) => {
    const keep = entry.step.changes.filter((change) => {
      const needs = change.kind === 'lock' ? neededBy(change).flatMap((need) => unready.get(need) ?? []) : [];
      const [because] = needs;
      if (because === undefined) return true;
      const { target, kind, path, after, provenance } = change;
      blocked.push({ target, kind, path, ...because, after, provenance });
      return false;
    });
    if (keep.length === entry.step.changes.length) return [entry];
    return keep.length === 0 ? [] : [{ ...entry, step: narrowStep(entry.step, keep) }];
  });
  return { steps: kept, blocked };
}

/** SHA-256 over the content with sorted keys; warnings are advice and change nothing that would be sent. */
export function fingerprintOf({
  formatVersion,
  account,
  waves,
  blocked,
  compared,
}: Omit<Plan, 'fingerprint' | 'warnings'>): string {
  const hash = createHash('sha256').update(stableText({ formatVersion, account, blocked, compared }));
  // Step by step: the whole of a large plan as one text would be most of the memory that planning takes.
  for (const wave of waves) {
    hash.update('\nwave');
    for (const step of wave) hash.update(`\n${stableText(step)}`);
  }
  return hash.digest('hex');
}

/**
 * How many requests an apply of this plan sends: a PATCH per step, a GET per document that was patched, and one before each
 * step that needs what a lock hid.
 */
export function requestsOf({ waves }: Plan): { readonly patch: number; readonly get: number } {
  const steps = waves.flat();
  const documents = new Set(
    steps.map(({ target, request }) => `${targetLabel(target)} ${target.id} ${documentKey(request.document)}`),
  );
  return { patch: steps.length, get: documents.size + steps.filter(waitsForUnlock).length };
}

function byTargetAndPath(a: Blocked, b: Blocked): number {
  return (
    compareText(targetLabel(a.target), targetLabel(b.target)) ||
    compareText(a.path, b.path) ||
    compareText(a.kind, b.kind)
  );
}
