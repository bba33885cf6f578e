import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RatePlan } from '../../src/model/rate-plan.ts';
import { createLimiter, type Limiter } from '../../src/zoom/limiter.ts';
import { RATES, type RateClass } from '../../src/zoom/rates.ts';
import { FULL_SPEED, shareAt, slowedDown } from '../../src/zoom/throttle.ts';
import { mostInOneSecond, virtualClock } from './virtual-clock.ts';

const open = new AbortController().signal;
type Clock = ReturnType<typeof virtualClock>;
type LimitedPlan = Exclude<RatePlan, 'none'>;

const plan = fc.constantFrom<LimitedPlan[]>('free', 'pro', 'business');
const rateClass = fc.constantFrom<RateClass[]>('light', 'medium', 'heavy');
const lateness = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 7 });
/** What Zoom does to a class after the `after`th request. */
const incident = fc.record({
  after: fc.integer({ min: 0, max: 80 }),
  what: fc.oneof(
    fc.record({ kind: fc.constant('refuses' as const), milliseconds: fc.integer({ min: 0, max: 3000 }) }),
    fc.record({ kind: fc.constant('caps' as const), perSecond: fc.integer({ min: 1, max: 100 }) }),
  ),
});

/** The times at which `count` requests of the class are sent, each of which takes 100 ms. */
async function timesOf(
  limiter: Limiter,
  clock: Clock,
  rateClass: RateClass,
  count: number,
  onSent: (index: number) => void = () => undefined,
): Promise<number[]> {
  const sent: number[] = [];
  const send = () =>
    limiter.run(rateClass, async (turn) => {
      await turn();
      sent.push(clock.now());
      onSent(sent.length);
      await clock.sleep(100);
    });
  await clock.run(Promise.all(Array.from({ length: count }, send)));
  return sent;
}

function perSecond(times: readonly number[]): number {
  return ((times.length - 1) * 1000) / ((times.at(-1) ?? 0) - (times[0] ?? 0));
}

describe('a share of the rate', () => {
  it('is never crossed, whatever the timers and Zoom do', async () => {
    const cases = fc.asyncProperty(
      plan,
      rateClass,
      fc.integer({ min: 1, max: 100 }),
      lateness,
      fc.array(incident, { maxLength: 4 }),
      async (plan, rateClass, percent, late, incidents) => {
        const clock = virtualClock((sleep) => late[sleep % late.length] ?? 0);
        const limiter = createLimiter(plan, 20, clock, open, {}, percent / 100);
        const sent = await timesOf(limiter, clock, rateClass, 100, (index) => {
          for (const { what } of incidents.filter(({ after }) => after === index)) {
            if (what.kind === 'caps') limiter.cap(rateClass, what.perSecond);
            else {
              limiter.holdOff(rateClass, what.milliseconds);
              limiter.slowDown(rateClass, clock.now());
            }
          }
        });
        expect(sent).toHaveLength(100);
        expect(mostInOneSecond(sent)).toBeLessThanOrEqual(Math.ceil((RATES[plan][rateClass] * percent) / 100));
      },
    );
    await fc.assert(cases, { numRuns: 60 });
  });

  it.each([25, 80, 100])('of %i%% is used', async (percent) => {
    const clock = virtualClock((sleep) => sleep % 12);
    const sent = await timesOf(
      createLimiter('business', 20, clock, open, {}, percent / 100),
      clock,
      'medium',
      (percent / 100) * 600,
    );
    expect(perSecond(sent) / (60 * (percent / 100))).toBeGreaterThan(0.95);
  });
});

describe('the pace', () => {
  const refusals = fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 30 });

  it('stays between a tenth and the whole, falls with a refusal and never otherwise', () => {
    fc.assert(
      fc.property(refusals, (waits) => {
        let now = 0;
        let pace = FULL_SPEED;
        for (const wait of waits) {
          const before = shareAt(pace, now);
          now += wait;
          expect(shareAt(pace, now)).toBeGreaterThanOrEqual(before);
          const high = shareAt(pace, now);
          pace = slowedDown(pace, now);
          expect(shareAt(pace, now)).toBeLessThanOrEqual(Math.max(0.1, high * 0.7));
          expect(shareAt(pace, now)).toBeGreaterThanOrEqual(0.1);
        }
        expect(shareAt(pace, now + 90_000)).toBe(1);
      }),
    );
  });

  it('forgets a refusal that may have been chance within seconds, and one that follows it only by and by', () => {
    const chance = slowedDown(FULL_SPEED, 0);
    expect(shareAt(chance, 3000)).toBeCloseTo(1);
    const again = slowedDown(chance, 1000);
    expect(shareAt(again, 11_000)).toBeLessThan(shareAt(chance, 1000));
  });

  it('falls once for requests that were under way together', async () => {
    const clock = virtualClock(() => 0);
    const limiter = createLimiter('business', 20, clock, open);
    const [once, twice] = [virtualClock(() => 0), clock];
    const alone = createLimiter('business', 20, once, open);
    alone.slowDown('medium', once.now());
    for (let refusal = 0; refusal < 10; refusal += 1) limiter.slowDown('medium', twice.now() - refusal);
    expect(await timesOf(limiter, twice, 'medium', 200)).toEqual(await timesOf(alone, once, 'medium', 200));
  });

  it('is of one class', async () => {
    const clock = virtualClock(() => 0);
    const limiter = createLimiter('business', 20, clock, open);
    for (let refusal = 0; refusal < 5; refusal += 1) limiter.slowDown('medium', clock.now() + refusal);
    const start = clock.now();
    const light = await timesOf(limiter, clock, 'light', 200);
    expect(perSecond(light) / 80).toBeGreaterThan(0.95);
    expect(light[0]).toBe(start);
  });

  it('is not above the limit that Zoom tells, nor above the plan', async () => {
    const clock = virtualClock(() => 0);
    const limiter = createLimiter('business', 20, clock, open);
    limiter.cap('medium', 1000);
    expect(mostInOneSecond(await timesOf(limiter, clock, 'medium', 200))).toBeLessThanOrEqual(60);
    limiter.cap('medium', 20);
    expect(mostInOneSecond((await timesOf(limiter, clock, 'medium', 100)).slice(1))).toBeLessThanOrEqual(20);
  });
});

/** Zoom's sliding second, shared with a client that asks evenly and does not care; a refused call does not count. */
function sharedServer(limit: number, others: number) {
  const accepted: number[] = [];
  let next = Number.NaN;
  const take = (now: number): boolean => {
    while ((accepted[0] ?? now) <= now - 1000) accepted.shift();
    if (accepted.length >= limit) return false;
    accepted.push(now);
    return true;
  };
  return (now: number): boolean => {
    if (Number.isNaN(next)) next = now;
    for (; next <= now; next += 1000 / others) take(next);
    return take(now);
  };
}

it.each([
  ['business', 30, 0.01, 0.8],
  ['pro', 10, 0.01, 0.8],
  ['business', 45, 0.015, 0.8],
] as const)(
  'plan %s beside a client that takes %i a second: seldom refused, and little is left unused',
  async (...row) => {
    const [plan, others, mostRefused, leastUsed] = row;
    const limit = RATES[plan].medium;
    const clock = virtualClock(() => 0);
    const limiter = createLimiter(plan, 20, clock, open);
    const server = sharedServer(limit, others);
    const count = limit * 50;
    let refused = 0;
    const times: number[] = [];
    const send = async (): Promise<void> => {
      const again = await limiter.run('medium', async (turn) => {
        await turn();
        const turnAt = clock.now();
        await clock.sleep(40);
        const taken = server(clock.now());
        await clock.sleep(40);
        if (taken) times.push(clock.now());
        else {
          refused += 1;
          limiter.holdOff('medium', 1000);
          limiter.slowDown('medium', turnAt);
        }
        return !taken;
      });
      if (again) return send();
    };
    await clock.run(Promise.all(Array.from({ length: count }, send)));
    expect(refused / count).toBeLessThanOrEqual(mostRefused);
    expect(perSecond(times) / (limit - others)).toBeGreaterThan(leastUsed);
  },
);
