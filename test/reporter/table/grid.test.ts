import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unitsText } from '../../../src/base/money.ts';
import { listOf } from '../../../src/data/lists.ts';
import { listedIn, shownColumn } from '../../../src/reporter/table/grid.ts';

test('thousands separators in the integer part only, unknown as a dash', () => {
  const cells = ['-1234567.80', '999.00', '1000', '0.123456', '123456.123456', null];
  expect(shownColumn({ name: 'any', kind: 'money' }, cells)).toEqual([
    '-1,234,567.80',
    '999.00',
    '1,000',
    '0.123456',
    '123,456.123456',
    '–',
  ]);
  expect(shownColumn({ name: 'any', kind: 'interval' }, ['-1000.00 2000.00', null])).toEqual([
    '-1,000.00 to 2,000.00',
    '–',
  ]);
  expect(shownColumn({ name: 'any', kind: 'date' }, ['2024-02-29'])).toEqual(['2024-02-29']);
});

test('shares of a whole add up to 100.0%: largest remainder, ties in order', () => {
  expect(shownColumn({ name: 'any', kind: 'share' }, ['0.333334', '0.333333', '0.333333'])).toEqual([
    '33.4%',
    '33.3%',
    '33.3%',
  ]);
  expect(shownColumn({ name: 'any', kind: 'share' }, ['0.000500', '0.000500', '0.999000'])).toEqual([
    '0.1%',
    '0.0%',
    '99.9%',
  ]);
  expect(shownColumn({ name: 'any', kind: 'share' }, ['1.200000', '-0.200000'])).toEqual(['120.0%', '-20.0%']);
});

test('other shares are rounded one by one', () => {
  expect(shownColumn({ name: 'any', kind: 'share' }, ['0.000500', '0.000499', null])).toEqual(['0.1%', '0.0%', '–']);
});

test('whatever the shares, their percents add up', () => {
  const property = fc.property(
    fc.array(fc.integer({ min: -500_000, max: 500_000 }), { maxLength: 40 }),
    (millionths) => {
      const last = 1_000_000 - millionths.reduce((sum, units) => sum + units, 0);
      const shares = [...millionths, last].map((units) => unitsText(units, 6));
      const tenths = shownColumn({ name: 'any', kind: 'share' }, shares).map((text) =>
        Math.round(Number(text.slice(0, -1)) * 10),
      );
      expect(tenths.reduce((sum, units) => sum + units, 0)).toBe(1000);
      for (const [index, share] of shares.entries())
        expect(Math.abs(tenths[index]! - Number(share) * 1000)).toBeLessThan(1.001);
    },
  );
  fc.assert(property);
});

test('the first rows are asked for alone where their number is known, and no share needs the others', async () => {
  const columns = [{ name: 'id', kind: 'text' as const }];
  const asked: number[] = [];
  const section = {
    ...listOf('list', columns, [['a'], ['b'], ['c']]),
    async *first(rows: number) {
      asked.push(rows);
      yield { length: rows, cells: [['a', 'b', 'c'].slice(0, rows)] };
    },
  };
  const view = { title: 'A list', section, columns: [{ name: 'id', heading: 'Id' }], top: 2 };
  const report = { command: 'compute', document: [], main: 'list', views: [] };
  expect(await listedIn(report, { ...view, total: 3 })).toMatchObject({ cells: [['a', 'b']], length: 2, more: 1 });
  expect(await listedIn(report, { ...view, total: 3 }, 1)).toMatchObject({ cells: [['a']], length: 1, more: 2 });
  expect(asked).toEqual([2, 1]);
  expect(await listedIn(report, view)).toMatchObject({ cells: [['a', 'b']], length: 2, more: 1 });
  expect(asked).toEqual([2, 1]);
});
