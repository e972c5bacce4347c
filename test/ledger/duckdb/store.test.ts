import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DuckDBStore } from '../../../src/ledger/duckdb/store.ts';

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
});
