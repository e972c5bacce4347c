import type { Opened } from '../ledger.ts';
import { SqlLedger } from '../sql-ledger.ts';
import type { Address } from './address.ts';
import { ClickHouseStore } from './store.ts';
import { ClickHouseTable } from './table.ts';

/** The ledger on a ClickHouse server, and the table that an address names. Nothing is sent yet. */
export function openClickHouse(address: Address, password: string): Opened {
  const store = new ClickHouseStore(address, password);
  const table = new ClickHouseTable(store, address);
  return { ledger: new SqlLedger(store, table), table };
}
