import { EXIT, LockstepError } from '../errors.ts';
import type { Plan } from '../model/plan.ts';
import type { ApplyResult } from '../model/result.ts';
import { applyPlan } from '../reconcile/apply.ts';
import { guardPlan } from '../reconcile/guard.ts';
import { exitCodeOf } from '../reconcile/outcome.ts';
import { selectionFrom } from '../reconcile/select.ts';
import { type Budget, type Report, render } from '../report/index.ts';
import { confirm, type Host, hasColour, isInteractive, type Progress, startProgress } from '../terminal.ts';
import { openWriter } from '../zoom/zoom.ts';
import { budgetOf } from './budget.ts';
import { connectionOf, environmentOf, type Flags, formatOf, isOn, reportsOf, textsOf } from './flags.ts';
import { writeReport } from './output.ts';
import { makePlan, type Planned, readPolicies } from './planning.ts';
import { eventsFor, summaryOf, tellWarnings } from './telling.ts';

type Writer = ReturnType<typeof openWriter>;

export async function apply(host: Host, paths: readonly string[], flags: Flags): Promise<number> {
  reportsOf(flags);
  const env = await environmentOf(host, flags);
  const policies = await readPolicies(host, env, paths, flags, 'required');
  tellWarnings(host, policies.warnings);
  const connection = connectionOf(env, flags);
  const talk = { quiet: isOn(flags, 'quiet'), verbose: isOn(flags, 'verbose') };
  const progress = await startProgress(host, talk);
  const zoom = openWriter(connection, eventsFor(progress, talk.verbose));
  try {
    const planned = await makePlan(policies, zoom, {
      selection: selectionFrom(textsOf(flags, 'target')),
      assumeUnlocked: isOn(flags, 'assumeUnlocked'),
      onProgress: progress.say,
    });
    progress.stop();
    const nothingToSend = planned.plan.waves.length === 0;
    const refusal = refusalOf(planned, host, flags);
    await showPlan(
      host,
      flags,
      planned.plan,
      budgetOf(planned.plan, connection),
      nothingToSend || refusal !== undefined,
      refusal,
    );
    if (refusal !== undefined) throw refusal;
    if (nothingToSend) return EXIT.ok;
    await approve(host, planned, flags);
    const result = await carryOut(host, planned, zoom, talk);
    const exitCode = exitCodeOf(result);
    await writeReport(host, flags, { kind: 'result', result, exitCode });
    if (result.halted !== undefined && !(result.halted instanceof LockstepError)) throw result.halted;
    return exitCode;
  } finally {
    progress.stop();
    zoom.close();
    if (talk.verbose) host.stderr.write(summaryOf(zoom.counts()));
  }
}

/**
 * The plan, to be read before the question. Where stdout is for a program it carries one document: the result, or the
 * plan when that is all there will be; a person who is asked nevertheless sees the plan on stderr.
 */
async function showPlan(
  host: Host,
  flags: Flags,
  plan: Plan,
  budget: Budget,
  last: boolean,
  refusal?: LockstepError,
): Promise<void> {
  const report: Report = { kind: 'plan', plan, budget, exitCode: refusal?.exitCode ?? EXIT.ok };
  if (last) await writeReport(host, flags, report);
  else if (formatOf(flags) === 'text') await writeReport(host, { ...flags, report: [] }, report);
  else if (!isOn(flags, 'autoApprove')) host.stderr.write(render('text', report, hasColour(host, host.stderr)));
}

/** Why the plan must not be sent, found before anybody is asked. */
function refusalOf({ plan }: Planned, host: Host, flags: Flags): LockstepError | undefined {
  const exitCode = EXIT.refused;
  const objections = guardPlan(plan, { blocked: isOn(flags, 'allowBlocked') });
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

async function approve(host: Host, { plan }: Planned, flags: Flags): Promise<void> {
  if (isOn(flags, 'autoApprove')) return;
  const count = plan.waves.flat().length;
  if (await confirm(host, `Send ${count} PATCH ${count === 1 ? 'request' : 'requests'} to Zoom?`)) return;
  throw new LockstepError('not approved; nothing was sent', { exitCode: EXIT.refused });
}

async function carryOut(
  host: Host,
  planned: Planned,
  zoom: Writer,
  talk: { quiet: boolean; verbose: boolean },
): Promise<ApplyResult> {
  const progress: Progress = await startProgress(host, talk);
  const abort = new AbortController();
  const stopListening = host.onInterrupt(() => {
    abort.abort();
    host.stderr.write('\nStopping: what is under way finishes, nothing more is sent.\n');
  });
  const steps = planned.plan.waves.flat().length;
  let sent = 0;
  try {
    return await applyPlan(planned.plan, {
      zoom,
      secrets: planned.secrets,
      wanted: planned.wanted,
      signal: abort.signal,
      onEvent: (event) => {
        if (event.kind !== 'sent') return;
        sent += 1;
        progress.say(`Writing to Zoom: ${sent} of ${steps} requests`);
      },
    });
  } finally {
    stopListening();
    progress.stop();
  }
}
