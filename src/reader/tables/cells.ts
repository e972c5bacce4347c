import { type Day, parseIsoDay } from '../../base/calendar.ts';
import { Decimal } from '../../base/decimal.ts';
import { ClvError } from '../../base/errors.ts';
import { parseRate, type RateKind } from '../../base/rates.ts';
import { Amounts } from '../amounts/amounts.ts';
import { plainName } from '../columns.ts';
import { badCell, type Table, type TableRow } from './table.ts';

/** An ISO day in a hand-made table. E254. */
export function dayCell(table: Table, row: TableRow, column: number): Day {
  const day = parseIsoDay(row.cells[column]!);
  if (day === null) throw badCell(table, row, column, 'is not a date that exists', 'write it as YYYY-MM-DD');
  return day;
}

/** An exact amount in units of 10^-4, by the grammar of transactions with a decimal point. E254. */
export function amountCell(table: Table, row: TableRow, column: number): bigint {
  const units = new Amounts({ mark: '.' }).read(row.cells[column]!);
  if (typeof units === 'bigint') return units;
  const problem = units === 'E202' ? 'has more than 4 decimals' : 'is not an amount';
  throw badCell(table, row, column, problem, 'write it like 12.50');
}

/** An amount of zero or more. E254. */
export function positiveCell(table: Table, row: TableRow, column: number): bigint {
  const units = amountCell(table, row, column);
  if (units < 0n) throw badCell(table, row, column, 'is negative', 'give 0 or more');
  return units;
}

/** A rate as a fraction. E254. */
export function rateCell(table: Table, row: TableRow, column: number, kind: RateKind): Decimal {
  const found = parseRate(row.cells[column]!, kind);
  if (found instanceof Decimal) return found;
  throw badCell(table, row, column, found.problem, found.remedy);
}

const COUNT = /^\d{1,12}$/;

/** A whole number of customers. E254. */
export function customersCell(table: Table, row: TableRow, column: number): number {
  const text = row.cells[column]!;
  if (COUNT.test(text)) return Number(text);
  const problem = text.startsWith('-') ? 'is negative' : 'is not a whole number of customers';
  throw badCell(table, row, column, problem, 'give counts of customers, not shares');
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
  const values = { problem: `${found.length} columns ${names[0]!} in the ${what}`, remedy };
  throw new ClvError('E255', { ...values, columns: table.header.join(', ') }, table.headerPlace);
}

/** The position of a column that must be there. E255. */
export function neededColumn(table: Table, names: readonly string[], layout: Layout): number {
  const at = columnOf(table, names, layout);
  if (at >= 0) return at;
  const values = { problem: `no column ${names[0]!} in the ${layout.what}`, remedy: layout.remedy };
  throw new ClvError('E255', { ...values, columns: table.header.join(', ') }, table.headerPlace);
}

/** The row of each name, which no two share, whatever their case. E254. */
export function namesOf(table: Table, column: number): ReadonlyMap<string, TableRow> {
  const rows = new Map<string, TableRow>();
  for (const row of table.rows) {
    const name = row.cells[column]!;
    if (name === '') throw badCell(table, row, column, 'is blank', 'name who it is');
    const before = rows.get(name.toLowerCase());
    if (before) throw badCell(table, row, column, `stands already on line ${before.line}`, 'give each a line');
    rows.set(name.toLowerCase(), row);
  }
  return rows;
}
