/** More than the settings there are. */
const NAMES = 10_000;
/** Thousands of targets have few different values, and a program may run for days. */
export const VALUES = 500;

/**
 * A look-up with its answers kept. For pure look-ups over tables that do not change, by names: a run asks the same ones
 * for thousands of targets.
 * @param most answers that are kept; more of them, and it begins anew
 */
export function memoize<Names extends readonly string[], R>(
  look: (...names: Names) => R,
  most: number = NAMES,
): (...names: Names) => R {
  const known = new Map<string, R>();
  return (...names) => {
    const key = names.join(' ');
    if (known.has(key)) return known.get(key) as R;
    const answer = look(...names);
    if (known.size === most) known.clear();
    known.set(key, answer);
    return answer;
  };
}
