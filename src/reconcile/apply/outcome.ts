/** How one change ended, from what was sent, what Zoom answered and what it has now. */
import type { Change, Step } from '../../model/plan.ts';
import type { ChangeResult, Refusal } from '../../model/result.ts';
import { holdsMarker, isSecret } from '../../model/secret.ts';
import type { Json } from '../../util/json.ts';
import { settingOfChange } from '../plan/change.ts';
import { liveValue } from '../plan/normalize.ts';
import type { ApplyRun, SentStep } from './apply-run.ts';
import { diagnose, lockAbove } from './diagnose.ts';
import { type ReadBack, readBack } from './read-back.ts';

/** Of a change that Zoom has taken, or may have taken. */
export async function outcomeOfSent(
  change: Change,
  { step: { id: step }, refusal }: SentStep,
  { document, holds }: ReadBack,
  run: ApplyRun,
): Promise<ChangeResult> {
  const found = document.state === 'read' ? liveValue(settingOfChange(change), document.body) : undefined;
  const isUnread = found === undefined && change.after !== null;
  // A request that was not answered is known to have been carried out only where the value can be seen.
  if (refusal !== undefined && (!holds(change) || isUnread)) return { status: 'failed', change, step, refusal };
  if (document.state === 'unreadable') {
    const because = `could not be read back: ${document.reason}`;
    return { status: 'ineffective', change, step, reason: 'unreadable', because };
  }
  if (holds(change)) return { status: 'applied', change, step, ...(isUnread ? { unread: whyUnread(change) } : {}) };
  const shown = found === undefined || isConfidential(change, found, run) ? {} : { found };
  return {
    status: 'ineffective',
    change,
    step,
    ...shown,
    ...(await diagnose(change, found, document.body, run.evidence)),
  };
}

/** Neither what was wanted nor what is found instead may be written down. */
function isConfidential(change: Change, found: Json, { options }: ApplyRun): boolean {
  return holdsMarker(change) || options.confidential.hides(settingOfChange(change), found);
}

/** Zoom took it and does not list it, which is right for these two kinds. */
function whyUnread(change: Change): string {
  return isSecret(change.after)
    ? 'Zoom does not return this secret'
    : 'Zoom does not list it while the switch above it is off';
}

/**
 * Of a change that Zoom has refused. A lock above is reported the same way whether Zoom ignores the value or refuses it; and
 * the lock may hold the very value that is wanted.
 */
export async function outcomeOfRefused(
  change: Change,
  step: Step,
  refusal: Refusal,
  run: ApplyRun,
): Promise<ChangeResult> {
  const lock = refusal.status === 400 ? await lockAbove(change, run.evidence) : undefined;
  if (lock?.state !== 'on') return { status: 'failed', change, step: step.id, refusal };
  if ((await readBack(step, run)).holds(change)) return { status: 'applied', change, step: step.id };
  const because = `${lock.because}; Zoom refused it: ${refusal.message}`;
  return { status: 'ineffective', change, step: step.id, reason: 'locked-above', because };
}
