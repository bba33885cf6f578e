/** Paths in SARIF are from where lockstep ran; code scanning takes them from the root of the repository. */

/** @param {unknown} value @param {string} folder @returns {unknown} */
export function fromRoot(value, folder) {
  if (Array.isArray(value)) return value.map((item) => fromRoot(item, folder));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const own = 'uriBaseId' in value;
  return Object.fromEntries(
    entries.map(([key, child]) => [
      key,
      own && key === 'uri' && typeof child === 'string' ? `${folder}/${child}` : fromRoot(child, folder),
    ]),
  );
}
