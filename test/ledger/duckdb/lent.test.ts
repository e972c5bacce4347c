import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DuckDBStore } from '../../../src/ledger/duckdb/store.ts';
import type { ColumnType } from '../../../src/ledger/store.ts';

const COLUMNS: readonly (readonly [string, ColumnType])[] = [
  ['name', 'text'],
  ['n', 'integer'],
  ['day', 'day'],
  ['amount', 'amount'],
  ['factor', 'double'],
];
/** More than two chunks of the engine. */
const LENGTH = 5_000;
const factors = Float64Array.from({ length: LENGTH }, (_, i) => i / 4);
const numbers = Int32Array.from({ length: LENGTH }, (_, i) => i);
const amounts = BigInt64Array.from({ length: LENGTH }, (_, i) => BigInt(i) * 10_001n);
const names = Array.from({ length: LENGTH }, (_, i) => (i % 7 === 0 ? null : `a name of some length, ${i}`));
const values = (start: number, end: number) => [
  names.slice(start, end),
  numbers.subarray(start, end),
  numbers.subarray(start, end),
  amounts.subarray(start, end),
  factors.subarray(start, end),
];

describe('values that are lent', () => {
  let scratch: string;
  let store: DuckDBStore;

  beforeEach(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'clv-lent-'));
    store = await DuckDBStore.open(scratch);
  });
  afterEach(async () => {
    await store.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  it('are the rows that a table filled with them has, as often as they are read', async () => {
    await store.fill('filled', COLUMNS, LENGTH, values);
    await store.lend('lent_rows', COLUMNS, LENGTH, values);
    for (let turn = 0; turn < 2; turn++) {
      const [row] = await store.rows(
        `SELECT count(*) AS n FROM (SELECT * FROM filled EXCEPT ALL SELECT * FROM lent_rows)`,
      );
      expect(row).toEqual({ n: 0n });
    }
    expect(await store.rows('SELECT * FROM lent_rows WHERE n IN (0, 2048, 4999) ORDER BY n')).toEqual(
      [0, 2048, 4999].map((n) => ({
        name: names[n],
        n,
        day: n,
        amount: BigInt(n) * 10_001n,
        factor: n / 4,
      })),
    );
  });

  it('are counted without a column, and read by some of them in another order', async () => {
    await store.lend('lent_rows', COLUMNS, LENGTH, values);
    expect(await store.rows('SELECT count(*) AS n FROM lent_rows')).toEqual([{ n: BigInt(LENGTH) }]);
    expect(await store.rows('SELECT max(factor) AS factor, min(n) AS n FROM lent_rows WHERE name IS NOT NULL')).toEqual(
      [{ factor: 4999 / 4, n: 1 }],
    );
  });

  it('may be none, may be others under the same name, and are gone once they are dropped', async () => {
    await store.lend('lent_rows', COLUMNS, 0, () => []);
    expect(await store.rows('SELECT * FROM lent_rows')).toEqual([]);
    await store.lend('lent_rows', [['other', 'double']], 3, (start, end) => [
      Float64Array.of(1, 2, 3).subarray(start, end),
    ]);
    expect(await store.rows('SELECT sum(other) AS sum FROM lent_rows')).toEqual([{ sum: 6 }]);
    await store.drop('lent_rows');
    await expect(store.rows('SELECT * FROM lent_rows')).rejects.toThrow('lent_rows');
    await expect(store.rows("SELECT * FROM lent('lent_rows')")).rejects.toThrow(
      'nothing of the name lent_rows is lent',
    );
  });

  it('that cannot be told are an error, not a crash', async () => {
    await store.lend('lent_rows', [['n', 'integer']], 3, () => {
      throw new Error('no such values');
    });
    await expect(store.rows('SELECT * FROM lent_rows')).rejects.toThrow('no such values');
  });

  it('are read once the store is sealed', async () => {
    await store.seal();
    await store.lend('lent_rows', COLUMNS, LENGTH, values);
    expect(await store.rows('SELECT count(DISTINCT factor) AS n FROM lent_rows')).toEqual([{ n: BigInt(LENGTH) }]);
  });
});
