import { describe, expect, it } from 'vitest';
import { Decimal } from '../../../src/base/decimal.ts';
import { paidIn } from '../../../src/engine/subscriptions/standing.ts';
import { NextPrices } from '../../../src/valuation/contracts/next-prices.ts';
import { day, rowsOf, rules, subscriptionsAt } from '../../engine/subscriptions/payments.ts';

const PRICES: Readonly<Record<string, readonly (readonly [string, bigint])[]>> = {
  base: [
    ['2024-01-01', 100_000n],
    ['2024-03-31', 120_000n],
  ],
  seats: [['2024-01-01', 50_000n]],
};

const book = {
  priceOn: (plan: string, at: number) => (PRICES[plan] ?? []).findLast(([from]) => day(from) <= at)?.[1] ?? null,
};

/** What the next payment of one subscription brings, and what was found on the way. */
async function nextOf(asOf: string, margin: string, ...lines: readonly string[]) {
  const next = new NextPrices(book, new Decimal(margin));
  const [one] = await subscriptionsAt(rowsOf(...lines), rules('1m'), day(asOf));
  const paid = paidIn(one!.terms.runs.at(-1)!).at(-1)!;
  return { next, brings: next.of(paid, one!.standing) };
}

describe('the price of the next payment', () => {
  it('is that of all plans of the last term on its next due day, times the margin', async () => {
    const lines = ['2024-01-31 10.00 base', '2024-01-31 5.00 seats', '2024-02-29 10.00 base', '2024-02-29 5.00 seats'];
    const { next, brings } = await nextOf('2024-03-10', '0.333333', ...lines);
    expect(brings).toEqual({ margin: 170_000n * 333_333n, periods: 1 });
    expect(next.differing.count).toBe(0);
    const before = await nextOf('2024-02-10', '0.333333', lines[0]!, lines[1]!);
    expect(before.brings.margin).toBe(150_000n * 333_333n);
  });

  it('goes back to the list after a discount, of which both sums are told, also from a free month', async () => {
    const { next, brings } = await nextOf('2024-02-20', '1', '2024-01-10 7.00 base', '2024-02-10 0.00 base');
    expect(brings).toEqual({ margin: 100_000n * 1_000_000n, periods: 1 });
    expect(next.differing).toEqual({ count: 1, paid: 70_000n, listed: 100_000n });
  });

  it('is the last payment of a subscription that has ended, which needs no price', async () => {
    const { next, brings } = await nextOf('2024-06-30', '1', '2024-01-10 7.00 gone');
    expect(brings).toEqual({ margin: 70_000n * 1_000_000n, periods: 1 });
    expect(() => next.check()).not.toThrow();
  });

  it('must be in the book on that day', async () => {
    const { next } = await nextOf('2024-01-20', '1', '2024-01-10 7.00 gone');
    expect(() => next.check()).toThrow(expect.objectContaining({ code: 'E327' }));
  });
});
