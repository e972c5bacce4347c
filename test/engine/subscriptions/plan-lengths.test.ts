import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LENGTHS } from '../../../src/data/subscriptions/lengths.ts';
import { dueDay } from '../../../src/engine/subscriptions/lengths.ts';
import { lengthOfGaps } from '../../../src/engine/subscriptions/plan-lengths.ts';
import { day } from './payments.ts';

const of = (...gaps: readonly (readonly [days: number, count: number])[]): string | null =>
  lengthOfGaps(new Map(gaps))?.text ?? null;

type Case = readonly [words: string, expected: string, gaps: (readonly [days: number, count: number])[]];

describe('the length of a plan by the gaps of its payments', () => {
  it.each<Case>([
    [
      'months by the calendar',
      '1m',
      [
        [31, 7],
        [30, 4],
        [28, 1],
      ],
    ],
    [
      'some months with a payment missed',
      '1m',
      [
        [31, 6],
        [30, 4],
        [61, 3],
        [90, 1],
      ],
    ],
    [
      '30 days, where nearly all are of just that many',
      '30d',
      [
        [30, 8],
        [31, 1],
        [60, 1],
      ],
    ],
    [
      'four weeks likewise',
      '4w',
      [
        [28, 12],
        [29, 2],
      ],
    ],
    [
      'months of February alone are no four weeks where others say so',
      '1m',
      [
        [28, 3],
        [31, 2],
      ],
    ],
    [
      'weeks',
      '1w',
      [
        [7, 5],
        [8, 4],
        [6, 2],
      ],
    ],
    [
      'two weeks',
      '2w',
      [
        [14, 3],
        [15, 3],
        [13, 2],
      ],
    ],
    [
      'quarters',
      '1q',
      [
        [92, 3],
        [91, 2],
        [90, 1],
      ],
    ],
    [
      'half a year',
      '6m',
      [
        [181, 1],
        [184, 1],
      ],
    ],
    [
      'years',
      '1y',
      [
        [365, 3],
        [366, 1],
      ],
    ],
    [
      'two years',
      '2y',
      [
        [731, 1],
        [730, 2],
      ],
    ],
  ])('%s: %s', (_, expected, gaps) => {
    expect(of(...gaps)).toBe(expected);
  });

  it('is unknown without a second payment', () => {
    expect(of()).toBeNull();
  });

  it('is the one that payments on their due days have', () => {
    const lengths = LENGTHS.filter(({ text }) => text !== '28d');
    fc.assert(
      fc.property(
        fc.constantFrom(...lengths),
        fc.integer({ min: day('2019-12-01'), max: day('2022-12-31') }),
        (length, first) => {
          const gaps = new Map<number, number>();
          for (let k = 0; k < 12; k++) {
            const gap = dueDay(first, k + 1, length) - dueDay(first, k, length);
            gaps.set(gap, (gaps.get(gap) ?? 0) + 1);
          }
          expect(lengthOfGaps(gaps)!.text).toBe(length.text);
        },
      ),
    );
  });
});
