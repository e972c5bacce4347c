import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyNumbers } from '../../../src/reader/rows/key-numbers.ts';
import { Orders } from '../../../src/reader/rows/orders.ts';

describe('numbers of keys', () => {
  it('are those of the order in which they come', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 })), (keys) => {
        const numbers = new KeyNumbers();
        const distinct = [...new Set(keys)];
        expect(keys.map((key) => numbers.of(key))).toEqual(keys.map((key) => distinct.indexOf(key)));
      }),
    );
  });

  it('stay the same when there are many', () => {
    const numbers = new KeyNumbers();
    for (let turn = 0; turn < 2; turn++)
      for (let i = 0; i < 50_000; i++) if (numbers.of(`#${i}`) !== i) throw new Error(`${i} has another number`);
    // Both have one hash, so that the texts themselves decide.
    expect([numbers.of('#185586737-88155'), numbers.of('#492036199-55785')]).toEqual([50_000, 50_001]);
  });
});

type Line = readonly [key: string, content: string, file: number];

describe('orders that were seen', () => {
  it.each<[string, readonly Line[], Line]>([
    ['first', [], ['a', '5', 0]],
    ['next', [['a', '5', 0]], ['a', '5', 0]],
    ['next', [['a', '5', 0]], ['a', '', 0]],
    [
      'next',
      [
        ['a', '5', 0],
        ['b', '5', 0],
      ],
      ['a', '', 0],
    ],
    [
      'again',
      [
        ['a', '5', 0],
        ['b', '5', 0],
      ],
      ['a', '5', 0],
    ],
    ['again', [['a', '5', 0]], ['a', '5', 1]],
    ['again', [['a', '5', 0]], ['a', '', 1]],
    ['differs', [['a', '5', 0]], ['a', '6', 0]],
    [
      'differs',
      [
        ['a', '5', 0],
        ['b', '5', 0],
      ],
      ['a', '6', 1],
    ],
  ])('%s', (sight, before, line) => {
    const orders = new Orders();
    for (const one of before) orders.see(...one);
    expect(orders.see(...line)).toBe(sight);
  });
});
