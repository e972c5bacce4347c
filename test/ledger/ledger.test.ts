import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal } from '../../src/base/decimal.ts';
import { halfEvenUnits, rescale } from '../../src/base/money.ts';
import { readCustomer } from '../../src/ledger/steps/customers.ts';
import { runs } from '../runs.ts';
import { amount, day, factors, type Line, PLAIN, rows, withLedger } from './helpers.ts';

const LINES: Line[] = [
  ['a', '2024-01-01', '10'],
  ['a', '2024-01-01', '5.5'],
  ['a', '2024-01-11', '20'],
  ['a', '2024-01-21', '-3'],
  ['a', '2024-01-31', '0'],
  ['b', '2024-01-05', '-2'],
  ['b', '2024-01-06', '8'],
  ['c', '2024-01-07', '-1'],
  ['d', '2024-03-01', '4'],
];

describe('roll-up', () => {
  it('counts customer-days that net to zero or more, refunds as money only', async () => {
    await withLedger(LINES, async (ledger) => {
      const totals = await ledger.load(PLAIN);
      expect(totals).toMatchObject({ records: 9, amount: amount('41.5'), idBytes: 9n, lastDay: day('2024-03-01') });
      const population = await ledger.rollUp({ asOf: day('2024-02-10'), spendFrom: 'repeat', fillMeans: false });
      expect(population.valued).toEqual({ customers: 2, records: 7, amount: amount('38.5') });
      expect(population.withoutPurchase).toEqual({ customers: 1, records: 1, amount: amount('-1') });
      expect(population.afterAsOf).toEqual({ customers: 1, records: 1, amount: amount('4') });
      const { states } = await ledger.states();
      expect([...states.x]).toEqual([0, 2]);
      expect([...states.recency]).toEqual([0, 30]);
      expect([...states.age]).toEqual([35, 40]);
      const spend = await ledger.spendStates();
      expect([...spend.x]).toEqual([2]);
      expect([...spend.mean]).toEqual([8.5]);
    });
  });

  it('the as-of date is the last date unless given; same-day rows are one purchase', async () => {
    await withLedger(LINES.slice(0, 2), async (ledger) => {
      await ledger.load(PLAIN);
      const population = await ledger.rollUp({ asOf: null, spendFrom: 'repeat', fillMeans: false });
      expect(population.asOf).toBe(day('2024-01-01'));
      const { states } = await ledger.states();
      expect([states.x[0], states.age[0], states.count[0]]).toEqual([0, 0, 1]);
    });
  });

  it('takes the mean over all purchases when asked', async () => {
    await withLedger(LINES, async (ledger) => {
      await ledger.load(PLAIN);
      await ledger.rollUp({ asOf: day('2024-02-10'), spendFrom: 'all', fillMeans: false });
      const spend = await ledger.spendStates();
      expect([...spend.x]).toEqual([1, 3]);
      expect([...spend.mean]).toEqual([6, 32.5 / 3]);
    });
  });

  it('leaves the days before the first purchase out of the mean of the repeat purchases', async () => {
    const lines: Line[] = [
      ['a', '2024-01-01', '-100'],
      ['a', '2024-01-02', '10'],
      ['a', '2024-01-03', '30'],
    ];
    await withLedger(lines, async (ledger) => {
      await ledger.load(PLAIN);
      await ledger.rollUp({ asOf: null, spendFrom: 'repeat', fillMeans: false });
      const { states } = await ledger.states();
      await ledger.value(factors(states, 0, 1), 2);
      expect(await rows(ledger)).toMatchObject([{ mean: 30, margin: -6000n, x: 1, clv: 6000n }]);
    });
  });
});

describe('segments', () => {
  const lines: Line[] = [
    ['a', '2024-01-01', '10', 'north', 'x'],
    ['a', '2024-01-02', '10', 'south', 'y'],
    ['a', '2024-01-02', '10', 'south', 'z'],
    ['b', '2024-01-02', '10', '', 'x'],
    ['b', '2024-01-09', '-10', '', 'x'],
  ];
  const plan = { ...PLAIN, keys: ['region', 'product'], by: [0, 1] };

  it('are the greatest values on the last transaction; blank is (none); changes are counted', async () => {
    await withLedger(lines, async (ledger) => {
      await ledger.load(plan);
      const population = await ledger.rollUp({ asOf: null, spendFrom: 'repeat', fillMeans: false });
      expect(population.segmentChanged).toBe(1);
      await ledger.value(factors((await ledger.states()).states, 1.005, 0), 2);
      const totals = await ledger.totals();
      expect(totals.map((total) => [total.segment, total.revenue, total.clv])).toEqual([
        [['(none)', 'x'], 0n, 201n],
        [['south', 'z'], 300000n, 201n],
      ]);
    });
  });

  it('are those of the first transaction where asked: of its day the greatest, a day before any purchase included', async () => {
    const more: Line[] = [...lines, ['a', '2024-01-01', '-1', 'north', 'w'], ['b', '2024-01-01', '-1', 'west', 'x']];
    await withLedger(more, async (ledger) => {
      await ledger.load({ ...plan, fitBy: [1], segmentFrom: 'first' });
      const population = await ledger.rollUp({ asOf: day('2024-01-05'), spendFrom: 'repeat', fillMeans: false });
      expect(population.segmentChanged).toBe(2);
      await ledger.value(factors((await ledger.states()).states, 1.005, 0), 2);
      const totals = await ledger.totals();
      expect(totals.map((total) => [total.segment, total.revenue])).toEqual([
        [['north', 'x'], 290000n],
        [['west', 'x'], 90000n],
      ]);
      expect((await readCustomer(ledger.loaded, 'a'))?.group).toEqual(['z']);
    });
  });
});

describe('valuing', () => {
  it('orders by CLV descending, then id, and rounds once, half to even', async () => {
    const lines: Line[] = ['b', 'a', 'é', 'B'].map((id): Line => [id, '2024-01-01', '1']);
    await withLedger(lines, async (ledger) => {
      await ledger.load(PLAIN);
      await ledger.rollUp({ asOf: null, spendFrom: 'repeat', fillMeans: false });
      await ledger.value(factors((await ledger.states()).states, 0.0625, 0), 2);
      expect((await rows(ledger)).map((row) => [row['id'], row['clv']])).toEqual(
        ['B', 'a', 'b', 'é'].map((id) => [id, 12n]),
      );
    });
  });

  it('rounds in SQL as it does in TypeScript, for any amounts and rates', async () => {
    const line = fc.tuple(
      fc.constantFrom('a', 'b', 'c'),
      fc.integer({ min: 0, max: 40 }),
      fc.bigInt(-(10n ** 9n), 10n ** 18n - 1n),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 0, max: 1_000_000 }),
        async (found, millionths) => {
          const rate = new Decimal(millionths).div(1_000_000);
          const lines = found.map(
            ([id, offset, units]): Line => [id, `2024-01-${String((offset % 28) + 1).padStart(2, '0')}`, text(units)],
          );
          await withLedger(lines, async (ledger) => {
            const totals = await ledger.load({ ...PLAIN, margin: { rate, rules: null } });
            expect(totals.amount).toBe(found.reduce((sum, [, , units]) => sum + units, 0n));
            await ledger.rollUp({ asOf: null, spendFrom: 'all', fillMeans: false });
            await ledger.value(factors((await ledger.states()).states, 0, 0.3), 2);
            for (const row of await rows(ledger)) {
              const mine = found.filter(([id]) => id === row['id']).reduce((sum, [, , units]) => sum + units, 0n);
              expect(row['revenue']).toBe(rescale(mine, 4, 2));
              expect(row['margin']).toBe(rescale(mine * BigInt(millionths), 10, 2));
              expect(row['clv']).toBe(BigInt(halfEvenUnits(2 * 0.3 * (row['mean'] as number), 2)));
            }
          });
        },
      ),
      { numRuns: runs(25) },
    );
  });
});

function text(units: bigint): string {
  const whole = (units < 0n ? -units : units).toString().padStart(5, '0');
  return `${units < 0n ? '-' : ''}${whole.slice(0, -4)}.${whole.slice(-4)}`;
}
