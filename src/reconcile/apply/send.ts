/** Sends a step: in the journal before it goes, in pieces where Zoom refuses it as a whole. */
import { LockstepError } from '../../errors.ts';
import type { Step } from '../../model/plan.ts';
import type { Refusal } from '../../model/result.ts';
import { referencesIn, reveal } from '../../model/secret.ts';
import type { Sending } from '../../model/zoom-api.ts';
import type { JsonObject } from '../../util/json.ts';
import { waitsForUnlock, withHiddenSiblings } from '../plan/siblings.ts';
import type { ApplyRun } from './apply-run.ts';
import { narrow } from './narrow.ts';
import { outcomeOfRefused } from './outcome.ts';
import { readDocument } from './read-back.ts';

/** Afterwards each change of the step has ended, or waits to be read back. */
export async function send(planned: Step, run: ApplyRun): Promise<void> {
  let next: Step | undefined = planned;
  while (next !== undefined) {
    const step: Step | undefined = await completed(next, run);
    const refusal = step === undefined ? undefined : await sendOnce(step, run);
    if (step === undefined || refusal === undefined) return;
    const { refused, rest } = await narrow(step, refusal, run);
    for (const change of refused) run.finish(await outcomeOfRefused(change, step, refusal, run));
    next = rest;
  }
}

/**
 * The step with the values that locks hid when it was planned, now that those locks are off. When they cannot be read the
 * step ends here.
 */
async function completed(step: Step, run: ApplyRun): Promise<Step | undefined> {
  if (!waitsForUnlock(step)) return step;
  const document = await readDocument(step.target, step.request.document, run);
  if (document.state === 'read') return withHiddenSiblings(step, document.body);
  const because = `it was not sent, because what goes with it could not be read: ${document.reason}`;
  run.finishUnattempted(step, step.changes, because);
  return undefined;
}

/** @returns the refusal, when Zoom has surely not carried out any of it */
async function sendOnce(step: Step, run: ApplyRun): Promise<Refusal | undefined> {
  const { zoom, secrets, record, beforeSend } = run.options;
  const ready = await run.attempt(async () => {
    const body = reveal(step.request.body, secrets) as JsonObject;
    await beforeSend();
    await record({ kind: 'sending', step });
    return body;
  });
  if (!ready.ok) {
    run.finishUnattempted(step, step.changes, `it was not sent: ${run.haltMessage}`);
    return undefined;
  }
  const patched = await run.attempt(() =>
    zoom.patchDocument(step.target, step.request.document, ready.value, sendingOf(step, run)).catch(asHeldBack),
  );
  const answer = patched.ok ? patched.value : undefined;
  if (answer instanceof HeldBack) {
    const { message } = answer;
    await run.attempt(() => record({ kind: 'sent', step, refusal: { message: `it was not sent: ${message}` } }));
    run.finishUnattempted(step, step.changes, message);
    return undefined;
  }
  if (answer?.accepted === true) {
    run.addUnverified({ step });
    await run.attempt(() => record({ kind: 'sent', step }));
    return undefined;
  }
  const refusal = answer === undefined ? { message: run.haltMessage } : answer.refusal;
  await run.attempt(() => record({ kind: 'sent', step, refusal }));
  if (refusal.mayBeTaken !== true) return refusal;
  run.addUnverified({ step, refusal });
  return undefined;
}

/** Thrown in place of sending. It ends a request and not the run, which has its own reason to end. */
class HeldBack extends LockstepError {}

function asHeldBack(error: unknown): HeldBack {
  if (error instanceof HeldBack) return error;
  throw error;
}

function sendingOf({ request }: Step, run: ApplyRun): Sending {
  const { secrets, beforeSend } = run.options;
  return {
    secrets: referencesIn(request.body).map((reference) => String(secrets.get(reference))),
    // Much time may pass after the journal holds it: a turn in the rate schedule, a pause before another try.
    async beforeSend() {
      if (run.stopReason === undefined) await run.attempt(beforeSend);
      if (run.stopReason !== undefined) throw new HeldBack(run.stopReason);
    },
  };
}
