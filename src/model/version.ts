/** Kept equal to package.json by a test: reading that file at start-up would cost more than all else `--version` does. */
export const VERSION = '0.1.0';
