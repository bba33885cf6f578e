/** Where a policy says it, as SARIF points into files. */
import type { Provenance } from '../../model/state.ts';

/** The folder that lockstep ran in. In CI that is the root of the repository, which is what GitHub takes it for. */
export const SOURCE_ROOT = '%SRCROOT%';

export function locationOf({ file, line, column }: Provenance): object {
  return {
    physicalLocation: {
      artifactLocation: artifactOf(file),
      region: { startLine: counting(line), startColumn: counting(column) },
    },
  };
}

/** A path that is not relative is nothing in the repository, and says so by being whole. */
function artifactOf(file: string): object {
  const path = encodedPath(file);
  if (path.startsWith('/')) return { uri: `file://${path}` };
  return { uri: path === '' ? '.' : path, uriBaseId: SOURCE_ROOT };
}

function encodedPath(file: string): string {
  // Half a surrogate pair cannot be encoded.
  return file
    .replace(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
}

/** Saved plans are checked for numbers, not for what can be a line. */
function counting(position: number): number {
  return Math.max(1, Math.trunc(position) || 1);
}
