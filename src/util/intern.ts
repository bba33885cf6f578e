/**
 * Keeps one copy of values that are equal: thousands of targets have few different bodies. Begins anew when there are more
 * than `most`, since a program may run for days.
 * @returns a function that is handed a text which equal values have in common, and how to make the value
 */
export function interning<Value>(most: number): (text: string, make: () => Value) => Value {
  const known = new Map<string, Value>();
  return (text, make) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size >= most) known.clear();
    const made = make();
    known.set(text, made);
    return made;
  };
}
