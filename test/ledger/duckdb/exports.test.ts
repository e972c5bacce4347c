import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Decimal } from '../../../src/base/decimal.ts';
import type { Cell, Column, Section } from '../../../src/data/report.ts';
import { DuckDBStore } from '../../../src/ledger/duckdb/store.ts';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import { customersSection } from '../../../src/report/customers.ts';
import { flatColumns, withParquet } from '../../../src/reporter/parquet.ts';
import { bytesOf, type Read, readParquet } from '../../parquet.ts';
import { runs } from '../../runs.ts';
import { type Line, PLAIN, withLedger } from '../helpers.ts';
import { amounts, DATES, figures, rates, value } from '../valued.ts';

/** The rows of a list, the bounds of an interval apart. */
async function rowsOf({ columns, blocks }: Section): Promise<Cell[][]> {
  const rows: Cell[][] = [];
  const flat = (cell: Cell, column: number): readonly Cell[] =>
    columns[column]!.kind === 'interval' ? (cell?.split(' ') ?? [null, null]) : [cell];
  for await (const { length, cells } of blocks)
    for (let row = 0; row < length; row++) rows.push(cells.flatMap((column, i) => flat(column[row]!, i)));
  return rows;
}

const LISTED = { intervals: true };

async function bothWays(
  ledger: Ledger,
  by: readonly string[],
  counted: 0 | 1,
  digits: number,
): Promise<[Read, Cell[][]]> {
  const source = {
    blocks: ledger.customers(LISTED),
    parquet: (columns: readonly Column[]) =>
      ledger.exports.parquet!(flatColumns(columns), { segments: by.length, counted, digits, intervals: true }),
  };
  const section = customersSection(source, by, counted, digits, LISTED);
  const found = await readParquet(await bytesOf((await section.written!.parquet!())!));
  return [found, await rowsOf(section)];
}

it('Parquet holds the cells of the report, in their order, for any amounts, rates, decimals, ids and segments', async () => {
  const ids = fc.constantFrom('a', '=1+1', "O'Hara", 'say "a"', 'Jürgen', '00');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(ids, fc.constantFrom(...DATES), amounts), { minLength: 1, maxLength: 25 }),
      rates,
      fc.constantFrom(0, 2, 3, 4),
      fc.constantFrom<0 | 1>(0, 1),
      figures,
      async (rows, rate, digits, counted, found) => {
        const lines = rows.map(([id, date, amount]): Line => [id, date, amount, 'Nord, "Ost"', '']);
        await withLedger(lines, async (ledger) => {
          const margin = { rate: new Decimal(rate), rules: null };
          await value(ledger, { ...PLAIN, keys: ['k', 'l'], by: [0, 1], margin }, digits, found);
          const [parquet, cells] = await bothWays(ledger, ['Région', 'l'], counted, digits);
          expect(parquet.rows).toEqual(cells);
        });
      },
    ),
    { numRuns: runs(40) },
  );
});

it('money is a decimal of 18 digits, or of 38 where an amount needs more', async () => {
  for (const [amount, width] of [
    ['12.5', 18],
    ['99999999999999.9999', 18],
    ['-99999999999999.9999', 38],
  ] as const) {
    const lines = Array.from({ length: width === 38 ? 12 : 1 }, (): Line => ['a', '2024-01-05', '99999999999999']);
    await withLedger([...lines, ['b', '2024-01-05', '1'], ['b', '2024-01-07', amount]], async (ledger) => {
      await value(ledger, PLAIN, 2, [0.5]);
      const [{ columns, rows }, cells] = await bothWays(ledger, [], 0, 2);
      const types = new Map(columns);
      for (const name of ['revenue', 'margin', 'mean_margin_per_purchase', 'expected_margin_per_purchase', 'clv'])
        expect(types.get(name), name).toBe(`DECIMAL(${width},2)`);
      expect(types.get('first_purchase')).toBe('DATE');
      expect(types.get('p_alive')).toBe('DOUBLE');
      expect(types.get('purchases')).toBe('BIGINT');
      expect(rows).toEqual(cells);
    });
  }
});

const LIST: Section = {
  name: 'segments',
  columns: [
    { name: '"; DROP TABLE listed; --', kind: 'text' },
    { name: '2024', kind: 'integer' },
    { name: '__proto__', kind: 'money' },
    { name: 'a\nb', kind: 'interval' },
    { name: 'share', kind: 'share' },
    { name: '$1', kind: 'date' },
  ],
  blocks: [
    { length: 1, cells: [['z'], ['1'], ['-0.05'], ['1.00 2.50'], ['0.333333'], ['2024-02-29']] },
    {
      length: 2,
      cells: [
        ['a', null],
        ['2', null],
        ['9.99', null],
        [null, '-1.00 0.00'],
        ['0.5', null],
        [null, null],
      ],
    },
  ],
};

/** A list as a report has it written. */
async function shortList(ledger: Ledger, list: Section): Promise<Read> {
  const report = { command: 'compute', document: [[list.name, list]] as const, main: list.name, views: [] };
  const { document } = withParquet(report, 2, ledger.exports.parquetOf);
  const { written } = document[0]![1] as Section;
  return readParquet(await bytesOf((await written!.parquet!())!));
}

it('a short list keeps its order, its names whatever they are, and what is unknown', async () => {
  await withLedger([['a', '2024-01-05', '1']], async (ledger) => {
    const { columns, rows } = await shortList(ledger, LIST);
    expect(columns).toEqual([
      ['"; DROP TABLE listed; --', 'VARCHAR'],
      ['2024', 'BIGINT'],
      ['__proto__', 'DECIMAL(18,2)'],
      ['a\nb_low', 'DECIMAL(18,2)'],
      ['a\nb_high', 'DECIMAL(18,2)'],
      ['share', 'DECIMAL(18,6)'],
      ['$1', 'DATE'],
    ]);
    expect(rows).toEqual([
      ['z', '1', '-0.05', '1.00', '2.50', '0.333333', '2024-02-29'],
      ['a', '2', '9.99', null, null, '0.500000', null],
      [null, null, null, '-1.00', '0.00', null, null],
    ]);
    const wide: Section = {
      ...LIST,
      blocks: [{ length: 1, cells: [['a'], ['1'], ['12345678901234567.89'], [null], [null], [null]] }],
    };
    const found = await shortList(ledger, wide);
    expect(found.columns[2]).toEqual(['__proto__', 'DECIMAL(38,2)']);
    expect(found.rows[0]![2]).toBe('12345678901234567.89');
  });
});

it('many rows come in the order of the query, and as the same bytes again', async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'clv-store-'));
  const store = await DuckDBStore.open(scratch);
  try {
    await store.seal();
    const query = 'SELECT hash(range) % 1000000 AS c0, range AS c1 FROM range(300000) ORDER BY c0, c1';
    const [first, second] = [
      await bytesOf(store.parquet(['h', 'n'], query)),
      await bytesOf(store.parquet(['h', 'n'], query)),
    ];
    expect(Buffer.compare(first, second)).toBe(0);
    const { rows } = await readParquet(first);
    const keys = rows.map(([h, n]) => Number(h) * 300_000 + Number(n));
    expect(keys.length).toBe(300_000);
    expect(keys.every((key, i) => i === 0 || keys[i - 1]! < key)).toBe(true);
  } finally {
    await store.close();
    rmSync(scratch, { recursive: true, force: true });
  }
});
