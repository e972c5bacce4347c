import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal } from '../../../src/base/decimal.ts';
import { constantRetention } from '../../../src/models/contracts/constant-retention.ts';
import { sbg } from '../../../src/models/contracts/sbg.ts';
import { renewalsOf } from '../../../src/models/contracts/survival.ts';
import { fitContracts, runsOfCells } from '../../../src/valuation/contracts/fit.ts';
import type { ContractSettings } from '../../../src/valuation/contracts/terms.ts';
import { valueContracts } from '../../../src/valuation/contracts/value.ts';
import { cellsOf, type Row } from './cells.ts';

const SETTINGS: ContractSettings = {
  model: constantRetention,
  retention: new Decimal('.8'),
  discountRate: new Decimal('.1'),
  growth: new Decimal(0),
  periodsPerYear: 1,
  timing: 'existing-start',
  horizonPeriods: null,
  digits: 2,
  cost: null,
  interval: true,
};

/** Five yearly cohorts, ⅓ at retention .9 and ⅔ at .5 (formulas: 4,945,049 against 7,940,943), 100 a period. */
const SURVIVORS = [10_000, 6334, 4367, 3264, 2604];
const MIXED = cellsOf(
  SURVIVORS.flatMap((survivors, tenure): Row[] => {
    const left = SURVIVORS.length - tenure - 1;
    const lost = survivors - (SURVIVORS[tenure + 1] ?? 0);
    return [
      [0, tenure + 1, 1, 100 * (tenure + 1), survivors],
      ...(left > 0 ? [[0, tenure + 1, 0, 100 * (tenure + 1), left * lost] as const] : []),
    ];
  }),
  [[]],
);

describe('subscriptions', () => {
  it('are fitted to their last runs', () => {
    const runs = runsOfCells(MIXED);
    const { made, lost } = renewalsOf(runs);
    expect([...made]).toEqual([4 * 6334, 3 * 4367, 2 * 3264, 2604]);
    expect([...lost]).toEqual([4 * 3666, 3 * 1967, 2 * 1103, 660]);
    const { fit, rateOf } = fitContracts(MIXED, runs, { ...SETTINGS, retention: null });
    const sum = (values: Float64Array): number => values.reduce((total, n) => total + n, 0);
    expect(rateOf(0)!.toNumber()).toBeCloseTo(sum(made) / (sum(made) + sum(lost)), 15);
    expect(rateOf(0)!.toNumber()).toBe(fit.parameters[0]);
  });

  it('that have ended are worth nothing; the others their factor × the mean margin a period, to the cent', () => {
    const { worth, equity, alive } = valueContracts(
      cellsOf([
        [0, 4, 1, 400, 10],
        [0, 3, 0, 300, 5],
        [1, 3, 1, 100, 2],
      ]),
      SETTINGS,
    );
    expect([...worth.clv]).toEqual([29333n, 0n, 9778n]);
    expect([...worth.factor].map((factor) => factor.toFixed(4))).toEqual(['2.9333', '0.0000', '2.9333']);
    expect([equity, alive]).toEqual([10n * 29333n + 2n * 9778n, 12]);
  });

  it('of a mixed base are undervalued by one rate (formulas: 4,945,049 by .691383)', () => {
    const given = valueContracts(MIXED, { ...SETTINGS, retention: new Decimal(16_569).div(23_965) });
    expect(Math.abs(Number(given.equity) / 100 - 4_945_049)).toBeLessThan(0.005 * 26_569);
    expect(given.oneRate!.differing > 7_200_000_00n).toBe(true);
    const differing = valueContracts(MIXED, { ...SETTINGS, model: sbg, retention: null });
    expect(differing.equity).toBe(given.oneRate!.differing);
    expect(differing.oneRate!.differing).toBe(differing.equity);
    expect(differing.oneRate!.equity).toBeLessThan(differing.equity);
  });

  it('have rates of their own by segment, or an error that names those without: E256', () => {
    const cells = cellsOf([
      [0, 1, 1, 100, 1],
      [1, 1, 1, 100, 1],
    ]);
    const of = ([name]: readonly string[]): Decimal => new Decimal(name === 'a' ? '.8' : '.5');
    const { worth, fitted, prospectValue, interval } = valueContracts(cells, {
      ...SETTINGS,
      retention: { file: 'f', of, segments: [] },
    });
    expect([...worth.clv]).toEqual([29333n, 9167n]);
    expect([fitted.parameterNames, fitted.fit.parameters, prospectValue, interval]).toEqual([
      ['a', 'b'],
      [0.8, 0.5],
      null,
      null,
    ]);
    const some = {
      file: 'f',
      of: (segment: readonly string[]) => (segment[0] === 'a' ? new Decimal('.8') : null),
      segments: [['a'], ['bb']],
    };
    expect(() => valueContracts(cells, { ...SETTINGS, retention: some })).toThrow(/E256.*"b"/);
  });

  it('that are late count with their chance, half to even; the renewals that are open are left out of the fit', () => {
    const rows: Row[] = [
      [0, 4, 1, 400, 1],
      [0, 4, 1, 400, 1],
      [1, 2, 0, 200, 1],
    ];
    const late = { ...cellsOf(rows), chance: Float64Array.of(1, 0.25, 0), made: Int32Array.of(2, 3, 1) };
    const { worth, equity, alive, segmentIntervals } = valueContracts(late, SETTINGS);
    expect([...worth.clv]).toEqual([29333n, 7333n, 0n]);
    expect(worth.factor[1]! / worth.factor[0]!).toBeCloseTo(0.25, 15);
    expect([equity, alive, segmentIntervals]).toEqual([36666n, 2, [null, null]]);
    const { made, lost } = renewalsOf(runsOfCells(late));
    expect([[...made], [...lost]]).toEqual([
      [3, 2, 1],
      [0, 1, 0],
    ]);
  });

  it('that nobody ever left are not valued at a rate of 1: E322', () => {
    const kept = cellsOf([[0, 4, 1, 40, 500]]);
    expect(() => valueContracts(kept, { ...SETTINGS, retention: null })).toThrow(/E322/);
    expect(() => valueContracts(kept, { ...SETTINGS, model: sbg, retention: null })).toThrow(/E311/);
  });

  it('no renewal due: no rate to estimate, E312; no discount and nobody leaves: E121', () => {
    const fresh = cellsOf([[0, 1, 1, 10, 500]]);
    expect(() => valueContracts(fresh, { ...SETTINGS, retention: null })).toThrow(/E312/);
    const free = { ...SETTINGS, retention: new Decimal(1), discountRate: new Decimal(0) };
    expect(() => valueContracts(fresh, free)).toThrow(/E121/);
  });

  it('laws: segments do not change the whole, money scales, a customer more is its CLV more', () => {
    const row = fc.tuple(
      fc.constantFrom(0, 1),
      fc.integer({ min: 1, max: 12 }),
      fc.constantFrom(0 as const, 1 as const),
      fc.integer({ min: -500, max: 5000 }),
      fc.integer({ min: 1, max: 40 }),
    );
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), (rows) => {
        const { equity, worth } = valueContracts(cellsOf(rows), SETTINGS);
        const one = rows.map((cell): Row => [0, ...(cell.slice(1) as [number, 0 | 1, number, number])]);
        expect(valueContracts(cellsOf(one, [[]]), SETTINGS).equity).toBe(equity);
        const sum = rows.reduce((total, cell, i) => total + BigInt(cell[4]) * worth.clv[i]!, 0n);
        expect(equity).toBe(sum);
        const scaled = rows.map((cell): Row => [cell[0], cell[1], cell[2], cell[3] * 100, cell[4]]);
        const larger = valueContracts(cellsOf(scaled), { ...SETTINGS, digits: 0 });
        expect(larger.equity).toBe(equity);
      }),
    );
  });
});
