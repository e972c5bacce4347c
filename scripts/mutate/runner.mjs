/** A warm vitest over the copy of the tree: runs the test files that it is sent, and says whether all passed and how long each took. */
import { createVitest } from 'vitest/node';

const vitest = await createVitest('test', {
  ...{
    watch: false,
    reporters: [{}],
    bail: 1,
    maxWorkers: 1,
    setupFiles: ['test/setup.ts', 'scripts/mutate/setup.mjs'],
  },
  ...{ isolate: process.env['ISOLATE'] === '1', pool: 'forks', testTimeout: 60_000 },
});
const all = await vitest.globTestSpecifications();

process.on('message', async (names) => {
  vitest.state.filesMap.clear();
  const specifications = names.map((name) => all.find(({ moduleId }) => moduleId.endsWith(`/${name}`)));
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications, false);
  const times = testModules.map((one) => [one.moduleId, one.diagnostic().duration]);
  const failed = testModules.filter((one) => !one.ok()).map((one) => one.moduleId);
  process.send({ ok: failed.length === 0 && unhandledErrors.length === 0, times, failed });
});
process.send({ ready: true });
