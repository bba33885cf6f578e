/** From a plan to a result: shown, judged, approved, kept in a journal, sent. Apply and rollback alike. */
import { EXIT, LockstepError, messageOf } from '../errors.ts';
import type { JournalEvent } from '../journal/events.ts';
import { holdRunLock } from '../journal/run-lock.ts';
import { type Journal, openJournal } from '../journal/write.ts';
import type { Plan } from '../model/plan.ts';
import type { ApplyResult } from '../model/result.ts';
import { VERSION } from '../model/version.ts';
import { type ApplyEvent, applyPlan } from '../reconcile/apply/apply.ts';
import { guardPlan } from '../reconcile/apply/guard.ts';
import { missingScopes } from '../reconcile/apply/preflight.ts';
import { exitCodeOf } from '../reconcile/exit-code.ts';
import type { Prepared } from '../reconcile/saved/prepare.ts';
import { type Report, render } from '../report/index.ts';
import { confirm, type Host, hasColour, isInteractive, startProgress } from '../terminal.ts';
import type { Connection } from '../zoom/connection.ts';
import type { openWriter } from '../zoom/zoom.ts';
import { budgetOf, tallyOf } from './budget.ts';
import { failOnRefusal } from './fail-on.ts';
import { type Flags, formatOf, isOn, numberOf, textOf, textsOf } from './flags.ts';
import { postponing, tellCarryingOut } from './quota.ts';
import { secretEvents } from './secrets.ts';
import { writeReport } from './write-report.ts';

type Writer = ReturnType<typeof openWriter>;

export async function carryOut(
  host: Host,
  flags: Flags,
  zoom: Writer,
  connection: Connection,
  prepared: Prepared,
): Promise<number> {
  const { plan } = prepared;
  const nothingToSend = plan.waves.length === 0;
  const refusal = refusalOf(plan, host, flags) ?? (nothingToSend ? undefined : await scopeRefusal(plan, zoom));
  const exitCode = refusal?.exitCode ?? (prepared.dropped.length > 0 ? EXIT.partial : EXIT.ok);
  const report: Report = { kind: 'plan', plan, budget: budgetOf(plan, connection), exitCode, requests: tallyOf(zoom) };
  await showPlan(host, flags, report, nothingToSend || refusal !== undefined);
  if (refusal !== undefined) throw refusal;
  if (nothingToSend) return exitCode;
  tellCarryingOut(host, zoom, connection, plan);
  await approve(host, plan, flags);
  const result = await run(host, flags, zoom, prepared);
  if (result.halted !== undefined && !(result.halted instanceof LockstepError)) throw result.halted;
  return exitCodeOf(result);
}

/**
 * The plan, to be read before the question. Where stdout is for a program it carries one document: the result, or the
 * plan when that is all there will be; a person who is asked nevertheless sees the plan on stderr.
 */
async function showPlan(host: Host, flags: Flags, report: Report, last: boolean): Promise<void> {
  if (last) await writeReport(host, flags, report);
  else if (formatOf(flags) === 'text') await writeReport(host, { ...flags, report: [] }, report);
  else if (!isOn(flags, 'autoApprove')) host.stderr.write(await render('text', report, hasColour(host, host.stderr)));
}

/** Why the plan must not be sent, found before anybody is asked. */
function refusalOf(plan: Plan, host: Host, flags: Flags): LockstepError | undefined {
  const exitCode = EXIT.refused;
  const expected = textOf(flags, 'expect');
  if (expected !== undefined && expected !== plan.fingerprint) {
    return new LockstepError(`refused: the plan's fingerprint is ${plan.fingerprint}, not the expected ${expected}`, {
      exitCode,
      hint: 'nothing was sent; the policies or Zoom have changed since the plan was reviewed',
    });
  }
  const unwanted = failOnRefusal(plan, flags);
  if (unwanted !== undefined) return unwanted;
  const objections = guardPlan(plan, {
    blocked: isOn(flags, 'allowBlocked'),
    lossy: isOn(flags, 'allowLossy'),
    maxTargets: numberOf(flags, 'maxTargets') ?? 0,
    protectedPaths: textsOf(flags, 'allowProtected'),
  });
  if (objections.length > 0) {
    const message = objections.map((objection) => `refused: ${objection.message}`).join('\n');
    const hint = `nothing was sent; ${objections.map(({ flag }) => flag).join(' and ')} allows just that`;
    return new LockstepError(message, { exitCode, hint });
  }
  if (plan.waves.length === 0 || isOn(flags, 'autoApprove') || isInteractive(host)) return undefined;
  return new LockstepError('refused: nobody can be asked, because there is no terminal', {
    exitCode,
    hint: 'nothing was sent; --auto-approve applies without asking',
  });
}

async function scopeRefusal(plan: Plan, zoom: Writer): Promise<LockstepError | undefined> {
  const missing = missingScopes(plan, await zoom.scopes());
  if (missing.length === 0) return undefined;
  const lines = missing.map(({ step, anyOf }) => `"${step}" needs ${anyOf.join(' or ')}`);
  return new LockstepError(['the token lacks scopes', ...lines].join('\n'), {
    exitCode: EXIT.credentials,
    hint: 'nothing was sent; add the scopes to the app in the Zoom App Marketplace',
  });
}

async function approve(host: Host, plan: Plan, flags: Flags): Promise<void> {
  if (isOn(flags, 'autoApprove')) return;
  const count = plan.waves.flat().length;
  if (await confirm(host, `Send ${count} PATCH ${count === 1 ? 'request' : 'requests'} to Zoom?`)) return;
  throw new LockstepError('not approved; nothing was sent', { exitCode: EXIT.refused });
}

async function run(host: Host, flags: Flags, zoom: Writer, prepared: Prepared): Promise<ApplyResult> {
  const { plan } = prepared;
  const release = await holdRunLock(host.cwd, plan.account, now());
  try {
    const steps = plan.waves.flat().length;
    const journal = await openJournal(host.cwd, {
      event: 'begin',
      formatVersion: 1,
      time: now(),
      lockstep: VERSION,
      account: plan.account,
      fingerprint: plan.fingerprint,
      pid: process.pid,
      steps,
    });
    const result = await send(host, flags, zoom, prepared, journal);
    const exitCode = exitCodeOf(result);
    // What was done has to be told, above all where it can no longer be written down.
    await journal.record({ event: 'end', time: now(), exitCode }).catch((error: unknown) => {
      host.stderr.write(`warning: the end of the run is not in its journal: ${messageOf(error)}\n`);
    });
    await journal.close();
    await writeReport(host, flags, { kind: 'result', result, exitCode, run: journal.id, requests: tallyOf(zoom) });
    return result;
  } finally {
    await release();
  }
}

async function send(
  host: Host,
  flags: Flags,
  zoom: Writer,
  prepared: Prepared,
  journal: Journal,
): Promise<ApplyResult> {
  const { plan, secrets, wanted, dropped } = prepared;
  const progress = await startProgress(host, { quiet: isOn(flags, 'quiet'), verbose: isOn(flags, 'verbose') });
  const abort = new AbortController();
  const stopListening = host.onInterrupt(() => {
    if (abort.signal.aborted) return zoom.close();
    abort.abort();
    host.stderr.write('\nStopping: what is under way finishes, nothing more is sent. Once more drops it.\n');
  });
  const steps = plan.waves.flat().length;
  let sent = 0;
  const record = async (event: ApplyEvent): Promise<void> => {
    await journal.record(journalEvent(event));
    if (event.kind === 'verified') {
      const kept = await secretEvents(host, plan.account, event.results, secrets, now());
      await Promise.all(kept.map((entry) => journal.record(entry)));
    }
    if (event.kind !== 'sent') return;
    sent += 1;
    progress.say(`Writing to Zoom: ${sent} of ${steps} requests`);
  };
  try {
    const settle = { seconds: numberOf(flags, 'settle') ?? 0, sleep };
    const result = await applyPlan(plan, {
      zoom,
      secrets,
      wanted,
      signal: abort.signal,
      postpone: postponing(zoom, plan),
      record,
      settle,
    });
    return { ...result, results: [...dropped, ...result.results] };
  } finally {
    stopListening();
    progress.stop();
  }
}

function journalEvent(event: ApplyEvent): JournalEvent {
  const time = now();
  switch (event.kind) {
    case 'sending': {
      const { id, target, request, changes } = event.step;
      return { event: 'sending', time, step: id, target, document: request.document, changes };
    }
    case 'sent':
      return {
        event: 'sent',
        time,
        step: event.step.id,
        ...(event.refusal === undefined ? {} : { refusal: event.refusal }),
      };
    case 'verified':
      return {
        event: 'verified',
        time,
        results: event.results.map(({ step, change, status }) => ({
          step,
          kind: change.kind,
          path: change.path,
          status,
        })),
      };
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, milliseconds);
  });
}

function now(): string {
  return new Date().toISOString();
}
