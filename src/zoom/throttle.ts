/**
 * AIMD (additive increase, multiplicative decrease): the current speed of a rate class, as a share of what it may use.
 * Other apps use the account's limit too, and nothing reports how much, so refusals are the only signal. A refusal at full
 * speed may be chance, because the network brought requests too close together: the class slows down for seconds. After
 * another one it returns quickly to nearly the speed that was refused, and then approaches it slowly: so it is refused
 * rarely, and yet leaves little unused. Once it is past that speed, the other app is gone, and it speeds up again.
 */
export interface Throttle {
  readonly share: number;
  /** When it was that share, in milliseconds; it has grown since. */
  readonly at: number;
  /** The share at which Zoom refused; absent if that may have been chance. */
  readonly refused?: number;
}

export const FULL_SPEED: Throttle = { share: 1, at: 0 };

const DECREASE = 0.7;
const LEAST = 0.1;
/** Per second. */
const AFTER_CHANCE = 0.1;
const INCREASE = 0.02;
const NEAR_REFUSAL = 0.0025;

export function shareAt({ share, at, refused }: Throttle, now: number): number {
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

export function slowedDown(throttle: Throttle, now: number): Throttle {
  const refused = shareAt(throttle, now);
  return { share: Math.max(LEAST, refused * DECREASE), at: now, ...(refused === 1 ? {} : { refused }) };
}
