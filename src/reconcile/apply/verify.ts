/** Reads a patched document back, until what was sent for it shows or its time is over, and ends every change of it. */
import type { Change } from '../../model/plan.ts';
import { keyOfChange } from '../plan/change.ts';
import type { ApplyRun, SentStep } from './apply-run.ts';
import { withoutWrongLocks } from './frozen.ts';
import { outcomeOfSent } from './outcome.ts';
import { type ReadBack, readBack } from './read-back.ts';

/** @param sent all that was sent for one document since it was last read */
export async function verify(sent: readonly SentStep[], run: ApplyRun): Promise<void> {
  const [first] = sent;
  if (first === undefined) return;
  // Of a step that was narrowed only some changes were sent; the others have ended already.
  const open = sent.flatMap((one) =>
    one.step.changes.flatMap((change) => (run.results.has(change) ? [] : [{ change, sent: one }])),
  );
  const seen = await readSettled(
    first,
    open.map(({ change }) => change),
    run,
  );
  const ended = await Promise.all(open.map((one) => outcomeOfSent(one.change, one.sent, seen, run)));
  const results = await withoutWrongLocks(ended, first.step, run);
  for (const result of results) run.finish(result);
  const unmet = results.flatMap((result) => (result.status === 'applied' ? [] : [result.change]));
  run.remaining.push(...new Map([...unmet, ...seen.changes].map((change) => [keyOfChange(change), change])).values());
  await run.attempt(() => run.options.record({ kind: 'verified', results }));
}

/** Shares of the settling time that are waited before each further look: soon at first, then longer. */
const SETTLING = [0.1, 0.3, 0.6];

async function readSettled({ step }: SentStep, open: readonly Change[], run: ApplyRun): Promise<ReadBack> {
  const { seconds, sleep } = run.options.settle;
  let seen = await readBack(step, run);
  for (const share of seconds > 0 ? SETTLING : []) {
    if (seen.document.state !== 'read' || open.every(seen.holds) || run.stopReason !== undefined) break;
    await sleep(seconds * 1000 * share);
    seen = await readBack(step, run);
  }
  return seen;
}
