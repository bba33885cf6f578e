/** Whether memory stays as it is: the heap after a collection, first and last quarter of the rounds compared. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Caches fill, and code is compiled; a leak of a kilobyte a request would be a hundred times as much. */
const NOISE_MB = 4;

export interface HeapCourse {
  readonly firstMb: number;
  readonly lastMb: number;
  readonly isFlat: boolean;
}

/** Megabytes in use once everything that nobody needs is gone. */
export function heapMb(): number {
  collect();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

/** @param samples in the order of time, evenly spaced */
export function courseOf(samples: readonly number[]): HeapCourse {
  const quarter = Math.max(1, Math.floor(samples.length / 4));
  const [firstMb, lastMb] = [samples.slice(0, quarter), samples.slice(-quarter)].map(mean) as [number, number];
  return { firstMb, lastMb, isFlat: lastMb - firstMb <= NOISE_MB };
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length);
}
