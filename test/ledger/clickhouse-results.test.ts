import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../src/ledger/clickhouse-address.ts';
import { ClickHouseResults } from '../../src/ledger/clickhouse-results.ts';
import type { ClickHouseStore } from '../../src/ledger/clickhouse-store.ts';

/** A server that wrote other rows than it was told to. */
function store(held: { readonly n: bigint; readonly total: bigint }) {
  const said: string[] = [];
  const fake = {
    rows: async () => [],
    rowsBy: async () => [held],
    run: async (sql: string) => said.push(sql),
    atEnd: (sql: string) => said.push(sql),
  };
  return { said, store: fake as unknown as ClickHouseStore };
}

const ADDRESS = parseAddress('clickhouse://db/shop/tx');

describe('results that are kept', () => {
  it.each([
    ['rows', { n: 1n, total: 500n }],
    ['money', { n: 2n, total: 499n }],
  ])('E458: are not what was computed, by their %s, and take nobody’s place', async (_, held) => {
    const { said, store: server } = store(held);
    const write = new ClickHouseResults(server, ADDRESS, 'clv').write(['id', 'clv'], 'SELECT 1', {
      rows: 2,
      sum: 500n,
    });
    await expect(write).rejects.toThrow('E458');
    expect(said.map((sql) => sql.split(' ')[0])).toEqual(['DROP', 'CREATE']);
  });

  it('take their place when they are, and their working table goes at the end', async () => {
    const { said, store: server } = store({ n: 2n, total: 500n });
    await new ClickHouseResults(server, ADDRESS, 'other.clv').write(['id', 'clv'], 'SELECT 1', { rows: 2, sum: 500n });
    expect(said.map((sql) => sql.split(' ')[0])).toEqual(['DROP', 'CREATE', 'RENAME']);
  });

  it('E457: never take the place of the transactions', () => {
    for (const name of ['tx', 'shop.tx'])
      expect(() => new ClickHouseResults(store({ n: 0n, total: 0n }).store, ADDRESS, name)).toThrow('E457');
  });
});
