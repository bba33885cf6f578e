/** Which waiver covers a setting or a lock of a target. */
import type { Blocked } from '../model/plan.ts';
import { type TargetRef, targetLabel } from '../model/target.ts';
import type { Waiver, WaiverRequest } from '../model/waiver.ts';
import { globMatcher } from '../util/glob.ts';
import { controlsIn } from './control-comment.ts';

/** What a waiver can be about. */
interface Waivable {
  readonly target: TargetRef;
  readonly path: string;
  readonly controls: readonly { readonly id: string }[];
}

export function covers({ path, control, target }: WaiverRequest, about: Waivable): boolean {
  if (target !== undefined && !globMatcher(target)(targetLabel(about.target))) return false;
  if (control !== undefined) return about.controls.some(({ id }) => id === control);
  return path !== undefined && (about.path === path || about.path.startsWith(`${path}.`));
}

export function contentOf({ owner, reason, expires, provenance }: WaiverRequest): Waiver {
  return { owner, reason, expires, provenance };
}

/** Marks what cannot be read where somebody has accepted that. @param today `2026-11-27` */
export function withAccepted(
  blocked: readonly Blocked[],
  waivers: readonly WaiverRequest[],
  today: string,
): readonly Blocked[] {
  const accepting = waivers.filter(({ unknown, expires }) => unknown === 'accepted' && expires >= today);
  if (accepting.length === 0) return blocked;
  return blocked.map((block) => {
    const { reason, target, path, provenance } = block;
    if (reason !== 'no-access' && reason !== 'unreadable') return block;
    const about = { target, path, controls: controlsIn(provenance.reason) };
    const waiver = accepting.find((one) => covers(one, about));
    return waiver === undefined ? block : { ...block, waiver: contentOf(waiver) };
  });
}

/** What a saved plan holds as accepted, without what is accepted no more. */
export function withoutEnded(blocked: readonly Blocked[], today: string): readonly Blocked[] {
  return blocked.map((block) => {
    const { waiver, ...rest } = block;
    return waiver === undefined || waiver.expires >= today ? block : rest;
  });
}
