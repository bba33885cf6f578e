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
  // Nested by name, because a joined key would be a new text to hash for every look-up.
  let answers = new Map<string, unknown>();
  let size = 0;
  return (...names) => {
    let level = answers;
    const last = names.length - 1;
    for (let at = 0; at < last; at += 1) {
      const name = names[at] as string;
      let next = level.get(name) as Map<string, unknown> | undefined;
      if (next === undefined) {
        next = new Map();
        level.set(name, next);
      }
      level = next;
    }
    const name = names[last] ?? '';
    const answer = level.get(name);
    if (answer !== undefined || level.has(name)) return answer as R;
    const made = look(...names);
    if (size === most) {
      answers = new Map();
      size = 0;
      return made;
    }
    level.set(name, made);
    size += 1;
    return made;
  };
}
