import PQueue from 'p-queue';
import type { RatePlan } from '../model/rate-plan.ts';
import type { Clock } from './clock.ts';
import { type ClientEvents, NOTEWORTHY_WAIT } from './events.ts';
import { RATES, type RateClass } from './rates.ts';
import { FULL_SPEED, shareAt, slowedDown } from './throttle.ts';

/**
 * Keeps a run under Zoom's limits: a bound on requests in flight, and for each rate class an even schedule.
 *
 * Nobody knows where Zoom's seconds begin (zoom-api section 2), so no sliding second may hold more than the limit L. Turns
 * are given at absolute times 1041 ms / L apart, which timer drift cannot stretch: a turn that is a little late is made up
 * for. But L + 1 turns are never given within 1030 ms: the 30 ms are for the network, which delays one request more than the
 * next. (The interval limits of p-queue allow all L of them at once.)
 *
 * Turns are farther apart if this run may use only a share of the limit, if Zoom reports a lower limit, and for a while
 * after Zoom has refused a request.
 */
export interface Limiter {
  /** Runs `task` when fewer requests are in flight than allowed. It awaits `turn` once, immediately before it sends. */
  run<T>(rateClass: RateClass, task: (turn: () => Promise<void>) => Promise<T>): Promise<T>;
  /** No turn of the class for this long: Zoom has just reported that the account, maybe by another app, is over its limit. */
  holdOff(rateClass: RateClass, milliseconds: number): void;
  /** Zoom refused a request that had its turn at `turnAt`. Only the first of many that were in flight together counts. */
  slowDown(rateClass: RateClass, turnAt: number): void;
  /** Zoom reported the limit per second. Never makes a class faster than the plan does. */
  cap(rateClass: RateClass, perSecond: number): void;
}

interface Schedule {
  turn(): Promise<void>;
  holdOff(milliseconds: number): void;
  slowDown(turnAt: number): void;
  cap(perSecond: number): void;
}

/** 96% of what is allowed; see above. */
const SHARE = 0.96;
const LONG_SECOND = 1030;
/** A turn that is later than this is not made up for, or many would be given at once. */
const TOLERATED_LATENESS = 50;

export function createLimiter(
  plan: RatePlan,
  concurrency: number,
  clock: Clock,
  signal: AbortSignal,
  events: ClientEvents = {},
  rateShare = 1,
): Limiter {
  const flight = new PQueue({ concurrency });
  if (plan === 'none') {
    const nothing = () => {};
    return {
      run: (_, task) => flight.add(() => task(async () => {})),
      holdOff: nothing,
      slowDown: nothing,
      cap: nothing,
    };
  }
  const waiting = () => flight.size;
  const scheduleOf = (rateClass: RateClass) =>
    createSchedule(plan, rateClass, rateShare, waiting, clock, signal, events);
  const schedules = { light: scheduleOf('light'), medium: scheduleOf('medium'), heavy: scheduleOf('heavy') };
  return {
    run: (rateClass, task) => flight.add(() => task(schedules[rateClass].turn)),
    holdOff: (rateClass, milliseconds) => schedules[rateClass].holdOff(milliseconds),
    slowDown: (rateClass, turnAt) => schedules[rateClass].slowDown(turnAt),
    cap: (rateClass, perSecond) => schedules[rateClass].cap(perSecond),
  };
}

function createSchedule(
  plan: Exclude<RatePlan, 'none'>,
  rateClass: RateClass,
  rateShare: number,
  waiting: () => number,
  clock: Clock,
  signal: AbortSignal,
  events: ClientEvents,
): Schedule {
  const turns = new PQueue({ concurrency: 1 });
  let limit = RATES[plan][rateClass];
  let throttle = FULL_SPEED;
  let next = Number.NEGATIVE_INFINITY;
  /** When the last turns were given, as many as count towards the limit. */
  const given: number[] = [];
  let isReported = false;

  const spacing = () => 1000 / (limit * rateShare * SHARE * shareAt(throttle, clock.now()));

  function reportWait(milliseconds: number): void {
    if (milliseconds <= NOTEWORTHY_WAIT) isReported = false;
    else if (!isReported) {
      isReported = true;
      const part = rateShare === 1 ? '' : `${Math.round(rateShare * 100)}% of `;
      const why = `${part}Zoom's rate limit, ${limit} ${rateClass.toUpperCase()} requests a second on plan ${plan}`;
      events.onWait?.({ milliseconds: Math.round(milliseconds), why });
    }
  }

  async function takeTurn(): Promise<void> {
    // A loop, because Node's timers may fire a little early, and the schedule may be moved during the sleep.
    for (let now = clock.now(); now < due() && !signal.aborted; now = clock.now()) {
      reportWait(due() - now + (turns.size + waiting()) * spacing());
      await clock.sleep(Math.ceil(due() - now), signal);
    }
    const now = clock.now();
    given.push(now);
    next = Math.max(next, now - TOLERATED_LATENESS) + spacing();
  }

  function due(): number {
    const most = Math.ceil(limit * rateShare);
    given.splice(0, given.length - most);
    const [first] = given;
    return given.length < most || first === undefined ? next : Math.max(next, first + LONG_SECOND);
  }

  return {
    turn: () => turns.add(takeTurn),
    holdOff: (milliseconds) => {
      next = Math.max(next, clock.now() + milliseconds);
    },
    slowDown: (turnAt) => {
      if (turnAt >= throttle.at) throttle = slowedDown(throttle, clock.now());
    },
    cap: (perSecond) => {
      limit = Math.min(limit, perSecond);
    },
  };
}
