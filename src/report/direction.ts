/** Which way changes go, in words. */
import type { Change, Direction } from '../model/plan.ts';
import type { Purpose } from './verdict.ts';

const PLAN_WORDS: Readonly<Record<Direction, string>> = {
  tightens: 'tightens',
  weakens: 'weakens',
  review: 'review',
  neutral: 'neutral',
};

const DRIFT_WORDS: Readonly<Record<Direction, string>> = {
  ...PLAN_WORDS,
  tightens: 'Zoom is looser',
  weakens: 'Zoom is stricter',
};

/**
 * The word for each direction. Drift is told from Zoom's side: where the policy would tighten, Zoom has become looser, and
 * that is what a reader of drift looks for.
 */
export function wayWords(purpose: Purpose): Readonly<Record<Direction, string>> {
  return purpose === 'drift' ? DRIFT_WORDS : PLAN_WORDS;
}

/** The word for one change, with what it weighs. */
export function wayText(purpose: Purpose, { direction, severity }: Pick<Change, 'direction' | 'severity'>): string {
  const way = wayWords(purpose)[direction];
  return direction === 'neutral' || severity === undefined ? way : `${way}, ${severity}`;
}

/** Whether a change is, or drift has brought, a loss of security. */
export function loosens(purpose: Purpose, direction: Direction | undefined): boolean {
  return direction === (purpose === 'drift' ? 'tightens' : 'weakens');
}
