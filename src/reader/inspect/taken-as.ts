import { plainName } from '../columns.ts';
import { positionsIn, type Reading } from '../layouts/bind.ts';
import { columnsOf } from '../layouts/expression.ts';
import {
  isCurrencyColumn,
  isKeyColumn,
  isOrderColumn,
  isPriceColumn,
  isQuantityColumn,
  isRefundColumn,
  isStatusColumn,
} from '../rows/words.ts';
import type { ColumnProfile } from './profile.ts';

/** What a column was taken for. `key`: its few values can segment the customers, or tell margins apart. */
export type TakenAs =
  | 'customer'
  | 'date'
  | 'amount'
  | 'currency'
  | 'status'
  | 'refund'
  | 'order'
  | 'transaction'
  | 'quantity'
  | 'price'
  | 'rule'
  | 'key'
  | 'other';

const BY_NAME: readonly (readonly [(name: string) => boolean, TakenAs])[] = [
  [isCurrencyColumn, 'currency'],
  [isRefundColumn, 'refund'],
  [isStatusColumn, 'status'],
  [isOrderColumn, 'order'],
  [isKeyColumn, 'transaction'],
  [isQuantityColumn, 'quantity'],
  [isPriceColumn, 'price'],
];

/** More values than these are no segments. */
const MOST_SEGMENTS = 100;

/** What each column is by the reading of the file where there is one, else by its name and what it holds. */
export function takenAs(
  header: readonly string[],
  reading: Reading | null,
  profiles: readonly (ColumnProfile | null)[],
  records: number,
): readonly TakenAs[] {
  const roles = new Map<number, TakenAs>();
  if (reading) {
    for (const column of positionsIn(reading)) roles.set(column, 'rule');
    for (const column of reading.currency) roles.set(column, 'currency');
    for (const { column } of reading.rules) roles.set(column, 'status');
    if (reading.order) roles.set(reading.order.column, 'order');
    for (const column of columnsOf(reading.amount)) roles.set(column, 'amount');
    for (const column of reading.date) roles.set(column, 'date');
    for (const column of [...reading.customer, ...(reading.unless?.customer ?? [])]) roles.set(column, 'customer');
  }
  return header.map((name, column) => {
    const plain = plainName(name);
    return (
      roles.get(column) ?? BY_NAME.find(([test]) => test(plain))?.[1] ?? byContent(profiles[column] ?? null, records)
    );
  });
}

/** A value of a key stands, on the whole, in two records or more. */
function byContent(profile: ColumnProfile | null, records: number): TakenAs {
  if (profile === null || profile.more) return 'other';
  const { distinct, blanks } = profile;
  return distinct > 1 && distinct <= MOST_SEGMENTS && 2 * distinct <= records - blanks ? 'key' : 'other';
}
