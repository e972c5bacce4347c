import { expect, it } from 'vitest';
import { Decimal } from '../../../src/base/decimal.ts';
import { readHoldout } from '../../../src/ledger/steps/holdout.ts';
import { amount, day, type Line, PLAIN, withLedger } from '../helpers.ts';

const LINES: Line[] = [
  ['a', '2024-01-01', '10'],
  ['a', '2024-01-11', '20'],
  ['b', '2024-01-01', '5'],
  ['b', '2024-01-11', '5'],
  ['c', '2024-01-11', '7'],
  ['refunded', '2024-01-05', '-7'],
  // the holdout
  ['a', '2024-01-12', '1'],
  ['a', '2024-01-12', '2.5'],
  ['a', '2024-01-20', '-4'],
  ['a', '2024-01-31', '0'],
  ['refunded', '2024-01-20', '100'],
  ['new', '2024-01-20', '100'],
  // after it
  ['b', '2024-02-01', '50'],
];

it('groups the known customers by state and by purchases in the holdout, with their margin', async () => {
  await withLedger(LINES, async (ledger) => {
    const cost = { customer: 'b', day: day('2024-01-15'), cost: amount('0.25') };
    await ledger.load({
      ...PLAIN,
      margin: { rate: new Decimal('0.5'), rules: null },
      costs: { file: 'costs.csv', rows: [cost] },
    });
    await ledger.rollUp({ asOf: day('2024-01-11'), spendFrom: 'repeat', fillMeans: false });
    const { states } = await ledger.states();
    const { outcomes, daily, margin } = await readHoldout(ledger.loaded, day('2024-01-11'), day('2024-01-31'));
    expect([...states.x]).toEqual([0, 1]);
    expect([...outcomes.state]).toEqual([0, 1, 1]);
    expect([...outcomes.purchases]).toEqual([0, 0, 2]);
    expect([...outcomes.count]).toEqual([1, 1, 1]);
    expect([...outcomes.margin]).toEqual([0, -0.25, -0.25]);
    expect(margin).toBe(-5_000_000_000n);
    expect(daily).toHaveLength(20);
    expect([...daily.entries()].filter(([, count]) => count > 0)).toEqual([
      [0, 1],
      [19, 1],
    ]);
  });
});
