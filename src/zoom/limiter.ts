import PQueue from 'p-queue';
import type { Clock } from './clock.ts';
import { type ClientEvents, NOTEWORTHY_WAIT } from './events.ts';
import { RATES, type RateClass, type RatePlan } from './rates.ts';

/**
 * Keeps a run under Zoom's limits: a bound on requests in flight, and for each rate class an even schedule.
 *
 * Zoom counts in seconds whose borders nobody knows (zoom-api section 2), so no sliding second may hold more than the
 * limit L. Turns are given at absolute times at least 1041 ms / L apart, which timer drift cannot stretch, and a turn
 * that comes late moves the schedule unless it is less than 20 ms late. So L + 1 turns never fit into 1021 ms; the
 * 21 ms that are left are for the network, which delays one request more than the next.
 */
export interface Limiter {
  /** Runs `task` when a place is free; it awaits `turn` immediately before it sends, once. */
  run<T>(rateClass: RateClass, task: (turn: () => Promise<void>) => Promise<T>): Promise<T>;
  /** No turn of the class for so long: Zoom has just said that the account, maybe by another app, is over its limit. */
  holdOff(rateClass: RateClass, milliseconds: number): void;
}

/** 96% of what is allowed; see above. */
const SHARE = 0.96;
const TOLERATED_LATENESS = 20;

export function createLimiter(
  plan: RatePlan,
  concurrency: number,
  clock: Clock,
  signal: AbortSignal,
  events: ClientEvents = {},
): Limiter {
  const flight = new PQueue({ concurrency });
  if (plan === 'none') {
    return { run: (_, task) => flight.add(() => task(async () => {})), holdOff: () => {} };
  }
  const waiting = () => flight.size;
  const schedules = {
    light: createSchedule(plan, 'light', waiting, clock, signal, events),
    medium: createSchedule(plan, 'medium', waiting, clock, signal, events),
    heavy: createSchedule(plan, 'heavy', waiting, clock, signal, events),
  };
  return {
    run: (rateClass, task) => flight.add(() => task(schedules[rateClass].turn)),
    holdOff: (rateClass, milliseconds) => schedules[rateClass].holdOff(milliseconds),
  };
}

function createSchedule(
  plan: Exclude<RatePlan, 'none'>,
  rateClass: RateClass,
  waiting: () => number,
  clock: Clock,
  signal: AbortSignal,
  events: ClientEvents,
): { turn(): Promise<void>; holdOff(milliseconds: number): void } {
  const limit = RATES[plan][rateClass];
  const spacing = 1000 / (limit * SHARE);
  const turns = new PQueue({ concurrency: 1 });
  let next = Number.NEGATIVE_INFINITY;
  let told = false;

  function tell(milliseconds: number): void {
    if (milliseconds <= NOTEWORTHY_WAIT) told = false;
    else if (!told) {
      told = true;
      const why = `Zoom's rate limit, ${limit} ${rateClass.toUpperCase()} requests a second on plan ${plan}`;
      events.onWait?.({ milliseconds: Math.round(milliseconds), why });
    }
  }

  async function takeTurn(): Promise<void> {
    // A loop, because Node's timers may fire a little early, and the schedule may be moved during the sleep.
    for (let now = clock.now(); now < next && !signal.aborted; now = clock.now()) {
      tell(next - now + (turns.size + waiting()) * spacing);
      await clock.sleep(Math.ceil(next - now), signal);
    }
    next = Math.max(next, clock.now() - TOLERATED_LATENESS) + spacing;
  }

  return {
    turn: () => turns.add(takeTurn),
    holdOff: (milliseconds) => {
      next = Math.max(next, clock.now() + milliseconds);
    },
  };
}
