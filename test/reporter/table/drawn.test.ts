import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barTexts, sparkline } from '../../../src/reporter/table/drawn.ts';

const to = (...ends: (number | null)[]) => ends.map((end) => (end === null ? null : { from: 0, to: end }));

describe('bars of characters', () => {
  it('are as long as their values, in half cells', () => {
    expect(barTexts(to(10, 5, 2.5, 0, null), 4)).toEqual(['████', '██', '█', '', '']);
    expect(barTexts(to(8, 7, 1), 4)).toEqual(['████', '███▌', '▌']);
  });

  it('stand on both sides of zero, and whatever is not nothing is seen on its side', () => {
    expect(barTexts(to(4, -4), 4)).toEqual(['  ██', '██']);
    expect(barTexts(to(1e6, 1, -1, -1e6), 4)).toEqual(['  ██', '  ▌', ' ▐', '██']);
    expect(barTexts(to(-5, -1), 5)).toEqual(['█████', '    █']);
  });

  it('begin where those before them end', () => {
    const spans = [
      { from: 0, to: 8 },
      { from: 8, to: 6 },
      { from: 6, to: 7 },
    ];
    expect(barTexts(spans, 8)).toEqual(['████████', '      ██', '      █']);
  });

  it('of nothing are none', () => {
    expect(barTexts(to(0, 0), 8)).toEqual(['', '']);
    expect(barTexts([], 8)).toEqual([]);
  });

  it('are never wider than there is room, and there where there is a value', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: -1e15, max: 1e15 })),
        fc.integer({ min: 1, max: 40 }),
        (values, width) => {
          for (const [i, text] of barTexts(to(...values), width).entries()) {
            expect([...text].length).toBeLessThanOrEqual(width);
            expect(text.trim() !== '').toBe(values[i] !== 0);
          }
        },
      ),
    );
  });
});

describe('lines of marks', () => {
  it('go from the least to the most, or from zero', () => {
    expect(sparkline([1, 2, 3, 8], 10, false)).toBe('▁▂▃█');
    expect(sparkline([100, 101], 10, false)).toBe('▁█');
    expect(sparkline([100, 101], 10, true)).toBe('██');
    expect(sparkline([-7, 0, 7], 10, true)).toBe('▁▅█');
  });

  it('leave a gap for what is unknown, and are flat where all is alike', () => {
    expect(sparkline([1, null, 2], 10, false)).toBe('▁ █');
    expect(sparkline([5, 5, 5], 10, false)).toBe('▁▁▁');
    expect(sparkline([null], 10, false)).toBe(' ');
    expect(sparkline([0, 0], 10, true)).toBe('▁▁');
  });

  it('of many points have means', () => {
    expect(sparkline([0, 0, 4, 6, 8, 8], 3, true)).toBe('▁▅█');
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: -1e15, max: 1e15 })),
        fc.integer({ min: 1, max: 40 }),
        (values, width) => {
          expect([...sparkline(values, width, true)]).toHaveLength(Math.min(values.length, width));
        },
      ),
    );
  });
});
