import { type Day, parseIsoDay } from '../../base/calendar.ts';
import { Decimal } from '../../base/decimal.ts';
import { parseRate, type RateKind } from '../../base/rates.ts';
import { Amounts } from '../amounts/amounts.ts';
import { plainName } from '../columns.ts';
import { badCell, badColumns, type Table, type TableRow, unreadCell } from './table.ts';

/** An ISO day in a hand-made table. E254. */
export function dayCell(table: Table, row: TableRow, column: number): Day {
  const day = parseIsoDay(row.cells[column]!);
  if (day === null) throw badCell(table, row, column, 'no date');
  return day;
}

/** An exact amount in units of 10^-4, by the grammar of transactions with a decimal point. E254. */
export function amountCell(table: Table, row: TableRow, column: number): bigint {
  const units = new Amounts({ mark: '.' }).read(row.cells[column]!);
  if (typeof units === 'bigint') return units;
  throw badCell(table, row, column, units === 'E202' ? 'long amount' : 'no amount');
}

/** An amount of zero or more. E254. */
export function positiveCell(table: Table, row: TableRow, column: number): bigint {
  const units = amountCell(table, row, column);
  if (units < 0n) throw badCell(table, row, column, 'negative');
  return units;
}

/** A rate as a fraction. E254. */
export function rateCell(table: Table, row: TableRow, column: number, kind: RateKind): Decimal {
  const found = parseRate(row.cells[column]!, kind);
  if (found instanceof Decimal) return found;
  throw unreadCell(table, row, column, found);
}

const COUNT = /^\d{1,12}$/;

/** A whole number of customers. E254. */
export function customersCell(table: Table, row: TableRow, column: number): number {
  const text = row.cells[column]!;
  if (COUNT.test(text)) return Number(text);
  throw badCell(table, row, column, text.startsWith('-') ? 'negative customers' : 'no customers');
}

/** A kind of hand-made table, for messages. */
export interface Layout {
  readonly what: string;
  /** Which columns it takes. */
  readonly remedy: string;
}

/** Position of the column with one of these names, the first being the usual one; -1: there is none. E255 where there are several. */
export function columnOf(table: Table, names: readonly string[], { what, remedy }: Layout): number {
  const wanted = names.map(plainName);
  const found = table.header.flatMap((title, at) => (wanted.includes(plainName(title)) ? [at] : []));
  if (found.length < 2) return found[0] ?? -1;
  throw badColumns(table, 'columns', { count: found.length, name: names[0]!, what, remedy });
}

/** The position of a column that must be there. E255. */
export function neededColumn(table: Table, names: readonly string[], layout: Layout): number {
  const at = columnOf(table, names, layout);
  if (at >= 0) return at;
  throw badColumns(table, 'no column', { name: names[0]!, ...layout });
}

/** The row of each name, which no two share, whatever their case. E254. */
export function namesOf(table: Table, column: number): ReadonlyMap<string, TableRow> {
  const rows = new Map<string, TableRow>();
  for (const row of table.rows) {
    const name = row.cells[column]!;
    if (name === '') throw badCell(table, row, column, 'blank', { remedy: 'name who it is' });
    const before = rows.get(name.toLowerCase());
    if (before) throw badCell(table, row, column, 'name twice', { line: before.line });
    rows.set(name.toLowerCase(), row);
  }
  return rows;
}
