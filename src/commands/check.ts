import { check as checkPolicies } from '../library/check.ts';
import type { Settings } from '../library/option.ts';
import type { Host } from '../terminal.ts';
import { assertCanWrite } from './can-write.ts';
import type { CHECK_COMMAND } from './options.ts';
import { listen } from './stderr.ts';
import { writeReport } from './write-report.ts';

export async function check(host: Host, settings: Settings<typeof CHECK_COMMAND.options>): Promise<number> {
  await assertCanWrite(host, settings);
  const { listening } = listen(host, settings);
  const verdict = await checkPolicies({ ...settings, ...listening });
  await writeReport(host, settings, verdict);
  return verdict.exitCode;
}
