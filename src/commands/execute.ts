/** A plan that is carried out on a terminal or in a pipeline: shown, approved, interrupted, reported. Apply and rollback alike. */
import { LockstepError } from '../errors.ts';
import type { ExecuteOptions } from '../library/options.ts';
import type { ApplyVerdict } from '../library/verdicts.ts';
import { accountName } from '../model/account.ts';
import { countPlan } from '../model/counts.ts';
import { changesOf } from '../model/plan.ts';
import type { PlanReport } from '../model/report.ts';
import { render } from '../report/index.ts';
import { confirm, type Host, hasColour, isInteractive } from '../terminal.ts';
import { plural } from '../util/plural.ts';
import { assertCanWrite } from './can-write.ts';
import { interruptible } from './interrupts.ts';
import { settled } from './settled.ts';
import { type Listening, listen } from './stderr.ts';
import { type OutputSettings, writeReport } from './write-report.ts';

type ExecuteSettings = OutputSettings & { readonly autoApprove: boolean };

/** What the command line adds to a call that carries a plan out. */
export type Approval = Listening & Required<Pick<ExecuteOptions, 'onPlan' | 'approve' | 'signal' | 'abandon'>>;

export async function execute(
  host: Host,
  settings: ExecuteSettings,
  call: (approval: Approval) => Promise<ApplyVerdict>,
): Promise<number> {
  await assertCanWrite(host, settings);
  const { listening, progress } = listen(host, settings);
  const interrupts = interruptible(host);
  const canApprove = settings.autoApprove || isInteractive(host);
  try {
    const verdict = call({
      ...listening,
      signal: interrupts.signal,
      abandon: interrupts.abandon,
      onPlan: (planned) => {
        progress.stop();
        return showPlan(host, settings, planned);
      },
      approve:
        canApprove &&
        (async (planned) => {
          const approved = settings.autoApprove || (await confirm(host, questionOf(planned)));
          if (approved) interrupts.listen();
          return approved;
        }),
    });
    const { report, refusal } = await settled(verdict);
    await writeReport(host, settings, report);
    if (refusal !== undefined) throw refusal;
    const halted = report.kind === 'result' ? report.result.halted : undefined;
    // A bug of ours: what was done is reported, and the bug as well.
    if (halted !== undefined && !(halted instanceof LockstepError)) throw halted;
    return report.exitCode;
  } finally {
    interrupts.release();
  }
}

/**
 * The plan, to be read before the question. Where stdout is for a program it carries one document, the result; a person
 * who is asked nevertheless sees the plan on stderr.
 */
async function showPlan(host: Host, settings: ExecuteSettings, report: PlanReport): Promise<void> {
  if (settings.format === 'text') await writeReport(host, { format: 'text', report: [] }, report);
  else if (!settings.autoApprove) host.stderr.write(await render('text', report, hasColour(host, host.stderr)));
}

function questionOf({ plan }: PlanReport): string {
  const { weakens } = countPlan(plan);
  const weaker = weakens === 0 ? '' : ` (${weakens} weaken)`;
  return `Apply ${plural(changesOf(plan).length, 'change')}${weaker} to ${accountName(plan.account)}?`;
}
