import type { Plan } from '../model/plan.ts';
import { requestsOf } from '../reconcile/plan/assemble.ts';
import type { Budget, RequestTally } from '../report/index.ts';
import type { Connection } from '../zoom/connection.ts';
import { RATES } from '../zoom/rates.ts';
import type { Session } from '../zoom/zoom.ts';

/** Every settings and lock call is of the class medium (zoom-api, section 2). */
export function budgetOf(plan: Plan, { ratePlan, rateShare = 1 }: Connection): Budget {
  const { patch, get } = requestsOf(plan);
  if (ratePlan === 'none') return { patch, get, ratePlan };
  return { patch, get, ratePlan, seconds: Math.ceil((patch + get) / (RATES[ratePlan].medium * rateShare)) };
}

export function tallyOf(zoom: Pick<Session, 'counts' | 'minimum'>): RequestTally {
  const { light, medium, heavy } = zoom.counts();
  return { made: light + medium + heavy, minimum: zoom.minimum() };
}
