import type { Settings } from '../library/option.ts';
import { plan as planPolicies } from '../library/plan.ts';
import type { Host } from '../terminal.ts';
import { assertCanWrite } from './can-write.ts';
import type { PLAN_COMMAND } from './options.ts';
import { settled } from './settled.ts';
import { listen } from './stderr.ts';
import { writeReport } from './write-report.ts';

export async function plan(host: Host, settings: Settings<typeof PLAN_COMMAND.options>): Promise<number> {
  await assertCanWrite(host, settings);
  const { listening } = listen(host, settings);
  const { report, refusal } = await settled(planPolicies({ ...settings, ...listening }));
  if (settings.out !== undefined) {
    const { savePlan } = await import('../library/save-plan.ts');
    await savePlan(report.plan, settings.out, host.cwd);
  }
  await writeReport(host, settings, report);
  if (refusal !== undefined) throw refusal;
  return report.exitCode;
}
