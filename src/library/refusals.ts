/** Why a plan must not be sent, found before anybody is asked. */
import { EXIT, type ExitCode, type LockstepError, refusal } from '../errors.ts';
import { accountLine } from '../model/account.ts';
import type { Plan } from '../model/plan.ts';
import { failuresOf, guardPlan } from '../reconcile/apply/guard.ts';
import { missingScopes } from '../reconcile/apply/preflight.ts';
import { worstOf } from '../reconcile/exit-code.ts';
import type { Failure } from '../reconcile/fail-on.ts';
import { otherAccountIn } from '../reconcile/plan/fingerprint.ts';
import { printable } from '../util/printable.ts';
import type { Session } from '../zoom/zoom.ts';
import type { Settings } from './option.ts';
import type { EXECUTE } from './signatures.ts';

export type ExecuteSettings = Settings<typeof EXECUTE> & { readonly failOn?: readonly Failure[] };

/**
 * What `failOn` asks not to let pass, in whichever call.
 * @param exitCode what the call ends with otherwise
 */
export function failOnRefusal(
  plan: Plan,
  failOn: readonly Failure[],
  exitCode: ExitCode = EXIT.ok,
): LockstepError | undefined {
  const found = failuresOf(plan, failOn);
  if (found.length === 0) return undefined;
  const message = found.map((failure) => `refused by --fail-on: ${failure}`).join('\n');
  return refusal(message, undefined, worstOf([EXIT.refused, exitCode]));
}

/** Every reason not to send a plan, in the order in which they are looked for; the first one counts. */
export async function refusalOf(
  plan: Plan,
  settings: ExecuteSettings,
  zoom: Session,
): Promise<LockstepError | undefined> {
  return (
    fingerprintRefusal(plan, settings) ??
    failOnRefusal(plan, settings.failOn ?? []) ??
    guardRefusal(plan, settings) ??
    approvalRefusal(plan, settings) ??
    (await scopeRefusal(plan, zoom))
  );
}

function fingerprintRefusal(plan: Plan, { expect }: ExecuteSettings): LockstepError | undefined {
  const { fingerprint, account } = plan;
  if (expect === undefined || expect === fingerprint) return undefined;
  const other = otherAccountIn(expect, plan);
  if (other !== undefined) {
    return refusal(
      `refused: the expected fingerprint is of a plan for ${printable(other)}; this plan is for ${accountLine(account)}`,
      'the plan was reviewed for another account',
    );
  }
  return refusal(
    `refused: the plan's fingerprint is ${fingerprint}, not the expected ${printable(expect)}`,
    'the policies or Zoom have changed since the plan was reviewed',
  );
}

function guardRefusal(plan: Plan, settings: ExecuteSettings): LockstepError | undefined {
  const objections = guardPlan(plan, {
    blocked: settings.allowBlocked,
    lossy: settings.allowLossy,
    maxTargets: settings.maxTargets,
    protectedPaths: settings.allowProtected,
  });
  if (objections.length === 0) return undefined;
  return refusal(
    objections.map(({ message }) => `refused: ${message}`).join('\n'),
    `to allow it, use ${objections.map(({ flag }) => flag).join(' and ')}`,
  );
}

function approvalRefusal(plan: Plan, { approve }: ExecuteSettings): LockstepError | undefined {
  if (approve !== false || plan.waves.length === 0) return undefined;
  return refusal('refused: nobody can approve the plan', 'without a terminal, --auto-approve applies without asking');
}

async function scopeRefusal(plan: Plan, zoom: Session): Promise<LockstepError | undefined> {
  if (plan.waves.length === 0) return undefined;
  const missing = missingScopes(plan, await zoom.scopes());
  if (missing.length === 0) return undefined;
  const lines = missing.map(({ step, anyOf }) => `"${step}" needs ${anyOf.join(' or ')}`);
  return refusal(
    ['the token lacks scopes', ...lines].join('\n'),
    'add the scopes to the app in the Zoom App Marketplace',
    EXIT.credentials,
  );
}
