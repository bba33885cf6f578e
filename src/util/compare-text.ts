/** Code units, not a locale: the order of everything that lockstep prints must be the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
