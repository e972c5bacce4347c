import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { halfEvenUnits } from '../../../src/base/money.ts';
import { DIALECT, DuckDBStore } from '../../../src/ledger/duckdb/store.ts';
import { halfEvenDouble } from '../../../src/ledger/steps/sql.ts';
import { runs } from '../../runs.ts';

describe('statements of the embedded store', () => {
  let scratch: string;
  let store: DuckDBStore;

  beforeEach(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'clv-store-'));
    store = await DuckDBStore.open(scratch);
  });
  afterEach(async () => {
    await store.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  const NUMBERS = 'SELECT range AS n FROM range(10000) ORDER BY n';
  const AT_ONCE = expect.objectContaining({ code: 'E500' });

  it('are refused while another one runs, which goes on', async () => {
    const first = store.rows('SELECT 1 AS one');
    await expect(store.rows('SELECT 2 AS two')).rejects.toEqual(AT_ONCE);
    await expect(store.run('SELECT 2 AS two')).rejects.toEqual(AT_ONCE);
    await expect(store.chunks(NUMBERS)[Symbol.asyncIterator]().next()).rejects.toEqual(AT_ONCE);
    expect(await first).toEqual([{ one: 1 }]);
  });

  it('are refused while rows of another one are read, none of which is lost', async () => {
    let read = 0;
    for await (const chunk of store.chunks(NUMBERS)) {
      await expect(store.rows('SELECT 1 AS one')).rejects.toEqual(AT_ONCE);
      read += chunk.rowCount;
    }
    expect(read).toBe(10_000);
  });

  it('run once the rows before are read, or nobody reads on, or one has failed', async () => {
    for await (const _ of store.chunks(NUMBERS)) break;
    await expect(store.run('SELECT nothing')).rejects.toThrow('nothing');
    expect(await store.rows('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('put a table in the place of a query that is named, and the other way round', async () => {
    for (const value of [1, 2]) {
      await store.create('one', `SELECT ${value} AS v`);
      expect(await store.rows('SELECT v FROM one')).toEqual([{ v: value }]);
      await store.derive('one', `SELECT ${value + 10} AS v`);
      expect(await store.rows('SELECT v FROM one')).toEqual([{ v: value + 10 }]);
      await store.fill('one', [['v', 'integer']], 1, () => [Int32Array.of(value + 20)]);
      expect(await store.rows('SELECT v FROM one')).toEqual([{ v: value + 20 }]);
      await store.lend('one', [['v', 'integer']], 1, () => [Int32Array.of(value + 30)]);
      expect(await store.rows('SELECT v FROM one')).toEqual([{ v: value + 30 }]);
    }
    await store.drop('one');
    await expect(store.rows('SELECT v FROM one')).rejects.toThrow('one');
  });

  it('round doubles half to even as the reader of money does', async () => {
    const doubles = fc.oneof(
      fc.double({ min: -1e13, max: 1e13, noNaN: true }),
      fc.integer({ min: -10_000, max: 10_000 }).map((eighths) => eighths / 8),
      fc.bigInt({ min: -(2n ** 53n), max: 2n ** 53n }).map((halves) => Number(halves) / 2),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(doubles, { minLength: 1, maxLength: 200 }),
        fc.constantFrom(0, 2, 3),
        async (values, digits) => {
          await store.fill('doubles', [['value', 'double']], values.length, (start, end) => [
            Float64Array.from(values.slice(start, end)),
          ]);
          const rounded = await store.rows(`SELECT ${halfEvenDouble('value', digits, DIALECT)} AS units FROM doubles`);
          expect(rounded.map(({ units }) => BigInt(units as bigint))).toEqual(
            values.map((value) => BigInt(halfEvenUnits(value, digits))),
          );
        },
      ),
      { numRuns: runs(60) },
    );
  });
});
