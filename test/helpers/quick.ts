/** Waiting that takes no time: the client's back-off is skipped, and its time-outs come sooner. */
import { realClock } from '../../src/zoom/clock.ts';

/** What is shorter is no patience of the client's. */
const PATIENCE_FROM = 5000;

/** Goes back to the real time. */
export interface Slowly {
  (): void;
  /** How many times as soon time-outs come until then. */
  times: number;
}

export function hurry(): Slowly {
  const { now, sleep } = realClock;
  const { setTimeout: schedule } = globalThis;
  let skipped = 0;
  Object.assign(realClock, {
    now: () => now() + skipped,
    sleep: async (milliseconds: number) => {
      skipped += milliseconds;
      await new Promise((done) => setImmediate(done));
    },
  });
  const slowly: Slowly = () => {
    Object.assign(realClock, { now, sleep });
    globalThis.setTimeout = schedule;
  };
  slowly.times = 100;
  globalThis.setTimeout = Object.assign(
    (callback: (...args: unknown[]) => void, milliseconds = 0, ...args: unknown[]) =>
      schedule(callback, milliseconds >= PATIENCE_FROM ? milliseconds / slowly.times : milliseconds, ...args),
    schedule,
  ) as typeof setTimeout;
  return slowly;
}
