import type { Settings } from '../library/option.ts';
import { plan as planPolicies } from '../library/plan.ts';
import type { Host } from '../terminal.ts';
import { printableJson } from '../util/printable.ts';
import { OWNER_ONLY } from '../util/safe-files.ts';
import { assertCanWrite } from './can-write.ts';
import type { PLAN_COMMAND } from './options.ts';
import { writeOwn } from './output.ts';
import { settled } from './settled.ts';
import { listen } from './stderr.ts';
import { writeReport } from './write-report.ts';

export async function plan(host: Host, settings: Settings<typeof PLAN_COMMAND.options>): Promise<number> {
  await assertCanWrite(host, settings);
  const { listening } = listen(host, settings);
  const { report, refusal } = await settled(planPolicies({ ...settings, ...listening }));
  // It names what people are about to change.
  if (settings.out !== undefined) await writeOwn(host, settings.out, `${printableJson(report.plan)}\n`, OWNER_ONLY);
  await writeReport(host, settings, report);
  if (refusal !== undefined) throw refusal;
  return report.exitCode;
}
