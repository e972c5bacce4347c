import type { Exports } from '../exports.ts';
import { Ledger, type Opened } from '../ledger.ts';
import type { Address } from './address.ts';
import { customerRows, keepResults } from './into/results.ts';
import { ClickHouseStore } from './store.ts';
import { ClickHouseTable } from './table.ts';

/** The ledger on a ClickHouse server, and the table that an address names. Nothing is sent yet. */
export function openClickHouse(address: Address, password: string): Opened {
  const store = new ClickHouseStore(address, password);
  const table = new ClickHouseTable(store, address);
  const exports: Exports = {
    keep: (target, names, list, expected) =>
      keepResults(store, address, target, { names, select: customerRows(list), summed: 'clv', expected }),
  };
  return { ledger: new Ledger(store, table, exports), table, book: null };
}
