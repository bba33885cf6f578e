/**
 * A look-up with its answers kept. For pure look-ups by names over tables that do not change: a run asks the same ones
 * for thousands of targets.
 */
export function remembered<Names extends readonly string[], R>(look: (...names: Names) => R): (...names: Names) => R {
  const known = new Map<string, R>();
  return (...names) => {
    const key = names.join(' ');
    if (known.has(key)) return known.get(key) as R;
    const answer = look(...names);
    known.set(key, answer);
    return answer;
  };
}
