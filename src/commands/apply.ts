import { apply as applyPolicies } from '../library/apply.ts';
import type { Settings } from '../library/option.ts';
import type { Host } from '../terminal.ts';
import { execute } from './execute.ts';
import type { APPLY_COMMAND } from './options.ts';

export function apply(host: Host, settings: Settings<typeof APPLY_COMMAND.options>): Promise<number> {
  return execute(host, settings, (approval) => applyPolicies({ ...settings, ...approval }));
}
