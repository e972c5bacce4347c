import { expect, it } from 'vitest';
import { readDaily } from '../../../src/ledger/steps/daily.ts';
import { day, type Line, PLAIN, withLedger } from '../helpers.ts';

const LINES: readonly Line[] = [
  ['a', '2024-01-01', '5'],
  ['a', '2024-01-01', '7'],
  ['b', '2024-01-01', '1'],
  ['c', '2024-01-20', '-2'],
  ['b', '2024-02-29', '4'],
  ['a', '2024-03-05', '9'],
];

it('has the purchases by day up to the as-of date of a roll-up, refunds not among them', async () => {
  await withLedger(LINES, async (ledger) => {
    await ledger.load(PLAIN);
    await ledger.rollUp({ asOf: day('2024-03-01'), spendFrom: 'repeat', fillMeans: false });
    const daily = (await readDaily(ledger.loaded))!;
    expect(daily.asOf).toBe(day('2024-03-01'));
    expect([...daily.day]).toEqual([day('2024-01-01'), day('2024-02-29')]);
    expect([...daily.purchases]).toEqual([2, 1]);
    await ledger.rollUp({ asOf: null, spendFrom: 'repeat', fillMeans: false }, 'closing');
    expect((await readDaily(ledger.loaded, 'closing'))!.asOf).toBe(day('2024-03-05'));
  });
});

it('has nothing where nobody bought', async () => {
  await withLedger([['a', '2024-01-01', '-5']], async (ledger) => {
    await ledger.load(PLAIN);
    await ledger.rollUp({ asOf: null, spendFrom: 'repeat', fillMeans: false });
    expect(await readDaily(ledger.loaded)).toBeNull();
  });
});
