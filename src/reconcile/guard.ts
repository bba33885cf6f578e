/** What must be allowed by name before anything is written. */
import type { Plan } from '../model/plan.ts';

/** Why a plan is refused, and the one flag that allows just that. */
export interface Objection {
  readonly message: string;
  readonly flag: string;
}

export function guardPlan(plan: Plan, allowed: { readonly blocked: boolean }): readonly Objection[] {
  const count = plan.blocked.length;
  if (count === 0 || allowed.blocked) return [];
  const rest = plan.waves.length === 0 ? 'and there is nothing else to do' : 'the rest could be applied without';
  const message = `${count} ${count === 1 ? 'change is' : 'changes are'} blocked; ${rest}`;
  return [{ message, flag: '--allow-blocked' }];
}
