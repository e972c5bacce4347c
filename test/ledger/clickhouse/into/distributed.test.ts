import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Parts } from '../../../../src/ledger/clickhouse/into/distributed.ts';
import type { ClickHouseServer } from '../../../../src/ledger/clickhouse/server.ts';

const TABLE = { database: 'shop', table: 'clv' };

/** Servers that take a moment for a statement, and what has been done there. */
function servers(count: number) {
  const done: string[] = [];
  const shards = Array.from({ length: count }, (_, shard) => ({
    rowsBy: async () => [{ id: String(shard) }],
    run: async (sql: string) => {
      await setTimeout(20);
      done.push(`${sql.split(' ')[0]} ${shard}`);
    },
    close: async () => {},
  }));
  return { done, parts: new Parts(TABLE, TABLE, shards as unknown as ClickHouseServer[]) };
}

describe('the end of a run', () => {
  it('comes after exchanges that have begun', async () => {
    const { done, parts } = servers(2);
    await parts.create();
    await Promise.all([parts.exchange(), parts.drop()]);
    expect(done).toEqual(['CREATE 0', 'CREATE 1', 'EXCHANGE 0', 'EXCHANGE 1', 'DROP 0', 'DROP 1']);
  });

  it('lets none begin', async () => {
    const { done, parts } = servers(2);
    await parts.create();
    const drop = parts.drop();
    await expect(parts.exchange()).rejects.toThrow('closed');
    await drop;
    expect(done).toEqual(['CREATE 0', 'CREATE 1', 'DROP 0', 'DROP 1']);
  });

  it('lets no table be made', async () => {
    const { done, parts } = servers(2);
    const create = parts.create();
    const [made] = await Promise.allSettled([create, parts.drop()]);
    expect(made.status).toBe('rejected');
    expect(done).not.toContain('CREATE 1');
  });
});
