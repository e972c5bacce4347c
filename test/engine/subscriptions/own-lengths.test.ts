import { describe, expect, it } from 'vitest';
import { OwnLengths, type PaidAlike } from '../../../src/engine/subscriptions/own-lengths.ts';
import { rowsOf } from './payments.ts';

const alike = (gaps: number, gap: number, price: number): PaidAlike => ({
  ...{ gaps, gap, price: BigInt(price) * 10_000n, count: 1, customer: 'a' },
});

const LENGTHS = new OwnLengths([alike(5, 31, 10), alike(2, 365, 100), alike(3, 30, 25), alike(2, 366, 25)]);

describe('lengths of subscriptions by their own payments', () => {
  it.each([
    [2, 31, 10, '1m gaps'],
    [2, 360, 10, '1y gaps'],
    [1, 365, 10, '1m price'],
    [1, 365, 11, '1y gaps'],
    [1, 365, 25, '1y gaps'],
    [0, 0, 100, '1y price'],
    [0, 0, 25, '-'],
    [0, 0, 11, '-'],
  ])('%i gaps of %i days at a price of %i: %s', (gaps, gap, price, told) => {
    const [length, by] = LENGTHS.told(alike(gaps, gap, price)) ?? [];
    expect(length ? `${length.text} ${by}` : '-').toBe(told);
  });

  it('are told by days with payments, the lower median of their gaps and the most of a day', () => {
    const rows = rowsOf('2024-01-10 6', '2024-01-10 4', '2024-02-10 10', '2024-02-20 -10', '2024-06-10 10');
    expect(LENGTHS.of(rows)?.text).toBe('1m');
    expect(LENGTHS.of(rowsOf('2024-01-10 60', '2024-01-10 40'))?.text).toBe('1y');
    expect(LENGTHS.of(rowsOf('2024-01-10 60'))).toBeNull();
  });

  it('are one where the gaps of all that have two fit it', () => {
    expect(OwnLengths.isOne([alike(2, 31, 10), alike(3, 44, 10), alike(1, 365, 10)])).toBe(true);
    expect(OwnLengths.isOne([alike(2, 31, 10), alike(2, 365, 10)])).toBe(false);
  });
});
