import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../../../src/ledger/clickhouse/address.ts';
import { keepResults } from '../../../../src/ledger/clickhouse/into/results.ts';
import type { ClickHouseStore } from '../../../../src/ledger/clickhouse/store.ts';

/** A server without tables, that wrote other rows than it was told to. */
function store(held: { readonly n: bigint; readonly total: bigint }) {
  const said: string[] = [];
  const last: (() => Promise<void>)[] = [];
  const run = async (sql: string) => {
    said.push(sql.split(' ')[0]!);
  };
  const fake = {
    rowsBy: async (sql: string) => (sql.includes('sum(') ? [held] : []),
    run,
    server: { run },
    atEnd: (drop: () => Promise<void>) => last.push(drop),
  };
  return { said, last, store: fake as unknown as ClickHouseStore };
}

const ADDRESS = parseAddress('clickhouse://db/shop/tx');
const WANTED = { names: ['id', 'clv'], select: 'SELECT 1', summed: 'clv', expected: { rows: 2, sum: 500n } };

describe('results that are kept', () => {
  it.each([
    ['rows', { n: 1n, total: 500n }],
    ['money', { n: 2n, total: 499n }],
  ])('E458: are not what was computed, by their %s, and take nobody’s place', async (_, held) => {
    const { said, last, store: server } = store(held);
    await expect(keepResults(server, ADDRESS, 'clv', WANTED)).rejects.toThrow('E458');
    for (const drop of last) await drop();
    expect(said).toEqual(['CREATE', 'DROP']);
  });

  it('take their place when they are, and their working table goes at the end', async () => {
    const { said, last, store: server } = store({ n: 2n, total: 500n });
    await keepResults(server, ADDRESS, 'other.clv', WANTED);
    for (const drop of last) await drop();
    expect(said).toEqual(['CREATE', 'RENAME', 'DROP']);
  });

  it.each(['tx', 'shop.tx'])('E457: never take the place of the transactions, %s', async (name) => {
    const { said, store: server } = store({ n: 0n, total: 0n });
    await expect(keepResults(server, ADDRESS, name, WANTED)).rejects.toThrow('E457');
    expect(said).toEqual([]);
  });
});
