/** In each test file of a mutation run: which mutant is on, or, where none is, which ones its tests come by. */
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';

const on = Number(readFileSync(join(import.meta.dirname, '../../mutant-on'), 'utf8'));
const passed = new Set();
globalThis.__mutant = on > 0 ? (number) => number === on : (number) => passed.add(number) && false;

afterAll(() => {
  if (on > 0) return;
  const line = JSON.stringify({ file: expect.getState().testPath, mutants: [...passed] });
  appendFileSync(join(import.meta.dirname, '../../mutants-passed'), `${line}\n`);
});
