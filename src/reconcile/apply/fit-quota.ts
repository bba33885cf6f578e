/** What of a plan can be sent when the day's requests do not last for all of it. */
import { type Change, changesOf, type LockChange, type Plan, type Step } from '../../model/plan.ts';
import { requestsOf } from '../plan/assemble.ts';
import { type Edge, provides, requires } from '../plan/order.ts';
import { waitsForUnlock } from '../plan/siblings.ts';
import { documentOf } from './apply-run.ts';
import { replaces } from './left-unlocked.ts';

/**
 * The steps that `room` requests last for, first come first served: each with the look at its document, with all that it
 * builds on, and where it takes a lock off with all that puts one back. So what is begun is brought to an end that a
 * later run can start from, and nothing is left unlocked over night. `undefined` when all of them fit.
 */
export function stepsWithin(plan: Plan, room: number): ReadonlySet<Step> | undefined {
  const { patch, get } = requestsOf(plan);
  if (patch + get <= room) return undefined;
  const taken = new Set<Step>();
  const documents = new Set<string>();
  const togetherWith = bonds(plan);
  let left = room;
  for (const step of plan.waves.flat()) {
    if (taken.has(step)) continue;
    const more = [...togetherWith(step)].filter((other) => !taken.has(other));
    const looks = new Set(more.map(documentOf).filter((document) => !documents.has(document)));
    const requests = more.length + more.filter(waitsForUnlock).length + looks.size;
    if (requests > left) continue;
    left -= requests;
    for (const other of more) taken.add(other);
    for (const document of looks) documents.add(document);
  }
  return taken;
}

/** A step and all that must be sent with it. */
function bonds(plan: Plan): (step: Step) => ReadonlySet<Step> {
  const steps = plan.waves.flat();
  const stepOf = new Map<Change, Step>(steps.flatMap((step) => step.changes.map((change) => [change, step] as const)));
  const locks = changesOf(plan).filter((change): change is LockChange => change.kind === 'lock');
  const providers = new Map<Edge, Step[]>();
  for (const step of steps) {
    for (const name of new Set(step.changes.flatMap(provides))) {
      const known = providers.get(name) ?? [];
      known.push(step);
      providers.set(name, known);
    }
  }
  const near = (step: Step): readonly Step[] =>
    step.changes.flatMap((change) => [
      ...requires(change).flatMap((name) => providers.get(name) ?? []),
      ...(change.kind === 'unlock' ? locks : []).flatMap((lock) =>
        change.kind === 'unlock' && replaces(lock, change) ? (stepOf.get(lock) ?? []) : [],
      ),
    ]);
  return (step) => {
    const found = new Set([step]);
    for (const member of found) for (const other of near(member)) found.add(other);
    return found;
  };
}
