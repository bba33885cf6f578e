import type { Plan } from '../model/plan.ts';
import { requestsOf } from '../reconcile/plan.ts';
import type { Budget } from '../report/index.ts';
import type { Connection } from '../zoom/connection.ts';
import { RATES } from '../zoom/rates.ts';

/** Every settings and lock call is of the class medium (zoom-api, section 2). */
export function budgetOf(plan: Plan, { ratePlan }: Connection): Budget {
  const { patch, get } = requestsOf(plan);
  if (ratePlan === 'none') return { patch, get, ratePlan };
  return { patch, get, ratePlan, seconds: Math.ceil((patch + get) / RATES[ratePlan].medium) };
}
