import { exportPolicies as exportLive } from '../library/export.ts';
import type { Settings } from '../library/option.ts';
import type { Host } from '../terminal.ts';
import type { EXPORT_COMMAND } from './options.ts';
import { print } from './output.ts';
import { listen } from './stderr.ts';

export async function exportPolicies(host: Host, settings: Settings<typeof EXPORT_COMMAND.options>): Promise<number> {
  const { policy, exitCode } = await exportLive({ ...settings, ...listen(host, settings).listening });
  await print(host, policy);
  return exitCode;
}
