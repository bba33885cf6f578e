import { LockstepError } from '../errors.ts';
import { prepareSaved } from '../reconcile/saved/prepare.ts';
import type { Host } from '../terminal.ts';
import { printable } from '../util/printable.ts';
import { openWriter } from '../zoom/zoom.ts';
import { connected } from './connected.ts';
import { carryOut } from './execute-plan.ts';
import { environmentOf, type Flags, isOn, textOf, textsOf } from './flags.ts';
import { tellBrokenRun } from './interrupted-run.ts';
import { planPolicies } from './plan-policies.ts';
import { readPolicies } from './policies.ts';
import { readSavedPlan } from './saved-plan-file.ts';
import { tellWarnings } from './stderr.ts';
import { checkReports } from './write-report.ts';

/** Plans and applies policies, or applies a plan that was saved and reviewed. */
export async function apply(host: Host, paths: readonly string[], flags: Flags): Promise<number> {
  await checkReports(host, flags);
  const env = await environmentOf(host, flags);
  const file = textOf(flags, 'plan');
  if (file !== undefined) return applySaved(host, env, paths, flags, file);
  if (isOn(flags, 'partial')) throw new LockstepError('--partial goes with --plan only');
  const { desired, secrets, warnings } = await readPolicies(host, env, paths, flags, 'required');
  tellWarnings(host, warnings);
  return connected(host, env, flags, openWriter, async (open) => {
    const { zoom, connection, progress } = open;
    await tellBrokenRun(host, zoom.account);
    const planned = await planPolicies(host, flags, { desired, secrets }, open);
    progress.stop();
    return carryOut(host, flags, zoom, connection, { ...planned, dropped: [] });
  });
}

async function applySaved(
  host: Host,
  env: Host['env'],
  paths: readonly string[],
  flags: Flags,
  file: string,
): Promise<number> {
  const inapt = [
    ...(textsOf(flags, 'target').length > 0 ? ['--target'] : []),
    ...(isOn(flags, 'allowUnknown') ? ['--allow-unknown'] : []),
    ...(isOn(flags, 'assumeUnlocked') ? ['--assume-unlocked'] : []),
    ...(textsOf(flags, 'writeSecret').length > 0 ? ['--write-secret'] : []),
  ];
  if (inapt.length > 0) {
    throw new LockstepError(`${inapt.join(' and ')} cannot go with --plan`, {
      hint: 'a saved plan is applied as it was made; give the flag to plan --out',
    });
  }
  if (paths.length > 0) {
    throw new LockstepError('apply takes policies or --plan, not both', {
      hint: 'a saved plan says all that it changes',
    });
  }
  const plan = await readSavedPlan(host, file);
  return connected(host, env, flags, openWriter, async ({ zoom, connection, progress }) => {
    await tellBrokenRun(host, zoom.account);
    const prepared = await prepareSaved(plan, zoom, {
      env,
      partial: isOn(flags, 'partial'),
      onProgress: progress.say,
      onStale: (text) => host.stderr.write(`left out as stale: ${printable(text)}\n`),
    });
    progress.stop();
    return carryOut(host, flags, zoom, connection, prepared);
  });
}
