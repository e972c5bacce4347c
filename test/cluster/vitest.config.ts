import { defineConfig } from 'vitest/config';

/** The tests that need a ClickHouse cluster: `npm run test:cluster`. Each file has one of its own, two at a time. */
export default defineConfig({
  test: {
    include: ['test/cluster/**/*.test.ts'],
    maxWorkers: 2,
    setupFiles: ['test/setup.ts', 'test/loopback.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
