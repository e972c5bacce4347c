import { expect, it } from 'vitest';
import { withGaps } from '../../../src/engine/groups.ts';
import { readGaps } from '../../../src/ledger/steps/gaps.ts';
import { day, type Line, PLAIN, withLedger } from '../helpers.ts';

// Purchases of a: days 1, 11, 31 and 61, a refund between; b: days 6 and 16; c: once; d after the as-of date.
const LINES: Line[] = [
  ['a', '2024-01-01', '10', 'x'],
  ['a', '2024-01-11', '20', 'x'],
  ['a', '2024-01-21', '-3', 'x'],
  ['a', '2024-01-31', '5', 'x'],
  ['a', '2024-03-01', '5', 'x'],
  ['b', '2024-01-02', '-2', 'y'],
  ['b', '2024-01-06', '8', 'y'],
  ['b', '2024-01-16', '8', 'y'],
  ['c', '2024-01-07', '8', 'z'],
  ['d', '2024-03-02', '8', 'z'],
];

it('are the days between purchases up to the as-of date, by how often', async () => {
  await withLedger(LINES, async (ledger) => {
    await ledger.load(PLAIN);
    await ledger.rollUp({ asOf: day('2024-02-10'), spendFrom: 'repeat', fillMeans: false });
    const gaps = await readGaps(ledger.loaded);
    expect(gaps).toEqual([{ name: [], days: Int32Array.of(10, 20), count: Float64Array.of(2, 1) }]);
    const { states } = await ledger.states();
    expect(withGaps(states, gaps).logGaps).toBe(2 * Math.log(10 / 7) + Math.log(20 / 7));
  });
});

it('are those of each group, where models are fitted by group, and of any roll-up', async () => {
  await withLedger(LINES, async (ledger) => {
    await ledger.load({ ...PLAIN, keys: ['kind'], fitBy: [0] });
    await ledger.rollUp({ asOf: day('2024-03-10'), spendFrom: 'repeat', fillMeans: false }, 'closing');
    const gaps = await readGaps(ledger.loaded, 'closing');
    expect(gaps.map(({ name, days }) => [name[0], ...days])).toEqual([
      ['x', 10, 20, 30],
      ['y', 10],
    ]);
    const { states } = await ledger.states('closing');
    const summed = withGaps(states, gaps);
    expect(summed.groups!.map(({ logGaps }) => logGaps! > 0)).toEqual([true, true, false]);
    expect(summed.logGaps).toBeCloseTo(2 * Math.log(10 / 7) + Math.log(20 / 7) + Math.log(30 / 7), 12);
  });
});

it('are none where nobody bought again', async () => {
  await withLedger(LINES.slice(8), async (ledger) => {
    await ledger.load(PLAIN);
    await ledger.rollUp({ asOf: null, spendFrom: 'repeat', fillMeans: false });
    expect(await readGaps(ledger.loaded)).toEqual([]);
    expect(withGaps((await ledger.states()).states, []).logGaps).toBe(0);
  });
});
