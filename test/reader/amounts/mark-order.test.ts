import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { ClvError } from '../../../src/base/errors.ts';
import { unitsText } from '../../../src/base/money.ts';
import { runs } from '../../runs.ts';
import { load, workspace } from '../helpers.ts';

const space = workspace();
afterAll(space.remove);

const CELLS = [
  '1234',
  '12',
  '1.234',
  '1,234',
  '12.50',
  '12,50',
  '0.500',
  '1.234,50',
  '1,234.50',
  '1.234.567',
  '1,23,456',
  '99,-',
  'oops',
  '',
  '-\n,1',
  '٥٫٥',
  '1 234',
  '19.990000000000002',
];
const YEN = ['¥1,200', '￥980', '¥1.500', '¥12.50', '1,200', '980'];
let day = 0;

/** The sum and the rejects of rows over files, or the code that refuses them. */
async function outcome(files: readonly (readonly string[])[], maxRejects?: number): Promise<string> {
  // A column more keeps files apart that hold the same rows.
  const paths = files.map((cells) => {
    const rows = cells.map((cell) => `a,2024-01-02,"${cell}",${day++}\n`);
    return space.file(`customer,date,amount,note\n${rows.join('')}`);
  });
  try {
    const limit = maxRejects === undefined ? undefined : ({ count: maxRejects } as const);
    const { result } = await load(paths, { scratch: space.scratch, maxRejects: limit });
    return `${unitsText(result.totals.amount, 4)} ${result.decimalMark} ${result.rejects.total}`;
  } catch (error) {
    if (error instanceof ClvError) return error.code;
    throw error;
  }
}

/** Files without one whose every row is refused, which no limit allows. */
const hopeless = (cells: readonly string[]): boolean => !cells.some((cell) => /^[\d¥￥]/.test(cell));

describe('order, splits and rejects', () => {
  it.each([
    ['amounts', CELLS],
    ['yen', YEN],
  ] as const)('change nothing: %s', async (_, cells) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...cells), { minLength: 2, maxLength: 6 }),
        fc.integer({ min: 1, max: 5 }),
        async (column, cut) => {
          const at = Math.min(cut, column.length - 1);
          const parts = [column.slice(0, at), column.slice(at)];
          const whole = await outcome([column], 100);
          expect([column, await outcome([[...column].reverse()], 100)]).toEqual([column, whole]);
          if (parts.some(hopeless)) return;
          const split = await outcome(parts, 100);
          // A limit on rejects holds for each file too: where all rows of one are refused it ends there.
          if (split !== 'E241') expect([column, split]).toEqual([column, whole]);
          expect([column, await outcome([...parts].reverse(), 100)]).toEqual([column, split]);
        },
      ),
      { numRuns: runs(60) },
    );
  });

  it('a cell that is refused tells nothing', async () => {
    expect(await outcome([['59,981', '47,708', '-\r\n,148']])).toBe('E241');
    expect(await outcome([['59,981', '47,708', '-\r\n,148']], 1)).toBe('E204');
    expect(await outcome([['59,981', '47,708', '83133']])).toBe('E204');
  });

  it('a plain file is read by the mark that the others show', async () => {
    expect(await outcome([['12.5'], ['12,50', '12,60']], 1)).toBe('E241');
    expect(
      await outcome(
        [
          ['12.5', '7'],
          ['12,50', '12,60'],
        ],
        1,
      ),
    ).toBe('32.1000 , 1');
    expect(await outcome([['12.5', '7', '12,50', '12,60']], 1)).toBe('32.1000 , 1');
    expect(await outcome([['12.5', '1.234'], ['1.234,50']])).toBe('E204');
  });
});
