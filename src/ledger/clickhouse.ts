import type { Address } from './clickhouse-address.ts';
import { ClickHouseStore } from './clickhouse-store.ts';
import { ClickHouseTable } from './clickhouse-table.ts';
import type { Opened } from './registry.ts';
import { SqlLedger } from './sql-ledger.ts';

/** The ledger on a ClickHouse server, and the table that an address names. Nothing is sent yet. */
export function openClickHouse(address: Address, password: string): Opened {
  const store = new ClickHouseStore(address, password);
  const table = new ClickHouseTable(store, address);
  return { ledger: new SqlLedger(store, table), table };
}
