import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarName } from '../../../src/aggregator/cohorts.ts';
import { pastMoney } from '../../../src/aggregator/past-money.ts';
import { runningUnits } from '../../../src/aggregator/shares.ts';
import { parseUnits, rescale } from '../../../src/base/money.ts';
import { identityRows } from '../../../src/commands/audit/identity.ts';
import { bridgeRows } from '../../../src/commands/audit/periods.ts';
import { type Audit, FLOWS, type Flow, type Sums } from '../../../src/data/audit.ts';
import { OPPORTUNITIES, periodOf } from '../../../src/data/opportunity.ts';

const cents = (text: string | null): bigint => parseUnits(text!, 2)!;
const total = (parts: readonly bigint[]): bigint => parts.reduce((sum, part) => sum + part, 0n);

const period = fc.record({
  purchases: fc.nat(1000),
  revenue: fc.bigInt(-(10n ** 9n), 10n ** 12n),
  profit: fc.bigInt(-(10n ** 16n), 10n ** 18n),
});
const flows = fc
  .tuple(
    ...FLOWS.map((group) =>
      fc.record({ customers: fc.nat(500), earlier: period, later: period }).map((flow): Flow => ({ group, ...flow })),
    ),
  )
  .map((found): readonly Flow[] => found);

const NOBODY: Sums = {
  customers: 0,
  purchases: 0,
  revenue: 0n,
  refunds: 0n,
  costs: 0n,
  profit: 0n,
  profitable: 0,
  unprofitable: 0,
  losses: 0n,
  valued: 0,
  clv: 0n,
};

describe('the bridge between two periods', () => {
  it('sums to both totals and to their difference, and every row to its own', () => {
    fc.assert(
      fc.property(flows, (found) => {
        const rows = bridgeRows(found, 2);
        const column = (i: number): bigint => total(rows.map((row) => cents(row[i]!)));
        const earlier = rescale(total(found.map((flow) => flow.earlier.profit)), 10, 2);
        const later = rescale(total(found.map((flow) => flow.later.profit)), 10, 2);
        expect([column(7), column(8), column(9)]).toEqual([earlier, later, later - earlier]);
        for (const row of rows) expect(cents(row[9]!)).toBe(cents(row[8]!) - cents(row[7]!));
        const withTotal = bridgeRows(found, 2, { withTotal: true }).at(-1)!;
        expect(withTotal.slice(7).map(cents)).toEqual([earlier, later, later - earlier]);
      }),
    );
  });
});

describe('the identity', () => {
  const flow = (
    group: Flow['group'],
    customers: number,
    earlier: Partial<Flow['earlier']>,
    later: Partial<Flow['later']>,
  ): Flow => ({
    group,
    customers,
    earlier: { purchases: 0, revenue: 0n, profit: 0n, ...earlier },
    later: { purchases: 0, revenue: 0n, profit: 0n, ...later },
  });
  const audit = (found: readonly Flow[]): Audit => ({ whole: NOBODY, flows: found }) as unknown as Audit;

  it('changes one factor after the other', () => {
    // 10 customers × 2 purchases × 5 × 40 % = 40 → 8 × 3 × 6 × 50 % = 72
    const earlier = { purchases: 20, revenue: 100n * 10n ** 4n, profit: 40n * 10n ** 10n };
    const later = { purchases: 24, revenue: 144n * 10n ** 4n, profit: 72n * 10n ** 10n };
    const rows = identityRows(audit([flow('both', 8, earlier, later), flow('lapsed', 2, {}, {})]), 0, 2);
    expect(rows.map(([name, , ...figures]) => [name, ...figures])).toEqual([
      ['active_customers', '10', '8', '-2', '-8.00'],
      ['purchases_per_customer', '2.000000', '3.000000', '1.000000', '16.00'],
      ['revenue_per_purchase', '5.00', '6.00', '1.00', '9.60'],
      ['margin_rate', '0.400000', '0.500000', '0.100000', '14.40'],
      ['profit', '40.00', '72.00', '32.00', '32.00'],
    ]);
  });

  it('has effects that sum to the change of the profit', () => {
    fc.assert(
      fc.property(flows, (found) => {
        const effects = identityRows(audit(found), 0, 2).map((row) => row[5]!);
        fc.pre(effects[0] !== null);
        expect(total(effects.slice(0, -1).map(cents))).toBe(cents(effects.at(-1)!));
      }),
    );
  });

  it('says nothing of effects where the earlier period has nothing to change', () => {
    const rows = identityRows(
      audit([flow('new', 3, {}, { purchases: 3, revenue: 10n ** 6n, profit: 10n ** 12n })]),
      0,
      2,
    );
    expect(rows.map((row) => row[5])).toEqual([null, null, null, null, null]);
  });
});

describe('money of groups', () => {
  const sums = fc
    .record({
      revenue: fc.bigInt(0n, 10n ** 12n),
      refunds: fc.bigInt(-(10n ** 10n), 0n),
      costs: fc.bigInt(0n, 10n ** 9n),
      profit: fc.bigInt(-(10n ** 16n), 10n ** 17n),
    })
    .map((money): Sums => ({ ...NOBODY, ...money }));

  it('adds up downwards, and in every line', () => {
    fc.assert(
      fc.property(fc.array(sums, { minLength: 1, maxLength: 12 }), (groups) => {
        const lines = pastMoney(groups, 2);
        const [whole] = pastMoney(
          [
            {
              ...NOBODY,
              revenue: total(groups.map((g) => g.revenue)),
              refunds: total(groups.map((g) => g.refunds)),
              costs: total(groups.map((g) => g.costs)),
              profit: total(groups.map((g) => g.profit)),
            },
          ],
          2,
        );
        for (const name of ['sales', 'refunds', 'revenue', 'margin', 'costs', 'profit'] as const)
          expect(total(lines.map((line) => line[name]))).toBe(whole![name]);
        for (const { sales, refunds, revenue, margin, costs, profit } of lines) {
          expect(sales + refunds).toBe(revenue);
          expect(margin - costs).toBe(profit);
        }
      }),
    );
  });

  it('of ranked groups adds up to every point between them', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(-(10n ** 16n), 10n ** 17n), { minLength: 1, maxLength: 12 }), (parts) => {
        const units = runningUnits(parts, 10, 2);
        for (const i of parts.keys())
          expect(total(units.slice(0, i + 1))).toBe(rescale(total(parts.slice(0, i + 1)), 10, 2));
      }),
    );
  });
});

it('names calendar periods', () => {
  const names = OPPORTUNITIES.map((every) => calendarName(periodOf(Date.UTC(2024, 11, 31) / 86_400_000, every), every));
  expect(names).toEqual(['2024-12', '2024-Q4', '2024']);
});
