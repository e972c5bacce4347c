import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanRank, shareWithin, standingBy } from '../../src/engine/standing.ts';

const groups = fc.array(fc.record({ value: fc.integer({ min: 0, max: 5 }), count: fc.integer({ min: 1, max: 4 }) }), {
  minLength: 1,
  maxLength: 12,
});

describe('standing', () => {
  it('ranks with ties averaged, as the customers written out one by one', () => {
    fc.assert(
      fc.property(groups, (found) => {
        const standing = standingBy(
          Float64Array.from(found, ({ value }) => value),
          Float64Array.from(found, ({ count }) => count),
        );
        const all = found.flatMap(({ value, count }) => Array.from({ length: count }, () => value));
        for (const [i, { value }] of found.entries()) {
          const higher = all.filter((other) => other > value).length;
          const equal = all.filter((other) => other === value).length;
          expect(meanRank(standing, i)).toBe(higher + (equal + 1) / 2);
        }
      }),
    );
  });

  it('shares out every place once', () => {
    fc.assert(
      fc.property(groups, fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 20 }), (found, first, width) => {
        const count = Float64Array.from(found, (group) => group.count);
        const standing = standingBy(
          Int32Array.from(found, ({ value }) => value),
          count,
        );
        const customers = count.reduce((sum, part) => sum + part, 0);
        const places = Math.max(0, Math.min(customers, first + width) - first);
        const taken = found.reduce(
          (sum, { count }, i) => sum + count * shareWithin(standing, i, first, first + width),
          0,
        );
        expect(taken).toBeCloseTo(places, 9);
      }),
    );
  });
});
