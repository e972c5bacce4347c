import { expect, it } from 'vitest';
import { ownLengths } from '../../../src/valuation/subscriptions/auto-lengths.ts';
import { day, type Line, PLAIN, withLedger } from '../../ledger/helpers.ts';

const LINES: readonly Line[] = [
  ['a', '2024-01-10', '6'],
  ['a', '2024-01-10', '4'],
  ['a', '2024-02-10', '10'],
  ['a', '2024-02-20', '-10'],
  ['a', '2024-06-10', '9'],
  ['b', '2024-01-10', '100'],
  ['c', '2024-01-10', '10'],
  ['c', '2024-02-09', '10'],
  ['c', '2024-03-11', '10'],
  ['c', '2024-04-13', '10'],
  ['d', '2024-01-11', '100'],
  ['d', '2024-09-11', '100'],
];

it('subscriptions are alike by their lower median gap and the most paid on a day, as of a day', async () => {
  const told = await withLedger(LINES, async (ledger) => {
    const none = { plan: null, subscription: null, currency: null, start: null, end: null, givenBack: null };
    await ledger.load({ ...PLAIN, subscriptions: none });
    const { alike } = await ownLengths(ledger.loaded, day('2024-08-31'));
    return alike.map(({ gaps, gap, price, count, customer }) => [gaps, gap, Number(price) / 10_000, count, customer]);
  });
  expect(told).toEqual([
    [0, 0, 100, 2, 'b'],
    [2, 31, 10, 1, 'a'],
    [3, 31, 10, 1, 'c'],
  ]);
});
