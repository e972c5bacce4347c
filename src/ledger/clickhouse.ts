import type { RemoteTable } from '../base/remote-table.ts';
import { parseAddress } from './clickhouse-address.ts';
import { ClickHouseStore } from './clickhouse-store.ts';
import { ClickHouseTable } from './clickhouse-table.ts';
import type { Ledger } from './ledger.ts';
import { SqlLedger } from './sql-ledger.ts';

/** The ledger on a ClickHouse server, and the table that an address names. Nothing is sent yet. E441 */
export function openClickHouse(
  text: string,
  password: string,
): { readonly ledger: Ledger; readonly table: RemoteTable } {
  const address = parseAddress(text);
  const store = new ClickHouseStore(address, password);
  const table = new ClickHouseTable(store, address);
  return { ledger: new SqlLedger(store, table), table };
}
