import { defineConfig } from 'vitest/config';

/** Test files share the modules of a process, of which there is one for each core. Only what hangs is stopped by the clock. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/cluster/**', 'test/browser/**'],
    setupFiles: ['test/setup.ts', 'test/loopback.ts'],
    isolate: false,
    maxWorkers: '100%',
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
