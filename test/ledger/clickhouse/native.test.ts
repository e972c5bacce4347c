import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockOf, columnList } from '../../../src/ledger/clickhouse/fill.ts';
import { type NativeBlock, readBlocks } from '../../../src/ledger/clickhouse/native.ts';
import type { ColumnType } from '../../../src/ledger/store.ts';

const COLUMNS: readonly (readonly [string, ColumnType])[] = [
  ['id', 'text'],
  ['day', 'day'],
  ['n', 'integer'],
  ['clv', 'long'],
  ['mean', 'double'],
  ['amount', 'amount'],
  ['rate', 'rate'],
];

const ROW = fc.tuple(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.integer({ min: 0, max: 65_535 }),
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.double({ noNaN: true }),
  fc.bigInt({ min: -(10n ** 18n) + 1n, max: 10n ** 18n - 1n }),
  fc.integer({ min: 0, max: 1_000_000 }),
);

/** Bytes in pieces, as a network gives them. */
async function* pieces(bytes: Buffer, size: number): AsyncIterable<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function blocks(bytes: Buffer, size: number): Promise<NativeBlock[]> {
  const found: NativeBlock[] = [];
  for await (const block of readBlocks(pieces(bytes, size))) found.push(block);
  return found;
}

describe('blocks of the Native format', () => {
  it('give back what was written, however the bytes come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(ROW, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 999 }),
        async (rows, size) => {
          const bytes = blockOf(
            COLUMNS,
            rows.length,
            COLUMNS.map((_, column) => rows.map((row) => row[column]!)),
          );
          const found = await blocks(Buffer.concat([bytes, bytes]), size);
          expect(found).toHaveLength(2);
          for (const block of found) {
            const column = (at: number) => rows.map((row) => row[at]);
            expect(block.texts(0)).toEqual(column(0));
            expect([...block.integers(1)]).toEqual(column(1));
            expect([...block.integers(2)]).toEqual(column(2));
            expect([...block.bigints(3)]).toEqual(column(3));
            expect([...block.doubles(4)]).toEqual(column(4));
            expect(block.decimals(5)).toEqual(column(5));
            expect(block.decimals(6)).toEqual(column(6)!.map((rate) => BigInt(rate as number)));
          }
        },
      ),
    );
  });

  it('that end too soon are an error, never fewer rows', async () => {
    const bytes = blockOf([['id', 'text']], 2, [['a', 'bc']]);
    for (let cut = 1; cut < bytes.length; cut++)
      await expect(blocks(bytes.subarray(0, cut), 3)).rejects.toThrow('ended');
  });

  it('have NULL where there is one, and wide decimals of either sign', async () => {
    const wide = Buffer.alloc(32);
    wide.writeBigInt64LE(-1n, 0);
    wide.writeBigInt64LE(-1n, 8);
    wide.writeBigInt64LE(5n, 24);
    const name = (text: string) => Buffer.from([text.length, ...Buffer.from(text)]);
    const head = Buffer.concat([Buffer.from([1, 2]), name('d'), name('Nullable(Decimal(38, 4))'), Buffer.from([0, 1])]);
    const [block] = await blocks(Buffer.concat([head, wide]), 7);
    expect(block!.rows()).toEqual([{ d: -1n }, { d: null }]);
    expect(block!.decimals(0)[0]).toBe(-1n);
    expect(() => block!.texts(0)).toThrow(TypeError);
  });

  it('make a table of the same columns', () => {
    expect(columnList(COLUMNS.slice(0, 3))).toBe('id String, day Date, n Int32');
  });

  it('E446: a day that no table has; a bound is as far as there is', () => {
    expect(() => blockOf([['day', 'day']], 1, [[-1]])).toThrow('E446');
    expect(blockOf([['day', 'bound']], 2, [[-1, 70_000]]).subarray(-4)).toEqual(Buffer.from([0, 0, 255, 255]));
  });
});
