/** The level of a result, and its severity if it is about security. */
import type { Severity } from '../../model/plan.ts';
import type { Entry } from '../view/entry.ts';

export type Level = 'error' | 'warning' | 'note';

/** The most severe first. */
export const LEVELS: readonly Level[] = ['error', 'warning', 'note'];

const BY_SEVERITY: Readonly<Record<Severity, Level>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};

/**
 * - error: a critical or high setting gets less secure or fails a check, a run did not apply a change, or it was not seen
 * - warning: the same for a medium or low setting, and what is lossy, protected, blocked, not offered or to be reviewed
 * - note: what gets more secure, or does not affect security
 *
 * `undefined` if there is no result.
 */
export function levelOf({ state, severity, loosens, marks, direction }: Entry): Level | undefined {
  switch (state) {
    case 'applied':
    case 'pass':
      return undefined;
    case 'failed':
    case 'ineffective':
    case 'leftUnlocked':
    case 'unknown':
    case 'unmatched':
    case 'not-found':
    case 'pending':
      return 'error';
    case 'blocked':
    case 'moved':
    case 'notAttempted':
    case 'not-offered':
      return 'warning';
    case 'fail':
    case 'waived':
      return BY_SEVERITY[severity ?? 'low'];
    case 'differs':
      if (loosens) return severity === 'critical' || severity === 'high' ? 'error' : 'warning';
      return marks.length > 0 || direction === 'review' ? 'warning' : 'note';
  }
}

/**
 * The severity of a result that is about security. GitHub ranks an alert by the score of its rule, whatever its level is,
 * and would show a change that tightens a critical setting as a critical alert.
 */
export function weightOf({ state, severity, loosens, direction }: Entry): Severity | undefined {
  if (state === 'blocked') return undefined;
  return state === 'differs' && !loosens && direction !== 'review' ? undefined : severity;
}
