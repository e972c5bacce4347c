/** In each test of a mutation run: which mutant is on, or, where none is, which ones each test comes by and how long it takes. */
import { appendFileSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

const TREE = join(import.meta.dirname, '../..');
const on = Number(readFileSync(join(TREE, 'mutant-on'), 'utf8'));
const passed = new Set();
globalThis.__mutant = on > 0 ? (number) => number === on : (number) => passed.add(number) && false;

/** The name by which vitest is asked for a test: those of what it is in, and its own. */
const nameOf = ({ name, suite }) => (suite?.name ? `${nameOf(suite)} ${name}` : name);

if (on === 0) {
  let began;
  // What runs before the tests of a file, when it is loaded.
  let before;
  beforeEach(() => {
    before ??= [...passed];
    passed.clear();
    began = performance.now();
  });
  afterEach(({ task }) => {
    const ms = performance.now() - began;
    const isPassed = task.result?.state !== 'fail';
    const test = {
      isPassed,
      file: relative(TREE, task.file.filepath),
      name: nameOf(task),
      ms,
      loaded: before,
      mutants: [...passed],
    };
    appendFileSync(join(TREE, 'mutants-passed'), `${JSON.stringify(test)}\n`);
    passed.clear();
  });
}
