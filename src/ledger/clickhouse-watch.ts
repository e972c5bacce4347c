import type { DescribedChoice, OrderTotals, RemoteSeen, ValueRows } from '../base/remote-table.ts';
import { NAMED } from './clickhouse-cells.ts';
import { amountIn } from './clickhouse-columns.ts';
import { STAGES } from './clickhouse-stages.ts';
import { firstText } from './clickhouse-values.ts';
import { count, type Row, type Store, units } from './store.ts';

const COUNTED = `stage = ${STAGES.transaction}`;

/** Looks at the rows that are transactions. @param rows all with their stages, as they stand after FROM */
export async function lookAt(store: Store, rows: string, { watch }: DescribedChoice): Promise<RemoteSeen> {
  const { sums, quantity, order, key } = watch;
  const values: (readonly ValueRows[])[] = [];
  for (const columns of watch.values) values.push((await store.rows(valuesOf(rows, columns))).map(valueRows));
  const single = [
    ...sums.flatMap((column, i) => sumsOf(column, i)),
    ...(quantity === null ? [] : quantityOf(quantity)),
  ];
  const [row] =
    single.length === 0 ? [{}] : await store.rows(`SELECT ${single.join(', ')} FROM ${rows} WHERE ${COUNTED}`);
  const [orders] = order === null ? [null] : await store.rows(ordersOf(rows, order, key));
  const [repeats] = key === null ? [{}] : await store.rows(repeatsOf(rows, key));
  return {
    values,
    sums: sums.map((_, i) => ({ records: count(row![`n${i}`]), amount: units(row![`s${i}`]) })),
    quantity: { records: count(row!['nq']), amount: units(row!['sq']) },
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

/** A cell that is there and not zero, with what it holds as far as it can be read. */
function sumsOf(column: number, i: number): readonly string[] {
  const [value, fault, blank] = [NAMED.units(column), NAMED.fault(column), NAMED.blank(column)];
  const some = `NOT ${blank} AND (${fault} <> 0 OR ${value} <> 0)`;
  return [`countIf(${some}) AS n${i}`, `sumIf(${amountIn(value)}, ${some} AND ${fault} = 0) AS s${i}`];
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
  return `SELECT count(*) AS all_orders, countIf(kinds = 1) AS orders, sumIf(n, kinds = 1) AS records, sumIf(once, kinds = 1) AS one,
  sumIf(once * toInt64(n), kinds = 1) AS every FROM (${each}) AS e`;
}

function ordersIn(row: Row): OrderTotals | null {
  const [orders, all] = [count(row['orders']), count(row['all_orders'])];
  if (orders === 0 || orders * 2 < all) return null;
  return { orders, all, records: count(row['records']), once: units(row['one']), counted: units(row['every']) };
}

/** Rows beyond the first of those that are equal in every column. */
function repeatsOf(rows: string, key: number): string {
  const groups = `SELECT count(*) AS c, CAST(min(amount) AS DECIMAL(38,4)) AS one FROM ${rows}
  WHERE ${COUNTED} AND ${NAMED.text(key)} <> '' GROUP BY w HAVING c > 1`;
  return `SELECT sum(c - 1) AS n, sum(one * toInt64(c - 1)) AS amount FROM (${groups}) AS g`;
}
