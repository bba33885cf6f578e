import { EXIT, LockstepError } from '../errors.ts';
import { readRun } from '../journal/read.ts';
import { sentChanges } from '../journal/summary.ts';
import { changeName } from '../model/plan.ts';
import { targetLabel } from '../model/target.ts';
import { makePlan } from '../reconcile/plan/make-plan.ts';
import { undo } from '../reconcile/saved/inverse.ts';
import { confidentialIn } from '../reconcile/saved/variables.ts';
import { printable } from '../util/printable.ts';
import { openWriter } from '../zoom/zoom.ts';
import { begin } from './call.ts';
import { execute } from './execute.ts';
import type { Settings } from './option.ts';
import { planningOptions } from './plan-policies.ts';
import type { ROLLBACK } from './signatures.ts';
import type { ApplyVerdict } from './verdicts.ts';
import { withZoom } from './with-zoom.ts';

/** Undoes a run: plans its old values against Zoom as it is now, and carries that out like any other plan. */
export async function rollback(settings: Settings<typeof ROLLBACK.options>): Promise<ApplyVerdict> {
  const call = await begin(settings);
  const { run: id } = settings;
  const run = await readRun(call.cwd, id);
  const changes = sentChanges(run);
  const { desired, left } = undo(changes, `.lockstep/runs/${id}.jsonl`);
  call.warn(
    left.map(({ change, because }) => ({
      kind: 'not-undone',
      message: `${printable(`${targetLabel(change.target)} ${changeName(change)}`)}: ${because}`,
    })),
  );
  return withZoom(call, settings, openWriter, async (connected) => {
    const { zoom, connection } = connected;
    if (run.begin.account !== zoom.account) {
      throw new LockstepError(`run ${id} was for the account ${run.begin.account}, not ${zoom.account}`, {
        hint: 'use --account',
      });
    }
    const policies = { desired, secrets: new Map(), confidential: confidentialIn(changes, [], call.env) };
    const planned = await makePlan(policies, zoom, {
      ...planningOptions(call, settings, connection),
      asItWas: true,
    });
    const verdict = await execute(call, settings, connected, { ...planned, dropped: [] });
    return verdict.exitCode === EXIT.ok && left.length > 0 ? { ...verdict, exitCode: EXIT.partial } : verdict;
  });
}
