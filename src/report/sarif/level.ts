/** How loud a result is, and whether it weighs as a matter of security. */
import type { Severity } from '../../model/plan.ts';
import type { Entry } from '../view/entry.ts';

export type Level = 'error' | 'warning' | 'note';

/** From the loudest. */
export const LEVELS: readonly Level[] = ['error', 'warning', 'note'];

const BY_SEVERITY: Readonly<Record<Severity, Level>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};

/**
 * - error: security is lost or missing (a critical or high setting gets looser, or fails a check), or a run did not bring
 *   what was wanted
 * - warning: the same of less weight, what must be looked at, is lossy, protected, blocked, or not known
 * - note: what gets stricter or does not matter
 *
 * `undefined` where there is nothing to say.
 */
export function levelOf({ state, severity, loosens, marks, direction }: Entry): Level | undefined {
  switch (state) {
    case 'applied':
    case 'pass':
      return undefined;
    case 'failed':
    case 'ineffective':
    case 'leftUnlocked':
      return 'error';
    case 'blocked':
    case 'moved':
    case 'notAttempted':
    case 'unknown':
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
 * What makes a result one of security: GitHub ranks an alert by the score of its rule whatever its level says, and would
 * call a change that tightens a critical setting a critical alert.
 */
export function weightOf({ state, severity, loosens, direction }: Entry): Severity | undefined {
  if (state === 'blocked') return undefined;
  return state === 'differs' && !loosens && direction !== 'review' ? undefined : severity;
}
