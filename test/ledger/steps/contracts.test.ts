import { describe, expect, it } from 'vitest';
import type { SubscriberWorth } from '../../../src/data/contracts.ts';
import { readSubscriber, writeWorth } from '../../../src/ledger/steps/contracts.ts';
import { day, type Line, PLAIN, rows, withLedger } from '../helpers.ts';

const LINES: Line[] = [
  ...['2023-01-10', '2023-02-10', '2023-03-10'].flatMap((date): Line[] => [
    ['b', date, '10.00'],
    ['a', date, '10.00'],
    ['c', date, '5.00'],
  ]),
  ['d', '2023-01-10', '7.00'],
  ['e', '2023-04-01', '9.00'],
];

const WORTH: SubscriberWorth = {
  length: 4,
  tenure: Int32Array.of(3, 3, 3, 1),
  alive: Float64Array.of(1, 0.5, 1, 0),
  mean: Float64Array.of(10, 10, 5, 7),
  expected: Float64Array.of(10, 10, 5, 0),
  factor: Float64Array.of(2, 1, 2, 0),
  clv: BigInt64Array.of(2000n, 1000n, 1001n, 0n),
};

const rolledUp = <T>(work: (ledger: Parameters<Parameters<typeof withLedger<T>>[1]>[0]) => Promise<T>): Promise<T> =>
  withLedger(LINES, async (ledger) => {
    await ledger.load({ ...PLAIN });
    await ledger.rollUp({ asOf: day('2023-03-31'), spendFrom: 'all', fillMeans: false });
    return work(ledger);
  });

describe('worth', () => {
  it('is that of the customers in the order of their ids, told by size, and sums to the totals', async () => {
    await rolledUp(async (ledger) => {
      await writeWorth(ledger.loaded, WORTH);
      const found = await rows(ledger, { subscribers: true });
      expect(found.map(({ id, clv, mean, x }) => [id, clv, mean, x])).toEqual([
        ['a', 2000n, 10, 2],
        ['c', 1001n, 5, 2],
        ['b', 1000n, 10, 2],
        ['d', 0n, 7, 0],
      ]);
      for await (const block of ledger.customers({ subscribers: true })) {
        expect([...block.columns.get('tenure_periods')!]).toEqual([3, 3, 3, 1]);
        expect([...block.columns.get('p_alive')!]).toEqual([1, 1, 0.5, 0]);
        expect([...block.columns.get('dert')!]).toEqual([2, 2, 1, 0]);
      }
      expect((await ledger.totals())[0]).toMatchObject({ customers: 4, clv: 4001n, margin: 820_000_000_000n });
    });
  });

  it('is refused where it is not of as many customers: E501', async () => {
    const short = { ...WORTH, length: 3 };
    await rolledUp(async (ledger) => {
      await expect(writeWorth(ledger.loaded, short)).rejects.toMatchObject({ code: 'E501' });
    });
  });
});

describe('a subscriber', () => {
  it('is found by its id, with its number among those rolled up', async () => {
    await rolledUp(async (ledger) => {
      expect(await readSubscriber(ledger.loaded, 'c')).toEqual({
        at: 2,
        firstPayment: day('2023-01-10'),
        lastPayment: day('2023-03-10'),
        revenue: 150_000n,
        margin: 150_000_000_000n,
      });
      for (const unknown of ['e', 'A', '']) expect(await readSubscriber(ledger.loaded, unknown)).toBeNull();
    });
  });
});
