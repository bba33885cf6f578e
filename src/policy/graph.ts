/** The order in which files that extend each other are put together. Chains may be long, so nothing here recurses. */

/**
 * Every file after all that it extends. Where files extend each other in a loop, the link that closes it is left out
 * and the loop told: the files on it, each extending the next, and the last the first.
 *
 * @param files in the order that decides where a loop is said to begin
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
