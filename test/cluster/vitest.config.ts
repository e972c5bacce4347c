import { defineConfig } from 'vitest/config';

/** The tests that need a ClickHouse cluster: `npm run test:cluster`. */
export default defineConfig({
  test: {
    include: ['test/cluster/**/*.test.ts'],
    fileParallelism: false,
    setupFiles: ['test/setup.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
