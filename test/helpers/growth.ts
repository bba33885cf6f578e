/** How the work of a function grows with what it is given, in time of the processor, which others on the machine do not use up. */

const TIMES = 3;
/** Less than this cannot be told from nothing. */
const LEAST_MS = 2;

/** How many times as long it takes for the larger input. */
export function growth<T>(work: (input: T) => unknown, smaller: T, larger: T): number {
  work(smaller);
  return spent(work, larger) / Math.max(spent(work, smaller), LEAST_MS);
}

/** The shortest of a few: whatever else this process does, it does not do it every time. */
function spent<T>(work: (input: T) => unknown, input: T): number {
  const times = Array.from({ length: TIMES }, () => {
    const before = process.cpuUsage();
    work(input);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}
