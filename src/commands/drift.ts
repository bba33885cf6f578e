import { environmentOf } from '../library/call.ts';
import type { Settings } from '../library/option.ts';
import { drift as findDrift } from '../library/plan.ts';
import type { Host } from '../terminal.ts';
import { assertCanWrite } from './can-write.ts';
import { notify, webhookFrom } from './notify.ts';
import type { DRIFT_COMMAND } from './options.ts';
import { listen } from './stderr.ts';
import { writeReport } from './write-report.ts';

export async function drift(host: Host, settings: Settings<typeof DRIFT_COMMAND.options>): Promise<number> {
  const { listening } = listen(host, settings);
  // A pipe can be read once: for the webhook only where there is one.
  const env = settings.notify === undefined ? {} : await environmentOf({ ...settings, ...listening });
  const webhook = webhookFrom(env, settings);
  await assertCanWrite(host, settings);
  const verdict = await findDrift({ ...settings, ...listening });
  try {
    await writeReport(host, settings, verdict);
  } finally {
    if (webhook !== undefined) await notify(host, webhook, verdict);
  }
  return verdict.exitCode;
}
