/**
 * How fast a rate class goes at present, as a share of what it may. Others use up the account's limit too, and nobody
 * tells how much of it: a refusal is all there is to go by. One that comes at full speed may be chance, requests that the
 * network brought too near to each other: the class goes slower for seconds. After another one it is soon nearly as fast as
 * when it was refused, and only by and by as fast: so it is refused seldom and yet leaves little unused. Once it is
 * through there, whoever took the rest is gone, and it gets faster soon again.
 */
export interface Pace {
  readonly share: number;
  /** When it was that share, in milliseconds; it has grown since. */
  readonly at: number;
  /** The share at which Zoom refused; absent where it may have been chance. */
  readonly refused?: number;
}

export const FULL: Pace = { share: 1, at: 0 };

const DECREASE = 0.7;
const LEAST = 0.1;
/** All of them a second. */
const AFTER_CHANCE = 0.1;
const INCREASE = 0.02;
const NEAR_REFUSAL = 0.0025;

export function shareAt({ share, at, refused }: Pace, now: number): number {
  let seconds = Math.max(0, now - at) / 1000;
  let grown = share;
  for (const { to, by } of stretches(refused)) {
    const needed = Math.max(0, (to - grown) / by);
    if (seconds < needed) return Math.min(1, grown + seconds * by);
    seconds -= needed;
    grown = Math.max(grown, to);
  }
  return 1;
}

function stretches(refused: number | undefined): readonly { readonly to: number; readonly by: number }[] {
  if (refused === undefined) return [{ to: 1, by: AFTER_CHANCE }];
  return [
    { to: 0.9 * refused, by: INCREASE },
    { to: 1.05 * refused, by: NEAR_REFUSAL },
    { to: 1, by: INCREASE },
  ];
}

export function lowered(pace: Pace, now: number): Pace {
  const refused = shareAt(pace, now);
  return { share: Math.max(LEAST, refused * DECREASE), at: now, ...(refused === 1 ? {} : { refused }) };
}
