import { type Day, parseIsoDay } from '../base/calendar.ts';
import { Amounts } from './amounts.ts';
import { badCell, type Table, type TableRow } from './table.ts';

/** An ISO day in a hand-made table. E254. */
export function dayCell(table: Table, row: TableRow, column: number): Day {
  const day = parseIsoDay(row.cells[column]!);
  if (day === null) throw badCell(table, row, column, 'is not a date that exists', 'write it as YYYY-MM-DD');
  return day;
}

/** An exact amount in units of 10^-4, by the grammar of transactions with a decimal point. E254. */
export function amountCell(table: Table, row: TableRow, column: number): bigint {
  const units = new Amounts('.').read(row.cells[column]!);
  if (typeof units === 'bigint') return units;
  const problem = units === 'E202' ? 'has more than 4 decimals' : 'is not an amount';
  throw badCell(table, row, column, problem, 'write it like 12.50');
}
