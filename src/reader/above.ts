import { ClvError } from '../base/errors.ts';
import { isAmount } from './amounts/amounts.ts';
import { DATE_FORMATS, DateFormat } from './dates/dates.ts';
import { timeStart } from './dates/times.ts';
import type { Head } from './header.ts';
import type { Reading } from './layouts/bind.ts';
import { columnsOf } from './layouts/expression.ts';

/** Notes may stand above a header, and no transactions: they would be lost. E224. */
export function checkAbove({ columns, notes, notePlaces }: Head, { date, amount }: Reading): void {
  const money = columnsOf(amount);
  const isData = (row: readonly string[]): boolean =>
    row.length === columns.length &&
    date.some((column) => isDate(row[column]!)) &&
    money.some((column) => isAmount(row[column]!, null));
  const found = notes.findIndex(isData);
  if (found >= 0) throw new ClvError('E224', {}, notePlaces[found]);
}

/** Whether any of the usual formats reads the day of a text. */
function isDate(text: string): boolean {
  const day = text.slice(0, timeStart(text)).trim();
  return DATE_FORMATS.some((name) => typeof DateFormat.of(name)!.dated(day) === 'object');
}
