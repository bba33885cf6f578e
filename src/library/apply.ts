import type { Plan } from '../model/plan.ts';
import { prepareSaved } from '../reconcile/saved/prepare.ts';
import { readGiven } from '../reconcile/saved/read.ts';
import { withoutEnded } from '../reconcile/waivers.ts';
import { printable } from '../util/printable.ts';
import { openWriter } from '../zoom/zoom.ts';
import { begin, type Call, policyWarnings, today } from './call.ts';
import { execute } from './execute.ts';
import { warnOfInterruptedRun } from './interrupted-run.ts';
import type { Settings } from './option.ts';
import { planPolicies, targetsAtOnce } from './plan-policies.ts';
import { readPolicies } from './policies.ts';
import { readSavedPlan } from './save-plan.ts';
import type { APPLY } from './signatures.ts';
import type { ApplyVerdict } from './verdicts.ts';
import { withZoom } from './with-zoom.ts';

type ApplySettings = Settings<typeof APPLY.options>;

/** Plans and applies policies, or applies a plan that was made and reviewed before. */
export async function apply(settings: ApplySettings): Promise<ApplyVerdict> {
  const call = await begin(settings);
  return settings.plan === undefined ? applyPolicies(call, settings) : applySaved(call, settings, settings.plan);
}

async function applyPolicies(call: Call, settings: ApplySettings): Promise<ApplyVerdict> {
  const { desired, secrets, warnings, waivers, only } = await readPolicies(call, settings, 'required');
  call.warn(policyWarnings(warnings));
  return withZoom(call, { ...settings, only }, openWriter, async (connected) => {
    await warnOfInterruptedRun(call, connected.zoom.account);
    const planned = await planPolicies(call, settings, { desired, secrets, waivers }, connected);
    return execute(call, settings, connected, { ...planned, dropped: [] });
  });
}

async function applySaved(call: Call, settings: ApplySettings, given: Plan | string): Promise<ApplyVerdict> {
  const made = await (typeof given === 'string' ? readSavedPlan(given, call.cwd) : readGiven(given, 'the plan'));
  const plan = { ...made, blocked: withoutEnded(made.blocked, today()) };
  return withZoom(call, settings, openWriter, async (connected) => {
    await warnOfInterruptedRun(call, connected.zoom.account);
    const prepared = await prepareSaved(plan, connected.zoom, {
      env: call.env,
      partial: settings.partial,
      atOnce: targetsAtOnce(connected.connection),
      onProgress: call.progress,
      onStale: (text) => call.warn([{ kind: 'stale', message: printable(text) }]),
    });
    return execute(call, settings, connected, prepared);
  });
}
