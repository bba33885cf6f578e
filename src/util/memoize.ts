/** More than there are settings. */
const NAMES = 10_000;
/** Thousands of targets have few different values, but a program may run for days. */
export const VALUES = 500;

/**
 * Caches the results of a pure look-up by names: a run asks the same ones for thousands of targets.
 * @param most results to keep; the cache is emptied when it is full
 */
export function memoize<Names extends readonly string[], R>(
  look: (...names: Names) => R,
  most: number = NAMES,
): (...names: Names) => R {
  const answers = new Map<string, R>();
  return (...names) => {
    const [first = '', ...more] = names;
    const key = more.length === 0 ? first : names.join(' ');
    const answer = answers.get(key);
    if (answer !== undefined || answers.has(key)) return answer as R;
    const made = look(...names);
    if (answers.size === most) answers.clear();
    answers.set(key, made);
    return made;
  };
}
