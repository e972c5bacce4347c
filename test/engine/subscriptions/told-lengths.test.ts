import { describe, expect, it } from 'vitest';
import { toldLengths } from '../../../src/engine/subscriptions/told-lengths.ts';

/** Gaps of one plan as days × how often. */
function told(...gaps: readonly (readonly [number, number])[]): string {
  const found = toldLengths(gaps.map(([gap, count]) => ({ plan: 'x', gap, count })));
  return found.map(({ length, fitting, gaps }) => `${length.text} ${fitting} of ${gaps}`).join('; ');
}

describe('lengths by the gaps between payments', () => {
  it.each([
    [
      '1w 5 of 5',
      [
        [0, 3],
        [7, 4],
        [8, 1],
      ],
    ],
    ['2w 3 of 3', [[14, 3]]],
    [
      '1m 30 of 30',
      [
        [28, 2],
        [30, 10],
        [31, 18],
      ],
    ],
    [
      '1m 9 of 10',
      [
        [31, 9],
        [62, 1],
      ],
    ],
    [
      '2m 4 of 4',
      [
        [59, 1],
        [61, 3],
      ],
    ],
    [
      '1q 4 of 4',
      [
        [90, 1],
        [92, 3],
      ],
    ],
    [
      '6m 2 of 2',
      [
        [181, 1],
        [184, 1],
      ],
    ],
    [
      '1y 3 of 3',
      [
        [365, 2],
        [395, 1],
      ],
    ],
    ['2y 1 of 1', [[731, 1]]],
    ['', [[0, 4]]],
  ] as const)('%s', (expected, gaps) => {
    expect(told(...gaps)).toBe(expected);
  });

  it('are refused where they fit no one length (E325)', () => {
    expect(() => told([31, 6], [365, 4])).toThrow(expect.objectContaining({ code: 'E325' }));
  });
});
