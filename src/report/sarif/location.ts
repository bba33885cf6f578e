/** A place in a policy, as SARIF writes it. */
import type { Provenance } from '../../model/state.ts';

/** The folder that lockstep ran in. GitHub treats it as the root of the repository, which it is in CI. */
export const SOURCE_ROOT = '%SRCROOT%';

export function locationOf({ file, line, column }: Provenance): object {
  return {
    physicalLocation: {
      artifactLocation: artifactOf(file),
      region: { startLine: counting(line), startColumn: counting(column) },
    },
  };
}

/** An absolute path is outside of the repository, so its URI is absolute. */
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

/** A saved plan is checked only for numbers, which may be no valid line. */
function counting(position: number): number {
  return Math.max(1, Math.trunc(position) || 1);
}
