import type { Counted, DescribedChoice, OrderTotals, RemoteSeen, ValueRows } from '../../../data/remote-table.ts';
import { count, type Row, type Store, units } from '../../store.ts';
import { amountIn, MONEY_FAULTS } from '../columns.ts';
import { NAMED } from './cells.ts';
import { returnsOf, STAGES } from './stages.ts';
import { firstText } from './values.ts';

const COUNTED = `stage = ${STAGES.transaction}`;

/** Looks at the rows that are transactions. @param rows all with their stages, as they stand after FROM */
export async function lookAt(store: Store, rows: string, choice: DescribedChoice): Promise<RemoteSeen> {
  const { watch } = choice;
  const { sums, quantity, order, key } = watch;
  const values: (readonly ValueRows[])[] = [];
  for (const columns of watch.values) values.push((await store.rows(valuesOf(rows, columns))).map(valueRows));
  const single = [
    ...sums.flatMap((column, i) => sumsOf(column, i)),
    ...(quantity === null ? [] : quantityOf(quantity)),
    ...returnsIn(choice),
  ];
  const [row] =
    single.length === 0 ? [{}] : await store.rows(`SELECT ${single.join(', ')} FROM ${rows} WHERE ${COUNTED}`);
  const [orders] = order === null ? [null] : await store.rows(ordersOf(rows, order, key));
  const [repeats] = key === null ? [{}] : await store.rows(repeatsOf(rows, key));
  return {
    values,
    sums: sums.map((_, i) => ({ above: counted(row!, `a${i}`), below: counted(row!, `b${i}`) })),
    quantity: counted(row!, 'q'),
    returns: counted(row!, 'r'),
    orders: orders ? ordersIn(orders) : null,
    repeats: { records: count(repeats!['n']), amount: units(repeats!['amount']) },
  };
}

/** Rows and money by the value of the first column that is not blank. */
function valuesOf(rows: string, columns: readonly number[]): string {
  return `SELECT ${firstText(columns, NAMED)} AS text, count(*) AS n, sum(amount) AS money FROM ${rows} WHERE ${COUNTED} GROUP BY 1 ORDER BY n DESC, text`;
}

function valueRows(row: Row): ValueRows {
  return { value: String(row['text']), records: count(row['n']), amount: units(row['money']) };
}

/** Cells above zero, and below, with what they hold. */
function sumsOf(column: number, i: number): readonly string[] {
  const [value, fault, blank] = [NAMED.units(column), NAMED.fault(column), NAMED.blank(column)];
  const sum = (name: string, sign: string): readonly string[] => {
    const test = `NOT ${blank} AND ${fault} IN (0, ${MONEY_FAULTS.long}) AND ${value} ${sign} 0`;
    return [`countIf(${test}) AS n${name}`, `sumIf(${amountIn(value)}, ${test}) AS s${name}`];
  };
  return [...sum(`a${i}`, '>'), ...sum(`b${i}`, '<')];
}

function counted(row: Row, name: string): Counted {
  return { records: count(row[`n${name}`]), amount: units(row[`s${name}`]) };
}

/** Rows with money, of which something came back. */
function returnsIn(choice: DescribedChoice): readonly string[] {
  const { numbers, texts } = returnsOf(choice);
  const tests = [
    ...numbers.map((column) => `NOT ${NAMED.blank(column)} AND ${NAMED.units(column)} < 0`),
    ...texts.map((column) => `match(${NAMED.text(column)}, '^-.*[1-9]')`),
  ];
  return tests.flatMap((test) => {
    const found = `amount > 0 AND (${test})`;
    return [`countIf(${found}) AS nr`, `sumIf(amount, ${found}) AS sr`];
  });
}

function quantityOf(column: number): readonly string[] {
  const other = `NOT ${NAMED.blank(column)} AND (${NAMED.fault(column)} <> 0 OR ${NAMED.units(column)} <> ${amountOne})`;
  return [`countIf(${other}) AS nq`, `sumIf(amount, ${other}) AS sq`];
}

const amountOne = 10_000;

/** Orders with several rows. Rows that are equal as a whole are one of their order where they are looked for. */
function ordersOf(rows: string, order: number, key: number | null): string {
  const lines = key === null ? 'count(*)' : 'uniqExact(w)';
  const each = `SELECT ${lines} AS n, uniqExact(mh) AS kinds, CAST(min(amount) AS DECIMAL(38,4)) AS once FROM ${rows}
  WHERE ${COUNTED} AND ${NAMED.text(order)} <> '' GROUP BY ${NAMED.text(order)} HAVING n > 1`;
  return `SELECT count(*) AS several, countIf(kinds = 1) AS orders, sumIf(n, kinds = 1) AS records, sumIf(once, kinds = 1) AS one,
  sumIf(once * toInt64(n), kinds = 1) AS every FROM (${each}) AS e`;
}

function ordersIn(row: Row): OrderTotals | null {
  const orders = count(row['orders']);
  if (orders === 0) return null;
  return {
    orders,
    all: count(row['several']),
    records: count(row['records']),
    once: units(row['one']),
    counted: units(row['every']),
  };
}

/** Rows beyond the first of those that are equal in every column. */
function repeatsOf(rows: string, key: number): string {
  const groups = `SELECT count(*) AS c, CAST(min(amount) AS DECIMAL(38,4)) AS one FROM ${rows}
  WHERE ${COUNTED} AND ${NAMED.text(key)} <> '' GROUP BY w HAVING c > 1`;
  return `SELECT sum(c - 1) AS n, sum(one * toInt64(c - 1)) AS amount FROM (${groups}) AS g`;
}
