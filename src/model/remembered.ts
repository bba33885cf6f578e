/** More than the settings there are; who asks for more asks for values, and has the most of it from the latest. */
const MOST = 10_000;

/**
 * A look-up with its answers kept. For pure look-ups over tables that do not change, by names: a run asks the same ones
 * for thousands of targets.
 */
export function remembered<Names extends readonly string[], R>(look: (...names: Names) => R): (...names: Names) => R {
  const known = new Map<string, R>();
  return (...names) => {
    const key = names.join(' ');
    if (known.has(key)) return known.get(key) as R;
    const answer = look(...names);
    if (known.size === MOST) known.clear();
    known.set(key, answer);
    return answer;
  };
}
