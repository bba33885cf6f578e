import { EXIT, LockstepError } from '../errors.ts';
import { readRun, sentChanges } from '../journal/read.ts';
import { changeName } from '../model/plan.ts';
import { targetLabel } from '../model/target.ts';
import { makePlan } from '../reconcile/plan/make-plan.ts';
import { undo } from '../reconcile/saved/inverse.ts';
import type { Host } from '../terminal.ts';
import { printable } from '../util/printable.ts';
import { openWriter } from '../zoom/zoom.ts';
import { connected } from './connected.ts';
import { carryOut } from './execute-plan.ts';
import { environmentOf, type Flags } from './flags.ts';
import { planningOptions } from './plan-options.ts';
import { checkReports } from './write-report.ts';

/** Undoes a run: plans its old values against Zoom as it is now, and carries that out like any other plan. */
export async function rollback(host: Host, [id = '']: readonly string[], flags: Flags): Promise<number> {
  await checkReports(host, flags);
  const env = await environmentOf(host, flags);
  const run = await readRun(host.cwd, id);
  const { desired, left } = undo(sentChanges(run), `.lockstep/runs/${id}.jsonl`);
  for (const { change, because } of left) {
    host.stderr.write(`not undone: ${printable(`${targetLabel(change.target)} ${changeName(change)}`)}: ${because}\n`);
  }
  return connected(host, env, flags, openWriter, async ({ zoom, connection, progress }) => {
    if (run.begin.account !== zoom.account) {
      throw new LockstepError(`run ${id} was for the account ${run.begin.account}, not ${zoom.account}`, {
        hint: 'use --account',
      });
    }
    const planned = await makePlan({ desired, secrets: new Map() }, zoom, {
      ...planningOptions(flags, progress, connection),
      asItWas: true,
    });
    progress.stop();
    const exitCode = await carryOut(host, flags, zoom, connection, { ...planned, dropped: [] });
    return exitCode === EXIT.ok && left.length > 0 ? EXIT.partial : exitCode;
  });
}
