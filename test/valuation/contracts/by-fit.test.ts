import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal } from '../../../src/base/decimal.ts';
import type { ContractCells, ContractFit, Contracts } from '../../../src/data/contracts.ts';
import { LENGTHS } from '../../../src/data/subscriptions/lengths.ts';
import { constantRetention } from '../../../src/models/contracts/constant-retention.ts';
import { type FitWords, subscribersOf, valueByFit } from '../../../src/valuation/contracts/by-fit.ts';
import type { ContractSettings } from '../../../src/valuation/contracts/terms.ts';
import { valueContracts } from '../../../src/valuation/contracts/value.ts';
import { runs } from '../../runs.ts';
import { cellsOf, type Row } from './cells.ts';

const fitOf = (text: string): ContractFit => ({ length: LENGTHS.find((one) => one.text === text)!, group: [] });
const YEARS = fitOf('1y');
const MONTHS = fitOf('1m');

const settings = (rate: string | null, perYear = 1): ContractSettings => ({
  model: constantRetention,
  retention: rate === null ? null : new Decimal(rate),
  discountRate: new Decimal('.1'),
  growth: new Decimal(0),
  periodsPerYear: perYear,
  timing: 'existing-start',
  horizonPeriods: null,
  digits: 2,
  cost: null,
  interval: true,
});
const settingsOf = ({ length }: ContractFit): ContractSettings =>
  length.text === '1y' ? settings('.8') : settings('.97', 12);

const WORDS: FitWords = ({ length }) => ({ name: `fit of ${length.text}`, retention: `${length.text}=80%` });

/** Cells of two fits: the first rows pay by years, the others by months. */
function mixed(years: readonly Row[], months: readonly Row[]): ContractCells {
  const cells = cellsOf([...years, ...months]);
  return { ...cells, fits: [YEARS, MONTHS], fit: cells.fit.map((_, i) => (i < years.length ? 0 : 1)) };
}

const ROW = fc.tuple(
  fc.constantFrom(0, 1),
  fc.integer({ min: 1, max: 9 }),
  fc.constantFrom(0 as const, 1 as const),
  fc.integer({ min: 0, max: 5000 }),
  fc.integer({ min: 1, max: 40 }),
);
const ROWS = fc.array(ROW, { minLength: 1, maxLength: 8 });

const LEFT: readonly Row[] = [
  [0, 3, 1, 300, 80],
  [1, 2, 0, 100, 30],
];
const estimated = ({ length }: ContractFit): ContractSettings => settings(null, length.text === '1y' ? 1 : 12);

describe('subscriptions of several lengths', () => {
  it('are the exact sum of their fits, each valued as if it were alone', () => {
    fc.assert(
      fc.property(ROWS, ROWS, (years, months) => {
        const { equity, worth, alive, fits } = valueByFit(mixed(years, months), settingsOf, WORDS);
        const alone = [
          valueContracts(cellsOf(years), settings('.8')),
          valueContracts(cellsOf(months), settings('.97', 12)),
        ];
        expect(equity).toBe(alone[0]!.equity + alone[1]!.equity);
        expect([...worth.clv]).toEqual([...alone[0]!.worth.clv, ...alone[1]!.worth.clv]);
        expect([...worth.factor]).toEqual([...alone[0]!.worth.factor, ...alone[1]!.worth.factor]);
        expect(alive).toBe(alone[0]!.alive + alone[1]!.alive);
        expect(fits.map(({ valuation }) => valuation.equity)).toEqual(alone.map((one) => one.equity));
      }),
      { numRuns: runs(200) },
    );
  });

  it('have an interval whose sides are the roots of the sums of squares: the fits are independent', () => {
    const { interval, equity, fits, segmentIntervals } = valueByFit(mixed(LEFT, LEFT), estimated, WORDS);
    const sides = fits.map(({ valuation }) => {
      const [low, high] = valuation.interval!;
      return [Number(valuation.equity - low), Number(high - valuation.equity)] as const;
    });
    const [below, above] = [0, 1].map((side) => Math.hypot(...sides.map((one) => one[side]!)));
    expect(Number(equity - interval![0])).toBeCloseTo(below!, 0);
    expect(Number(interval![1] - equity)).toBeCloseTo(above!, 0);
    expect(segmentIntervals[0]).toEqual(interval);
    expect(segmentIntervals[1]).toEqual([0n, 0n]);
  });

  it('have no interval where one of them has none, and no prospect that stands for all', () => {
    const some = (one: ContractFit): ContractSettings => (one.length.text === '1y' ? settings('.8') : estimated(one));
    const found = valueByFit(mixed(LEFT, LEFT), some, WORDS);
    expect([found.interval, found.prospectValue, found.oneRate]).toEqual([null, null, null]);
    const only = valueByFit(cellsOf(LEFT), estimated, WORDS);
    expect(only.interval).toEqual(only.fits[0]!.valuation.interval);
    expect(only.prospectValue).toBe(only.fits[0]!.valuation.prospectValue);
  });
});

describe('a fit that has no rate to be valued by', () => {
  const kept: readonly Row[] = [[0, 3, 1, 300, 60]];

  it('is named where there are several, with the rate to give: E314', () => {
    const values = { fit: 'fit of 1y', count: 60, gone: 0, code: 'E322', retention: '1y=80%' };
    expect(() => valueByFit(mixed(kept, LEFT), estimated, WORDS)).toThrow(
      expect.objectContaining({ code: 'E314', values: expect.objectContaining(values) }),
    );
    const given = (one: ContractFit): ContractSettings => (one.length.text === '1y' ? settings('.8') : estimated(one));
    expect(valueByFit(mixed(kept, LEFT), given, WORDS).alive).toBe(140);
  });

  it('is told as it is where it is the only one, and so is what no rate would help', () => {
    expect(() => valueByFit(cellsOf(kept), estimated, WORDS)).toThrow(/E322/);
    const free = (): ContractSettings => ({ ...settings('1'), discountRate: new Decimal(0) });
    expect(() => valueByFit(mixed(kept, LEFT), free, WORDS)).toThrow(/E121/);
  });
});

describe('customers', () => {
  const cells = mixed(
    [
      [0, 4, 1, 400, 1],
      [0, 2, 0, 30, 1],
    ],
    [[0, 5, 1, 50, 2]],
  );
  const contracts: Contracts = {
    cells,
    cellOf: Int32Array.of(0, 2, 1, 2),
    starts: Int32Array.of(0, 2, 3, 3, 4),
    payments: 0,
    extra: 0,
    returned: 0,
    earlierRuns: 0,
    late: 0,
    ahead: 0,
    pace: { ofLines: false, count: 0, unfit: [], isOther: false },
  };

  it('are worth the sums of their subscriptions', () => {
    const { worth, equity } = valueByFit(cells, settingsOf, WORDS);
    const found = subscribersOf(contracts, worth);
    const [year, ended, month] = [...worth.clv];
    expect([...found.clv]).toEqual([year! + month!, ended, 0n, month]);
    expect(found.clv.reduce((sum, clv) => sum + clv, 0n)).toBe(equity);
    expect([...found.tenure]).toEqual([9, 2, 0, 5]);
    expect([...found.alive]).toEqual([1, 0, 0, 1]);
    expect([...found.mean]).toEqual([110, 15, 0, 10]);
    expect([...found.expected]).toEqual([110, 0, 0, 10]);
    expect([found.factor[1], found.factor[2]]).toEqual([0, 0]);
    expect(found.factor[3]).toBe(worth.factor[2]);
    // Margin a period × factor is the value, up to the cent that each subscription is rounded to.
    expect(found.factor[0]! * 110).toBeCloseTo(Number(found.clv[0]) / 100, 1);
  });

  it('count with the greatest chance of any of their subscriptions', () => {
    const late = { ...cells, chance: Float64Array.of(0.4, 0, 0.75) };
    const found = subscribersOf({ ...contracts, cells: late }, valueByFit(late, settingsOf, WORDS).worth);
    expect([...found.alive]).toEqual([0.75, 0, 0, 0.75]);
  });
});
