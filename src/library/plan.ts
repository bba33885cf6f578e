/** A plan through a client that has no way to write: `plan`, and `drift` for somebody who did not ask for a change. */
import { tallyPlan } from '../model/outcomes.ts';
import type { PlanReport } from '../model/report.ts';
import { exitCodeFor } from '../reconcile/exit-code.ts';
import { openReader } from '../zoom/zoom.ts';
import { budgetOf, tallyOf } from './budget.ts';
import { begin, type Call, policyWarnings } from './call.ts';
import type { Settings } from './option.ts';
import { planPolicies } from './plan-policies.ts';
import { readPolicies } from './policies.ts';
import { quotaWarnings } from './quota.ts';
import { failOnRefusal } from './refusals.ts';
import { PlanRefused } from './refused.ts';
import type { DRIFT, PLAN } from './signatures.ts';
import { unseenWarnings } from './unseen.ts';
import type { PlanVerdict } from './verdicts.ts';
import { withZoom } from './with-zoom.ts';

export async function plan(settings: Settings<typeof PLAN.options>): Promise<PlanVerdict> {
  const call = await begin(settings);
  const made = await planReadOnly(call, settings);
  const column = settings.detailedExitcode ? 'plan --detailed-exitcode' : 'plan';
  const exitCode = exitCodeFor(tallyPlan(made.plan), column, settings.failOn);
  const refusal = failOnRefusal(made.plan, settings.failOn, exitCode);
  if (refusal !== undefined) throw new PlanRefused(refusal, { kind: 'plan', ...made, exitCode: refusal.exitCode });
  return concluded(call, { kind: 'plan', ...made, exitCode });
}

export async function drift(settings: Settings<typeof DRIFT.options>): Promise<PlanVerdict> {
  const call = await begin(settings);
  const made = await planReadOnly(call, settings);
  const exitCode = exitCodeFor(tallyPlan(made.plan), 'drift');
  return concluded(call, { kind: 'drift', ...made, exitCode });
}

function concluded(call: Call, report: PlanReport): PlanVerdict {
  call.warn(unseenWarnings(tallyPlan(report.plan), report.exitCode));
  return { ...report, warnings: call.warnings };
}

type ReadOnly = Pick<PlanReport, 'plan' | 'budget' | 'requests'>;

async function planReadOnly(
  call: Call,
  settings: Settings<typeof DRIFT.options> & { readonly writeSecret?: readonly string[] },
): Promise<ReadOnly> {
  // Keep only this much: with thousands of users the files would dominate memory.
  const { desired, secrets, warnings, waivers, only } = await readPolicies(call, settings, 'required');
  call.warn(policyWarnings(warnings));
  return withZoom(call, { ...settings, only }, openReader, async (connected) => {
    const { zoom, connection } = connected;
    const { plan } = await planPolicies(call, settings, { desired, secrets, waivers }, connected);
    call.warn(quotaWarnings(zoom, connection, plan));
    return { plan, budget: budgetOf(plan, connection), requests: tallyOf(zoom) };
  });
}
