/** A warm vitest over the copy of the tree: runs the tests that it is sent, by file and name, and says whether all passed. */
import { createVitest } from 'vitest/node';

const vitest = await createVitest('test', {
  ...{
    watch: false,
    reporters: [{}],
    bail: Number(process.env['BAIL']),
    maxWorkers: 1,
    pool: 'forks',
    testTimeout: 60_000,
  },
  setupFiles: ['test/setup.ts', 'scripts/mutate/setup.mjs'],
});
const all = await vitest.globTestSpecifications();
const plain = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** @param tests files with the names of their tests; no names are all */
process.on('message', async (tests) => {
  const specifications = tests.map(([file]) => all.find(({ moduleId }) => moduleId.endsWith(`/${file}`)));
  const names = tests.flatMap(([, own]) => own.map(plain));
  if (names.length > 0) vitest.setGlobalTestNamePattern(new RegExp(`^(?:${names.join('|')})$`));
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications, false);
  process.send({ ok: testModules.every((one) => one.ok()) && unhandledErrors.length === 0 });
});
// It ends with the run that it serves, whatever ends that.
process.on('disconnect', () => process.exit());
process.send({ ready: true });
