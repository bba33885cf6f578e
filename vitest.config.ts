import { defineConfig } from 'vitest/config';

/**
 * `fast` needs no build and takes under a minute on two cores. `system` runs the built command line, real processes, browsers and long
 * random stories; its time-outs only end what hangs, so that a slow machine does not look like a broken product.
 */
export default defineConfig({
  test: {
    restoreMocks: true,
    unstubEnvs: true,
    projects: [
      {
        extends: true,
        test: { name: 'fast', include: ['test/**/*.test.ts'], exclude: ['test/system/**'], testTimeout: 60_000 },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: ['test/system/**/*.test.ts', '{fuzz,soak}/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
