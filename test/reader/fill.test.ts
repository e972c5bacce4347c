import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { ClvError } from '../../src/base/errors.ts';
import { runs } from '../runs.ts';
import { load, workspace } from './helpers.ts';

const folder = workspace();
afterAll(() => folder.remove());

/** More than the lots that are read at a time hold, so that the first of them does not show what the last do. */
const ROWS = 9000;

type Row = (i: number) => readonly [customer: string, date: string, amount: string];
const day = (i: number): string => String(1 + (i % 28)).padStart(2, '0');
const month = (i: number): string => String(1 + (i % 12)).padStart(2, '0');

/** Rows of one form, with others at the end. */
function written(name: string, form: Row, ends: readonly Row[]): string {
  const rows = Array.from({ length: ROWS }, (_, i) => form(i));
  ends.forEach((end, i) => {
    rows[ROWS - 1 - i] = end(i);
  });
  const lines = rows.map((cells) => cells.map((cell) => `"${cell}"`).join(','));
  return folder.file(`${['customer,date,amount', ...lines].join('\n')}\n`, `${name}.csv`);
}

/** All that is told of the files, by one reading or, where somebody is told of each record, by two. */
async function told(path: string, twice: boolean, maxRejects: number): Promise<unknown> {
  const options = { scratch: folder.scratch, maxRejects: { count: maxRejects }, ...(twice && { onLeft: () => {} }) };
  try {
    const { result, sink, rejects } = await load([path], options);
    const { files, ...rest } = result;
    return { rest, rows: sink.rows, rejects, files };
  } catch (error) {
    const { code, values, place } = error as ClvError;
    return { code, values, place };
  }
}

const FORMS: Readonly<Record<string, Row>> = {
  'days first': (i) => [`c${i % 997}`, `${day(i)}/${month(i)}/2024`, `${i}.50`],
  'days that may be months': (i) => [`c${i % 997}`, `0${1 + (i % 9)}/${month(i)}/2024`, `${i}.50`],
  commas: (i) => [`c${i % 997}`, `2024-${month(i)}-${day(i)}`, `${i},50`],
  'marks that may group': (i) => [
    `c${i % 997}`,
    `2024-${month(i)}-${day(i)}`,
    `1.${String(i % 1000).padStart(3, '0')}`,
  ],
  'times and a currency': (i) => [`c${i % 997}`, `2024-${month(i)}-${day(i)} 10:00:00`, `$${i}.50`],
};

const ENDS: Readonly<Record<string, Row>> = {
  'months first': () => ['late', '12/31/2024', '1.50'],
  'a day first': () => ['late', '31/12/2024', '1.50'],
  'no date': () => ['late', 'soon', '1.50'],
  'no amount': () => ['late', '2024-01-01', 'some'],
  'no customer': () => ['', '2024-01-01', '1.50'],
  'a point': () => ['late', '2024-01-01', '1,234.50'],
  'a comma': () => ['late', '2024-01-01', '1.234,50'],
  'another currency': () => ['late', '2024-01-01', '€1.50'],
  'another calendar': () => ['late', '2567-01-01', '1.50'],
};

describe('a file whose first records show its formats', () => {
  it('is read once, into all of its rows', async () => {
    const path = written('once', FORMS['days first']!, []);
    const { result, sink } = await load([path], { scratch: folder.scratch });
    expect(result).toMatchObject({ dateFormat: 'DD/MM/YYYY', decimalMark: '.', totals: { records: ROWS } });
    expect(sink.rows.slice(0, 2)).toEqual([
      ['c0', '2024-01-01', '0.5000'],
      ['c1', '2024-02-02', '1.5000'],
    ]);
  });

  it('gives what two readings give, whatever comes at its end', async () => {
    const form = fc.constantFrom(...Object.keys(FORMS));
    const ends = fc.array(fc.constantFrom(...Object.keys(ENDS)), { maxLength: 3 });
    let n = 0;
    await fc.assert(
      fc.asyncProperty(form, ends, fc.constantFrom(0, 5), async (of, late, maxRejects) => {
        const path = written(
          `both${n++}`,
          FORMS[of]!,
          late.map((name) => ENDS[name]!),
        );
        expect(await told(path, false, maxRejects)).toEqual(await told(path, true, maxRejects));
      }),
      { numRuns: runs(40) },
    );
  });
});
