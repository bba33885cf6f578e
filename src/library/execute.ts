/** From a plan to a result: refused or approved, kept in a journal, sent. Apply and rollback alike. */
import { EXIT, type ExitCode, LockstepError, messageOf } from '../errors.ts';
import { holdRunLock } from '../journal/run-lock.ts';
import { openJournal } from '../journal/write.ts';
import { tallyPlan } from '../model/outcomes.ts';
import type { PlanReport } from '../model/report.ts';
import { VERSION } from '../model/version.ts';
import type { ZoomWriter } from '../model/zoom-api.ts';
import { exitCodeFor, exitCodeOf, worstOf } from '../reconcile/exit-code.ts';
import type { Prepared } from '../reconcile/saved/prepare.ts';
import { sharedCheck } from '../util/shared-check.ts';
import type { Session } from '../zoom/zoom.ts';
import { budgetOf, tallyOf } from './budget.ts';
import type { Call } from './call.ts';
import { quotaWarnings } from './quota.ts';
import { type ExecuteSettings, refusalOf } from './refusals.ts';
import { PlanRefused } from './refused.ts';
import { now, send } from './send.ts';
import { unseenWarnings } from './unseen.ts';
import type { ApplyVerdict } from './verdicts.ts';
import type { Connected } from './with-zoom.ts';

/** @throws PlanRefused for a plan that is not let pass */
export async function execute(
  call: Call,
  settings: ExecuteSettings,
  { zoom, connection }: Connected<ZoomWriter & Session>,
  prepared: Prepared,
): Promise<ApplyVerdict> {
  const { plan, dropped } = prepared;
  const refusal = await refusalOf(plan, settings, zoom);
  const reportWith = (exitCode: ExitCode): PlanReport => ({
    kind: 'plan',
    plan,
    budget: budgetOf(plan, connection),
    exitCode,
    requests: tallyOf(zoom),
  });
  if (refusal !== undefined) throw new PlanRefused(refusal, reportWith(refusal.exitCode));
  const left = dropped.length > 0 ? EXIT.partial : EXIT.ok;
  if (plan.waves.length === 0) {
    const seen = exitCodeFor(tallyPlan(plan), 'apply, nothing to send');
    const ended = reportWith(worstOf([left, seen]));
    call.warn(unseenWarnings(tallyPlan(plan), ended.exitCode));
    return { ...ended, warnings: call.warnings };
  }
  const report = reportWith(left);
  await settings.onPlan?.(report);
  call.warn(quotaWarnings(zoom, connection, plan));
  await assertApproved(settings, report);
  return carryOut(call, settings, zoom, prepared);
}

async function assertApproved({ approve }: ExecuteSettings, report: PlanReport): Promise<void> {
  const approved = typeof approve === 'function' ? await approve(report) : approve;
  if (approved !== true) throw new LockstepError('not approved; nothing was sent', { exitCode: EXIT.refused });
}

/** One run of an account at a time, and none without a journal. */
async function carryOut(
  call: Call,
  settings: ExecuteSettings,
  zoom: ZoomWriter & Session,
  prepared: Prepared,
): Promise<ApplyVerdict> {
  const { account, fingerprint, waves } = prepared.plan;
  const lock = await holdRunLock(call.cwd, account, now());
  try {
    const journal = await openJournal(call.cwd, {
      event: 'begin',
      formatVersion: 2,
      time: now(),
      lockstep: VERSION,
      account,
      fingerprint,
      pid: process.pid,
      steps: waves.flat().length,
    });
    const beforeSend = sharedCheck(async () => {
      await lock.confirm();
      await journal.confirm();
    });
    const result = await send(call, settings, zoom, prepared, { journal, beforeSend });
    const exitCode = exitCodeOf(result);
    // What was done has to be reported, above all where it can no longer be written down.
    await journal.end({ event: 'end', time: now(), exitCode }).catch((error: unknown) => {
      call.warn([{ kind: 'journal', message: `the end of the run is not in its journal: ${messageOf(error)}` }]);
    });
    const requests = tallyOf(zoom);
    return { kind: 'result', result, exitCode, run: journal.id, requests, warnings: call.warnings };
  } finally {
    await lock.release();
  }
}
