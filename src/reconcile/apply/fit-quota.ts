/** The part of a plan that fits into what is left of the daily quota. */
import type { PlaceKey } from '../../model/place.ts';
import { type Change, changesOf, type LockChange, type Plan, type Step } from '../../model/plan.ts';
import { looksOf, patchedBy, requestsOf } from '../plan/assemble.ts';
import { type Edge, provides, requires } from '../plan/order.ts';
import { waitsForUnlock } from '../plan/siblings.ts';
import { documentOf } from './apply-run.ts';
import { replaces } from './left-unlocked.ts';

/**
 * The steps that `room` requests are enough for, first come, first served. Each is counted with the reading back of its
 * document and the looks at what it locks, with everything that it builds on and, where it takes a lock off, with everything that puts one back: so a later
 * run can go on from there, and nothing stays unlocked until tomorrow. `undefined` when all steps fit.
 */
export function stepsWithin(plan: Plan, room: number): ReadonlySet<Step> | undefined {
  const { patch, get } = requestsOf(plan);
  if (patch + get <= room) return undefined;
  const taken = new Set<Step>();
  const documents = new Set<PlaceKey>();
  const togetherWith = companionsIn(plan);
  const patched = patchedBy(plan.waves.flat());
  let left = room;
  for (const step of plan.waves.flat()) {
    if (taken.has(step)) continue;
    const more = [...togetherWith(step)].filter((other) => !taken.has(other));
    const toRead = new Set(more.map(documentOf).filter((document) => !documents.has(document)));
    const looks = more.reduce((sum, other) => sum + looksOf(other, patched), 0);
    const requests = more.length + more.filter(waitsForUnlock).length + toRead.size + looks;
    if (requests > left) continue;
    left -= requests;
    for (const other of more) taken.add(other);
    for (const document of toRead) documents.add(document);
  }
  return taken;
}

/** A step and every step that must be sent with it. */
function companionsIn(plan: Plan): (step: Step) => ReadonlySet<Step> {
  const steps = plan.waves.flat();
  const stepOf = new Map<Change, Step>(steps.flatMap((step) => step.changes.map((change) => [change, step] as const)));
  const locks = changesOf(plan).filter((change): change is LockChange => change.kind === 'lock');
  const providers = new Map<Edge, Step[]>();
  for (const step of steps) {
    for (const edge of new Set(step.changes.flatMap(provides))) {
      const others = providers.get(edge) ?? [];
      others.push(step);
      providers.set(edge, others);
    }
  }
  const replacementsOf = (change: Change): readonly Step[] =>
    change.kind === 'unlock'
      ? locks.filter((lock) => replaces(lock, change)).flatMap((lock) => stepOf.get(lock) ?? [])
      : [];
  const nextTo = (step: Step): readonly Step[] =>
    step.changes.flatMap((change) => [
      ...requires(change).flatMap((edge) => providers.get(edge) ?? []),
      ...replacementsOf(change),
    ]);
  return (step) => {
    const found = new Set([step]);
    // A set hands out what is added while it is walked.
    for (const member of found) for (const other of nextTo(member)) found.add(other);
    return found;
  };
}
