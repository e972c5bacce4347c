import { ClvError } from '../../base/errors.ts';
import { AMOUNT_INTEGER_DIGITS, AMOUNT_SCALE } from '../../base/money.ts';
import type { RemoteChoice } from '../../data/remote-table.ts';
import { count, type Row } from '../store.ts';
import { quoted } from './address.ts';
import * as sql from './columns.ts';

/** A reason why rows cannot be read: when it holds, what is said of them, and what helps. */
interface Fault {
  readonly test: string;
  readonly problem: string;
  readonly remedy: string;
}

/**
 * The reasons why rows cannot be read, the first ones first.
 * @param name how a column is written in SQL
 * @param zone how the zone of instants is
 */
function faultsOf(choice: RemoteChoice, name: (column: string) => string, zone: string | null): readonly Fault[] {
  const { customer, date, amount, keys, round } = choice;
  const [id, day, money] = [name(customer.name), name(date.name), name(amount.name)];
  const remedy = 'correct them, or name a view that leaves them out';
  const texts = [customer, ...keys].map((column) => ({
    test: sql.badText(column, name(column.name)),
    problem: `with a text in "${column.name}" that is not UTF-8, or with a NUL in it`,
    remedy,
  }));
  const long = {
    problem: `with an amount of more than ${AMOUNT_SCALE} decimals`,
    remedy: 'round them all with --round-amounts 2',
  };
  return [
    { test: `${sql.textOf(customer, id)} = ''`, problem: 'with no customer id', remedy },
    ...texts,
    { test: `${day} IS NULL`, problem: 'with no date', remedy },
    { test: sql.badDay(date, day, zone), problem: 'with a date before 1970 or after 2149-06-06', remedy },
    { test: sql.noAmount(amount, money), problem: 'with no amount', remedy },
    {
      test: sql.largeAmount(amount, money),
      problem: `with an amount of more than ${AMOUNT_INTEGER_DIGITS} digits`,
      remedy,
    },
    ...(round === undefined ? [{ test: sql.longAmount(amount, money), ...long }] : []),
  ];
}

/** Counts the rows of each fault, in the columns n0, n1 … */
export function countFaults(
  source: string,
  choice: RemoteChoice,
  name: (column: string) => string,
  zone: string | null,
): string {
  const counts = faultsOf(choice, name, zone).map(({ test }, i) => `countIf(${test}) AS n${i}`);
  return `SELECT count(*) AS n, ${counts.join(', ')} FROM ${source}`;
}

/** E450 for the first fault that rows have, E453 where there are none. */
export function checkFaults(row: Row, choice: RemoteChoice, table: string): void {
  if (count(row['n']) === 0) throw new ClvError('E453', {}, { file: table });
  const shown = faultsOf(choice, pasted, choice.timezone === undefined ? null : `'${choice.timezone}'`);
  for (const [i, { test, problem, remedy }] of shown.entries()) {
    const rows = count(row[`n${i}`]);
    if (rows === 0) continue;
    const query = `SELECT * FROM ${table.replace(/[^.]+/, pasted).replace(/(?<=\.).*/s, pasted)} WHERE ${test}`;
    throw new ClvError('E450', { count: rows, problem, remedy, query }, { file: table });
  }
}

/** An identifier as a person pastes it. */
export function pasted(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : quoted(name);
}
