import type { Settings } from '../library/option.ts';
import { rollback as rollBackRun } from '../library/rollback.ts';
import type { Host } from '../terminal.ts';
import { execute } from './execute.ts';
import type { ROLLBACK_COMMAND } from './options.ts';

export function rollback(host: Host, settings: Settings<typeof ROLLBACK_COMMAND.options>): Promise<number> {
  return execute(host, settings, (approval) => rollBackRun({ ...settings, ...approval }));
}
