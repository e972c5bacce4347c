import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal } from '../../../src/base/decimal.ts';
import type { Audit, AuditedBlock, AuditPlan, PeriodSums, Sums } from '../../../src/data/audit.ts';
import { OPPORTUNITIES } from '../../../src/data/opportunity.ts';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import type { LoadPlan } from '../../../src/ledger/plan.ts';
import { readAudit } from '../../../src/ledger/steps/audit.ts';
import { runs } from '../../runs.ts';
import { amount, day, factors, type Line, PLAIN, withLedger } from '../helpers.ts';

const [MONTH] = OPPORTUNITIES;
const PERIODS = {
  earlier: { from: day('2023-12-31'), to: day('2024-01-15') },
  later: { from: day('2024-01-15'), to: day('2024-01-31') },
};

async function audited(
  ledger: Ledger,
  plan: Partial<LoadPlan>,
  asked: Partial<AuditPlan> & { readonly asOf: number },
): Promise<Audit> {
  await ledger.load({ ...PLAIN, refunds: true, ...plan });
  await ledger.rollUp({ asOf: asked.asOf, spendFrom: 'repeat', fillMeans: false });
  return readAudit(ledger.loaded, { ...PERIODS, every: MONTH!, valued: false, ...asked });
}

async function ids(blocks: AsyncIterable<AuditedBlock>): Promise<string[]> {
  const found: string[] = [];
  for await (const block of blocks) found.push(...block.id);
  return found;
}

describe('whale curve', () => {
  const lines = ['100', '50', '10', '-20', '-40'].map((text, i): Line => [`c${i}`, '2024-01-05', text]);

  it('peaks at the last customer who makes a profit', async () => {
    await withLedger(lines, async (ledger) => {
      const { whole, curve, profitDeciles, customerDeciles } = await audited(ledger, {}, { asOf: day('2024-01-31') });
      expect(whole).toMatchObject({ customers: 5, profit: 10n ** 12n, profitable: 3, unprofitable: 2 });
      expect(whole.losses).toBe(-60n * 10n ** 10n);
      expect(whole.refunds).toBe(amount('-60'));
      const points = curve.map(({ customers, profit }) => [customers, Number(profit / 10n ** 10n)]);
      expect(points).toEqual([
        [0, 0],
        [1, 100],
        [2, 150],
        [3, 160],
        [4, 140],
        [5, 100],
      ]);
      expect(profitDeciles.map((group) => group.customers)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 4]);
      expect(customerDeciles.map((group) => group.customers)).toEqual([1, 1, 1, 1, 1, 0, 0, 0, 0, 0]);
    });
  });

  it('has at most 102 points, one of them the peak', async () => {
    const many = Array.from({ length: 333 }, (_, i): Line => [`c${i}`, '2024-01-05', i < 217 ? '3' : '-1']);
    await withLedger(many, async (ledger) => {
      const { curve } = await audited(ledger, {}, { asOf: day('2024-01-31') });
      expect(curve).toHaveLength(102);
      const peak = curve.reduce((best, point) => (point.profit > best.profit ? point : best));
      expect(peak).toEqual({ customers: 217, profit: 651n * 10n ** 10n });
      expect(curve.at(-1)).toEqual({ customers: 333, profit: 535n * 10n ** 10n });
    });
  });

  it('has no tenths of profit where there is none', async () => {
    await withLedger([['a', '2024-01-05', '-1']], async (ledger) => {
      const { profitDeciles, curve, customerDeciles } = await audited(ledger, {}, { asOf: day('2024-01-31') });
      expect(profitDeciles).toEqual([]);
      expect(customerDeciles[0]).toMatchObject({ customers: 1, unprofitable: 1, purchases: 0 });
      expect(curve.at(-1)).toEqual({ customers: 1, profit: -(10n ** 10n) });
    });
  });
});

describe('two periods', () => {
  const lines: Line[] = [
    ['both', '2024-01-03', '10'],
    ['both', '2024-01-20', '30'],
    ['lapsed', '2024-01-15', '5'],
    ['lapsed', '2024-01-16', '-2'],
    ['new', '2024-01-16', '7'],
    ['back', '2023-12-31', '1'],
    ['back', '2024-01-31', '2'],
    ['refunded', '2024-01-20', '-4'],
    ['before', '2023-11-30', '100'],
    ['after', '2024-02-01', '100'],
  ];

  it('know who stayed, left, came and came back, and whose money is no purchase', async () => {
    await withLedger(lines, async (ledger) => {
      const { flows, whole } = await audited(ledger, {}, { asOf: day('2024-01-31') });
      expect(flows.map(({ group, customers }) => [group, customers])).toEqual([
        ['both', 1],
        ['lapsed', 1],
        ['new', 1],
        ['reactivated', 1],
        ['neither', 1],
      ]);
      expect(flows[0]).toMatchObject({
        earlier: { revenue: amount('10') },
        later: { purchases: 1, revenue: amount('30') },
      });
      expect(flows[1]).toMatchObject({ earlier: { purchases: 1 }, later: { purchases: 0, revenue: amount('-2') } });
      expect(flows[4]!.later).toMatchObject({ purchases: 0, revenue: amount('-4') });
      expect(whole.customers).toBe(6);
    });
  });

  it('cohorts are of the first purchase; who never bought is a cohort of its own', async () => {
    await withLedger(lines, async (ledger) => {
      const { cohorts } = await audited(ledger, {}, { asOf: day('2024-01-31') });
      const months = (n: number | null) => (n === null ? null : n - 2023 * 12 + 1);
      expect(
        cohorts.map((cell) => [months(cell.cohort), months(cell.period), cell.active, cell.revenue / 10000n]),
      ).toEqual([
        [11, 11, 1, 100n],
        [12, 12, 1, 1n],
        [12, 13, 1, 2n],
        [13, 13, 3, 50n],
        [null, 13, 0, -4n],
      ]);
    });
  });
});

describe('past and future', () => {
  it('lists those whom past and CLV put on opposite sides of the means', async () => {
    // Each has one repeat purchase; the CLV is 2 × the margin of that.
    const pair = (id: string, first: string, second: string): Line[] => [
      [id, '2024-01-01', first],
      [id, '2024-01-11', second],
    ];
    const lines = [
      ...pair('star', '90', '2'),
      ...pair('rising', '0', '20'),
      ...pair('steady', '100', '30'),
      ...pair('gone', '80', '0'),
    ];
    await withLedger([...lines, ['refunded', '2024-01-20', '-9']], async (ledger) => {
      await ledger.load({ ...PLAIN, refunds: true });
      await ledger.rollUp({ asOf: day('2024-01-31'), spendFrom: 'repeat', fillMeans: false });
      await ledger.value(factors((await ledger.states()).states, 0, 1), 2);
      const plan = { ...PERIODS, asOf: day('2024-01-31'), every: MONTH!, valued: true };
      const { quadrants, contrasts, customers } = await readAudit(ledger.loaded, plan);
      expect(quadrants.map(({ past, future, customers, clv }) => [past, future, customers, clv])).toEqual([
        ['above_mean', 'above_mean', 1, 6000n],
        ['above_mean', 'below_mean', 1, 400n],
        ['above_mean', 'none', 1, 0n],
        ['below_mean', 'above_mean', 1, 4000n],
        ['none', 'not_valued', 1, 0n],
      ]);
      expect(await ids(contrasts.fallen)).toEqual(['star', 'gone']);
      expect(await ids(contrasts.risen)).toEqual(['rising']);
      expect(await ids(customers)).toEqual(['steady', 'star', 'gone', 'rising', 'refunded']);
    });
  });
});

describe('every grouping', () => {
  const line = fc.tuple(
    fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    fc.integer({ min: 1, max: 60 }),
    fc.bigInt(-(10n ** 7n), 2n * 10n ** 7n),
    fc.constantFrom('north', 'south', ''),
  );
  const dated = (offset: number): string =>
    `2024-0${offset > 31 ? 2 : 1}-${String(((offset - 1) % 28) + 1).padStart(2, '0')}`;
  const text = (units: bigint): string =>
    `${units < 0n ? '-' : ''}${new Decimal(String(units < 0n ? -units : units)).div(10000).toFixed(4)}`;

  it('adds up to the whole', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 25 }),
        fc.bigInt(0n, 10n ** 6n),
        async (found, cost) => {
          const lines = found.map(([id, offset, units, region]): Line => [id, dated(offset), text(units), region]);
          const costs = { file: 'costs.csv', rows: [{ customer: found[0]![0], day: day('2024-01-10'), cost }] };
          await withLedger(lines, async (ledger) => {
            const plan = { keys: ['region'], by: [0], margin: { rate: new Decimal('0.37'), rules: null }, costs };
            const audit = await audited(ledger, plan, {
              asOf: day('2024-02-28'),
              earlier: { from: day('2023-12-31'), to: day('2024-01-20') },
              later: { from: day('2024-01-20'), to: day('2024-02-28') },
            });
            const { whole } = audit;
            const revenue = found.reduce((sum, [, , units]) => sum + units, 0n);
            expect(whole.revenue).toBe(revenue);
            expect(whole.refunds).toBe(found.reduce((sum, [, , units]) => (units < 0n ? sum + units : sum), 0n));
            expect(whole.costs).toBe(cost);
            expect(whole.profit).toBe(revenue * 370_000n - cost * 1_000_000n);
            const { customerDeciles, profitDeciles, segments, quadrants, flows, cohorts, curve } = audit;
            for (const groups of [customerDeciles, segments, quadrants, ...(whole.profit > 0n ? [profitDeciles] : [])])
              expect(total(groups)).toEqual(whole);
            const { purchases, profit } = whole;
            expect(periodTotal(flows.flatMap(({ earlier, later }) => [earlier, later]))).toEqual({
              purchases,
              revenue,
              profit,
            });
            expect(periodTotal(cohorts)).toEqual({ purchases, revenue, profit });
            expect(curve.at(-1)).toEqual({ customers: whole.customers, profit });
          });
        },
      ),
      { numRuns: runs(15) },
    );
  });

  const NAMES = ['customers', 'purchases', 'profitable', 'unprofitable', 'valued'] as const;
  const MONEY = ['revenue', 'refunds', 'costs', 'profit', 'losses', 'clv'] as const;

  function total(groups: readonly Sums[]): Record<string, number | bigint> {
    return Object.fromEntries([
      ...NAMES.map((name) => [name, groups.reduce((sum, group) => sum + group[name], 0)]),
      ...MONEY.map((name) => [name, groups.reduce((sum, group) => sum + group[name], 0n)]),
    ]);
  }

  function periodTotal(parts: readonly PeriodSums[]): PeriodSums {
    return {
      purchases: parts.reduce((sum, part) => sum + part.purchases, 0),
      revenue: parts.reduce((sum, part) => sum + part.revenue, 0n),
      profit: parts.reduce((sum, part) => sum + part.profit, 0n),
    };
  }
});
