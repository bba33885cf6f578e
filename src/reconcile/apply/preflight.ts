/** Before the first write: whether the token may send every step. */
import { scopesToWrite } from '../../catalog/scopes.ts';
import type { Plan } from '../../model/plan.ts';

export interface MissingScope {
  readonly step: string;
  /** Any one of these would do. */
  readonly anyOf: readonly string[];
}

/** @param granted the token's scopes; when they are not known, Zoom says so at the first request */
export function missingScopes(plan: Plan, granted: readonly string[] | undefined): readonly MissingScope[] {
  if (granted === undefined || granted.length === 0) return [];
  return plan.waves.flat().flatMap(({ id, target, request }) => {
    const anyOf = scopesToWrite(target.scope, request.document.endpoint);
    return anyOf.some((scope) => granted.includes(scope)) ? [] : [{ step: id, anyOf }];
  });
}
