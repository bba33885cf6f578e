/** The order in which files that extend each other are merged. Without recursion, because chains may be long. */

/**
 * Sorts files so that each follows everything it extends. If files extend each other in a loop, the link that closes it
 * is ignored and the loop is returned: each file extends the next, and the last extends the first.
 *
 * @param files the first file of a loop, in this order, is where the loop is reported to start
 */
export function extensionOrder(
  files: readonly string[],
  basesOf: (file: string) => readonly string[],
): { readonly order: readonly string[]; readonly loops: readonly (readonly string[])[] } {
  const order = new Set<string>();
  const loops: string[][] = [];
  for (const file of files) {
    if (order.has(file)) continue;
    const way = [{ file, bases: [...basesOf(file)] }];
    const onWay = new Set([file]);
    for (let at = way.at(-1); at !== undefined; at = way.at(-1)) {
      const base = at.bases.shift();
      if (base === undefined) {
        order.add(at.file);
        onWay.delete(at.file);
        way.pop();
      } else if (onWay.has(base)) {
        const steps = way.map((step) => step.file);
        loops.push(steps.slice(steps.indexOf(base)));
      } else if (!order.has(base)) {
        way.push({ file: base, bases: [...basesOf(base)] });
        onWay.add(base);
      }
    }
  }
  return { order: [...order], loops };
}
