import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal } from '../../../src/base/decimal.ts';
import type { ClvError } from '../../../src/base/errors.ts';
import { parseUnits } from '../../../src/base/money.ts';
import { shareReport } from '../../../src/commands/share/document.ts';
import { type Brand, brandOf, type Market, othersOf } from '../../../src/commands/share/market.ts';
import { switchingBrands } from '../../../src/commands/share/switching/brands.ts';
import type { Switching } from '../../../src/data/market.ts';
import type { Block, Cell, Section } from '../../../src/data/report.ts';

/** The brands of a report as objects. */
function rowsOf(brands: readonly Brand[]): Record<string, Cell>[] {
  const report = shareReport({
    ...{ route: { name: '', words: '', inputs: {} }, us: 'us', brands, currency: null, digits: 2 },
    ...{ methodology: {}, facts: [], input: null, model: null, warnings: [] },
  });
  const { columns, blocks } = report.document.find(([key]) => key === 'brands')![1] as Section;
  const [block] = [...(blocks as Iterable<Block>)];
  return Array.from({ length: block!.length }, (_, row) =>
    Object.fromEntries(columns.map(({ name }, at) => [name, block!.cells[at]![row]!])),
  );
}

const brand = (name: string, customers: number | null, equity: bigint, revenue: bigint | null = null): Brand => ({
  ...{ name, customers, equity, revenue, steady: null },
});
const sum = (rows: readonly Record<string, Cell>[], name: string) =>
  rows.reduce((total, row) => total + parseUnits(row[name]!, 6)!, 0n);

const markets = fc
  .uniqueArray(
    fc.record({ name: fc.string({ minLength: 1 }), customers: fc.nat(), equity: fc.bigInt(0n, 10n ** 14n) }),
    {
      selector: ({ name }) => name,
      minLength: 1,
      maxLength: 12,
    },
  )
  .filter((brands) => brands.some(({ equity }) => equity > 0n) && brands.some(({ customers }) => customers > 0));

describe('the brands of a market', () => {
  it('have shares that sum to 1, a rank by equity, and the difference of the printed shares', () => {
    fc.assert(
      fc.property(markets, (brands) => {
        const rows = rowsOf(brands.map(({ name, customers, equity }) => brand(name, customers, equity, equity)));
        for (const name of ['customer_share', 'equity_share', 'revenue_share'])
          expect(sum(rows, name)).toBe(1_000_000n);
        for (const [i, row] of rows.entries()) {
          expect(Number(row['rank'])).toBeLessThanOrEqual(i + 1);
          const gap = Number(row['equity_share']) - Number(row['customer_share']);
          expect(Number(row['difference_points'])).toBeCloseTo(100 * gap, 9);
        }
      }),
    );
  });

  it('keep their shares when all money is multiplied', () => {
    fc.assert(
      fc.property(markets, fc.bigInt(2n, 1000n), (brands, factor) => {
        const shares = (times: bigint) =>
          rowsOf(brands.map(({ name, customers, equity }) => brand(name, customers, equity * times))).map((row) => [
            row['name'],
            row['equity_share'],
            row['rank'],
          ]);
        expect(shares(factor)).toEqual(shares(1n));
      }),
    );
  });

  it('one firm has it all', () => {
    expect(rowsOf([brand('us', 3, 100n, 5n)])).toMatchObject([
      { customer_share: '1.000000', equity_share: '1.000000', difference_points: '0.0000', rank: '1' },
    ]);
  });

  it('are null where not known of all, and share a rank', () => {
    const rows = rowsOf([brand('us', 3, 100n, 5n), brand('b', null, 100n), brand('c', 0, 300n, 5n)]);
    expect(rows.map((row) => row['name'])).toEqual(['c', 'b', 'us']);
    expect(rows.map((row) => row['rank'])).toEqual(['1', '2', '2']);
    expect(rows.map((row) => row['clv_mean'])).toEqual([null, null, '0.33']);
    expect(rows[0]).toMatchObject({ customer_share: null, revenue_share: null, difference_points: null });
    expect(rowsOf([brand('us', 3, -100n), brand('b', 4, 50n)])[0]).toMatchObject({ equity_share: null });
  });
});

describe('the others of a market', () => {
  const us = brand('us', 10, 100_00n);
  const codeOf = (market: Market) => {
    try {
      return othersOf(market, us, 2);
    } catch (error) {
      return (error as ClvError).code;
    }
  };
  const equity = (text: string, includesUs: boolean): Market => ({
    ...{ kind: 'equity', equity: new Decimal(text), includesUs },
  });
  const size = (customers: number, average: string, includesUs: boolean): Market => ({
    ...{ kind: 'size', customers, average: new Decimal(average), includesUs },
  });

  it('are a total, of them alone or less ours', () => {
    expect(codeOf(equity('250', false))).toMatchObject([{ customers: null, equity: 250_00n }]);
    expect(codeOf(equity('250', true))).toMatchObject([{ customers: null, equity: 150_00n }]);
    expect(codeOf(equity('100', true))).toMatchObject([{ equity: 0n }]);
    expect(codeOf(equity('99.99', true))).toBe('E148');
    expect(codeOf(size(30, '12.5', false))).toMatchObject([{ customers: 30, equity: 375_00n }]);
    expect(codeOf(size(30, '12.5', true))).toMatchObject([{ customers: 20, equity: 275_00n }]);
    expect(codeOf(size(9, '100', true))).toBe('E148');
    expect(codeOf(size(30, '3', true))).toBe('E148');
  });

  it('are valued by margin and retention as Gupta & Lehmann do, each customer to the cent', () => {
    const place = { file: 'm.csv', line: 2, column: 9 };
    const rates = { margin: 100_0000n, retention: new Decimal('0.8'), growth: new Decimal(0), place };
    const rival = {
      name: 'a',
      customers: 3,
      revenue: null,
      worth: { basis: 'parameters', customers: 3, ...rates },
    } as const;
    const terms = { timing: 'existing-end', years: null, discountRate: new Decimal('0.1') } as const;
    expect(brandOf(rival, terms, 2).equity).toBe(3n * 266_67n);
    expect(brandOf(rival, { ...terms, years: 5, timing: 'prospect-start' }, 2).equity).toBe(3n * 292_06n);
    const growing = { ...rival, worth: { ...rival.worth, growth: new Decimal('0.4') } };
    expect(() => brandOf(growing, terms, 2)).toThrow(expect.objectContaining({ code: 'E276', place }));
    const average = { ...rival, worth: { basis: 'average_clv', customers: 3, average: 10_0050n } } as const;
    expect(brandOf(average, terms, 2).equity).toBe(30_02n);
    expect(brandOf(average, terms, 0).equity).toBe(30n);
  });
});

describe('the brands of a switching matrix', () => {
  const switching: Switching = {
    brands: ['A', 'B'],
    given: 'probabilities',
    matrix: [
      [0.7, 0.3],
      [0.2, 0.8],
    ],
    lastBought: { weights: [1n, 1n], customers: null, source: 'last_bought' },
    contribution: [50_0000n, 40_0000n],
  };
  const terms = { purchasesPerYear: new Decimal(2), population: 1000, digits: 2, last: 6, discountFactor: 1.1 ** -0.5 };

  it('are those of the example, from the purchase made now and from the next', () => {
    const rows = (from: 0 | 1) => rowsOf(switchingBrands(switching, { ...terms, from }).brands);
    expect(rows(0)).toMatchObject([
      {
        name: 'B',
        customers: '500',
        customer_equity: '138680.55',
        equity_share: '0.513472',
        steady_state_share: '0.600000',
      },
      {
        name: 'A',
        customers: '500',
        customer_equity: '131403.53',
        equity_share: '0.486528',
        steady_state_share: '0.400000',
      },
    ]);
    expect(rows(1).map((row) => row['customer_equity'])).toEqual(['118680.55', '106403.53']);
    expect(rows(1)[1]!['equity_share']).toBe('0.472728');
    expect(rows(1)[1]!['difference_points']).toBe('-2.7272');
  });

  it('need customers, and to know what was last bought', () => {
    const from = 0;
    const unknown = { ...switching, lastBought: null };
    const found = switchingBrands(unknown, { ...terms, from });
    expect(found).toMatchObject({ mixSource: 'steady state', oneSteadyState: true });
    expect(found.brands.map(({ customers }) => customers)).toEqual([400, 600]);
    const code = (given: Switching, population: number | null) => {
      try {
        return switchingBrands(given, { ...terms, from, population });
      } catch (error) {
        return (error as ClvError).code;
      }
    };
    expect(code(switching, null)).toBe('E123');
    const loyal = [
      [1, 0],
      [0, 1],
    ];
    expect(code({ ...unknown, matrix: loyal }, 5)).toBe('E275');
    expect(code({ ...switching, matrix: loyal }, 5)).toMatchObject({ oneSteadyState: false });
  });

  it('one brand has it all', () => {
    const alone = { ...switching, brands: ['A'], matrix: [[1]], contribution: null, lastBought: null };
    const [row] = rowsOf(switchingBrands(alone, { ...terms, from: 0 }).brands);
    expect(row).toMatchObject({ equity_share: '1.000000', steady_state_share: '1.000000', customers: '1000' });
  });
});
