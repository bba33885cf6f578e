import { setImmediate as settle } from 'node:timers/promises';
import type { Clock } from '../../src/zoom/clock.ts';

/** Time that passes only when everyone sleeps, and then by up to `late` more than asked for. */
export function virtualClock(late: (sleep: number) => number): Clock & { run(work: Promise<unknown>): Promise<void> } {
  const sleepers: { at: number; wake: () => void }[] = [];
  let now = 1_000_000;
  let sleeps = 0;
  return {
    now: () => now,
    random: () => 0,
    sleep: (milliseconds) =>
      new Promise((wake) => {
        sleeps += 1;
        sleepers.push({ at: now + milliseconds + late(sleeps), wake });
      }),
    async run(work) {
      let busy = true;
      const done = work.finally(() => {
        busy = false;
      });
      for (await settle(); busy; await settle()) {
        sleepers.sort((a, b) => a.at - b.at);
        const next = sleepers.shift();
        if (next === undefined) continue;
        now = Math.max(now, next.at);
        next.wake();
      }
      await done;
    },
  };
}

export function mostInOneSecond(times: readonly number[]): number {
  return Math.max(...times.map((start) => times.filter((time) => time >= start && time < start + 1000).length));
}
