/** The direction of changes: towards more or less security. */
import type { Change, Direction } from '../../model/plan.ts';
import type { Badge } from './tone.ts';

/** A plan to apply, or one that only shows what differs. */
export type Purpose = 'plan' | 'drift';

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
 * The words for each direction. Drift is shown from Zoom's side: where the policy would tighten, Zoom has become looser,
 * and that is what a reader of drift looks for.
 */
export function directionWords(purpose: Purpose): Readonly<Record<Direction, string>> {
  return purpose === 'drift' ? DRIFT_WORDS : PLAN_WORDS;
}

/** The direction of one change, with its severity. */
export function directionBadge(
  purpose: Purpose,
  { direction, severity }: Pick<Change, 'direction' | 'severity'>,
): Badge {
  const word = directionWords(purpose)[direction];
  return {
    text: direction === 'neutral' || severity === undefined ? word : `${word}, ${severity}`,
    tone: toneOf(purpose, direction),
  };
}

function toneOf(purpose: Purpose, direction: Direction): Badge['tone'] {
  if (direction === 'review') return 'warn';
  if (direction === 'neutral') return 'quiet';
  return loosens(purpose, direction) ? 'bad' : 'good';
}

/** Whether a change reduces security, or drift has reduced it. */
export function loosens(purpose: Purpose, direction: Direction | undefined): boolean {
  return direction === (purpose === 'drift' ? 'tightens' : 'weakens');
}
