import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type StoredResult, stored, unstored } from '../../../src/reader/book/stored.ts';
import { runs } from '../../runs.ts';

it('what a reading found comes back as it was: whole numbers of any size, maps, sets and texts', () => {
  const text = fc.string({ unit: 'binary' });
  const found = fc.record({
    amount: fc.bigInt(),
    blanks: fc.array(fc.tuple(text, fc.nat())).map((pairs) => new Map(pairs)),
    idKinds: fc.array(fc.constantFrom('nobody', 'emails')).map((kinds) => new Set(kinds)),
    accounts: fc.array(
      fc.record({ value: fc.option(text), amount: fc.bigInt(), counts: fc.dictionary(text, fc.nat()) }),
    ),
  });
  fc.assert(
    fc.property(found, (value) => {
      // Objects of ours have names of ours: those of a dictionary stand for them, but for the three that JSON lacks.
      fc.pre(value.accounts.every(({ counts }) => !Object.keys(counts).some((name) => name.startsWith('$'))));
      const one = value as unknown as StoredResult;
      expect(unstored(stored(one))).toEqual(one);
    }),
    { numRuns: runs(500), seed: 11 },
  );
});
