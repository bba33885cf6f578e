import { EXIT, refusal } from '../errors.ts';
import { readRun } from '../journal/read.ts';
import { sentChanges } from '../journal/summary.ts';
import { accountLine, isSameAccount } from '../model/account.ts';
import { changeName } from '../model/plan.ts';
import { targetLabel } from '../model/target.ts';
import { worstOf } from '../reconcile/exit-code.ts';
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
  const { account } = run;
  if (account === undefined) {
    throw refusal(
      `refused: run ${id} is from lockstep 0.1, and its journal does not say which account it changed`,
      'put the old values into a policy',
    );
  }
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
    if (!isSameAccount(account, zoom.account)) {
      throw refusal(
        `refused: run ${id} was for ${accountLine(account)}; this run is for ${accountLine(zoom.account)}`,
        'use the credentials that the run was made with',
      );
    }
    const policies = { desired, secrets: new Map(), confidential: confidentialIn(changes, [], call.env) };
    const planned = await makePlan(policies, zoom, {
      ...planningOptions(call, settings, connection),
      asItWas: true,
    });
    const verdict = await execute(call, settings, connected, { ...planned, dropped: [] });
    return left.length > 0 ? { ...verdict, exitCode: worstOf([verdict.exitCode, EXIT.partial]) } : verdict;
  });
}
