import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RenewalOutcomes } from '../../../src/data/contracts.ts';
import { decidedBy, predictRenewals, renewalsMade } from '../../../src/engine/contracts/holdout.ts';
import { constantRetention } from '../../../src/models/contracts/constant-retention.ts';
import { sbg } from '../../../src/models/contracts/sbg.ts';
import { survival } from '../../../src/models/contracts/survival.ts';
import { runs } from '../../runs.ts';

type Group = readonly [made: number, decided: number, renewed: number, count: number, margin: number];

function outcomesOf(groups: readonly Group[]): RenewalOutcomes {
  const column = (i: number): number[] => groups.map((group) => group[i]!);
  return {
    length: groups.length,
    made: Int32Array.from(column(0)),
    decided: Int32Array.from(column(1)),
    renewed: Int32Array.from(column(2)),
    count: Float64Array.from(column(3)),
    margin: Float64Array.from(column(4)),
  };
}

const GROUP = fc
  .record({
    made: fc.nat(8),
    decided: fc.nat(5),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
    count: fc.integer({ min: 1, max: 50 }),
    margin: fc.integer({ min: 0, max: 900 }),
  })
  .map(({ made, decided, part, count, margin }): Group => [made, decided, Math.round(part * decided), count, margin]);

describe('renewals of a holdout', () => {
  it('count where they are decided, and survivors are those who made all', () => {
    const outcomes = outcomesOf([
      [0, 3, 1, 10, 0],
      [2, 3, 3, 4, 0],
      [5, 1, 1, 2, 0],
      [7, 0, 0, 3, 0],
    ]);
    expect([...decidedBy(outcomes)]).toEqual([16, 14, 14]);
    const { renewals, survivors } = renewalsMade(outcomes);
    expect([[...renewals], survivors]).toEqual([[16, 4, 4], 9]);
  });

  it('are r, r² … of the customers with one rate, and their margin likewise', () => {
    const found = predictRenewals(
      constantRetention,
      [0.8],
      outcomesOf([
        [3, 2, 1, 10, 50],
        [0, 1, 0, 5, 20],
      ]),
    );
    expect(found.renewals[0]).toBeCloseTo(15 * 0.8, 12);
    expect(found.renewals[1]).toBeCloseTo(10 * 0.64, 12);
    expect([...found.margin].map((margin) => margin.toFixed(9))).toEqual(['56.000000000', '32.000000000']);
    expect(found.survivors).toBeCloseTo(10 * 0.64 + 5 * 0.8, 12);
    expect(found.logLikelihood).toBeCloseTo(10 * Math.log(0.8 * 0.2) + 5 * Math.log(0.2), 12);
  });

  it('are S(m + n)/S(m) of the customers, whatever the groups', () => {
    fc.assert(
      fc.property(fc.array(GROUP, { minLength: 1, maxLength: 8 }), (groups) => {
        const parameters = [0.7, 2.1];
        const shares = survival(sbg, parameters, 20);
        const { renewals, survivors } = predictRenewals(sbg, parameters, outcomesOf(groups));
        const share = (made: number, n: number): number => shares[made + n]! / shares[made]!;
        const of = (n: number): number =>
          groups.reduce((sum, [made, decided, , count]) => sum + (decided >= n ? count * share(made, n) : 0), 0);
        for (const [j, expected] of renewals.entries()) expect(expected).toBeCloseTo(of(j + 1), 9);
        const there = groups.reduce((sum, [made, decided, , count]) => sum + count * share(made, decided), 0);
        expect(survivors).toBeCloseTo(there, 9);
      }),
      { numRuns: runs(100) },
    );
  });

  it('a model that rules out what happened has no likelihood', () => {
    expect(predictRenewals(constantRetention, [1], outcomesOf([[0, 1, 0, 1, 0]])).logLikelihood).toBe(-Infinity);
    expect(predictRenewals(constantRetention, [1], outcomesOf([[0, 1, 1, 1, 0]])).logLikelihood).toBe(0);
  });
});
