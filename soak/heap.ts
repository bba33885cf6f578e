/** Whether memory stays as it is: the heap after a collection, first and last quarter of the rounds compared. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/**
 * Some are seen in a thousand rounds, less and less of them: answers that look-ups keep of what they had not met, up to a
 * bound, and code that is compiled. A leak of a kilobyte a request would be fifty.
 */
const MOST_GROWTH_MB = 8;

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
  return { firstMb, lastMb, isFlat: lastMb - firstMb <= MOST_GROWTH_MB };
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length);
}
