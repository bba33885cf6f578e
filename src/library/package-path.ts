import { fileURLToPath } from 'node:url';

/**
 * A file or folder that ships next to the code. Only files right in this folder may ask where they are: the build bundles
 * them into dist/chunks/, from where the way to the top is as long as from here.
 */
export function shipped(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}
