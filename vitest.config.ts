import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Short files that run for long, longest first. */
const LONG = [
  'test/cases.test.ts',
  'test/readme.test.ts',
  'test/program.test.ts',
  'test/books/',
  'test/inspect.test.ts',
  'test/statement.test.ts',
];

/** The long files start first, so that none runs alone at the end: what nothing is known of yet is taken by the size of its file. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = LONG.findIndex((one) => moduleId.includes(one));
      return found < 0 ? LONG.length : found;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

/** Test files share the modules of a process, of which there is one for each core. Only what hangs is stopped by the clock. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/cluster/**', 'test/browser/**'],
    setupFiles: ['test/setup.ts', 'test/loopback.ts'],
    sequence: { sequencer: LongFirst },
    isolate: false,
    maxWorkers: '100%',
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
