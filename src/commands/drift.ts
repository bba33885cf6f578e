import { EXIT } from '../errors.ts';
import { hasDrift } from '../reconcile/exit-code.ts';
import type { Host } from '../terminal.ts';
import { environmentOf, type Flags } from './flags.ts';
import { notify, webhookFrom } from './notify.ts';
import { planReadOnly } from './read-only.ts';
import { writeReport } from './write-report.ts';

/** The same plan as `plan` makes, worded for somebody who did not ask for a change. */
export async function drift(host: Host, paths: readonly string[], flags: Flags): Promise<number> {
  const webhook = webhookFrom(await environmentOf(host, flags), flags);
  const { plan, budget, requests } = await planReadOnly(host, paths, flags);
  const exitCode = hasDrift(plan) ? EXIT.differences : EXIT.ok;
  const report = { kind: 'drift', plan, budget, exitCode, requests } as const;
  try {
    await writeReport(host, flags, report);
  } finally {
    if (webhook !== undefined) await notify(host, webhook, report);
  }
  return exitCode;
}
