import { isoOf } from '../../../base/calendar.ts';
import { ClvError } from '../../../base/errors.ts';
import { AMOUNT_SCALE, exactText } from '../../../base/money.ts';
import type { Book } from '../../../data/books/book.ts';
import { differingTotal } from '../../../data/transactions.ts';
import type { BookChange, Equal, NewAdd } from '../../book-change.ts';
import { count, dayOrNull, totalsFrom, units } from '../../store.ts';
import { DuckDBIntake } from '../open.ts';
import type { DuckDBStore } from '../store.ts';
import { LIVE, nextNumber } from './read.ts';
import { keptName } from './tables.ts';

/** Days since 1970-01-01, as they are summed. */
const DAY_NUMBER = `CAST(day - DATE '1970-01-01' AS BIGINT)`;

/** What is summed over rows with a `customer_id`. */
export const SUMS = `count(*) AS records, sum(amount) AS amount, sum(${DAY_NUMBER}) AS days,
  CAST(sum(strlen(customer_id)) AS BIGINT) AS id_bytes`;

/** The sum over rows of a hash of their texts, whatever their order. */
export function checksumOf(columns: readonly string[]): string {
  const texts = ['customer_id', 'CAST(day AS VARCHAR)', 'CAST(amount AS VARCHAR)', ...columns];
  return `sum(md5_number_lower(concat_ws(chr(31), ${texts.join(', ')})))`;
}

/**
 * Reads a file beside the book, and takes it in: all of it in SQL. The rows stand in the table `incoming` until what came
 * before is taken out of them.
 */
export async function addTo(
  store: DuckDBStore,
  book: Book,
  read: Parameters<BookChange['add']>[0],
): ReturnType<BookChange['add']> {
  const number = nextNumber(book);
  const columns = book.kept.map((_, i) => keptName(i));
  const intake = new DuckDBIntake(store);
  const added = await read(intake);
  const texts = columns.map((name, i) => `, k${i} AS ${name}`);
  await store.create('incoming', `SELECT customer_id, day, amount${texts.join('')} FROM ${await intake.rows()} AS r`);
  await intake.done();
  const [came] = await store.rows(`SELECT ${SUMS}, min(day) AS first_day, max(day) AS last_day FROM incoming`);
  const differing = differingTotal(added.totals, totalsFrom(came!));
  if (differing) throw new ClvError('E501', differing);
  const { once } = added;
  const equal = once === null ? await equalRows(store, columns) : NONE;
  if (once !== null) await takeOutKnown(store, book, number, { ...added, once }, columns);
  await store.run(`INSERT INTO book.main.customers
SELECT (SELECT coalesce(max(customer), 0) FROM book.main.customers) + row_number() OVER (ORDER BY customer_id), customer_id
FROM (SELECT DISTINCT customer_id FROM incoming WHERE customer_id NOT IN (SELECT customer_id FROM book.main.customers)) AS i`);
  await store.run(`INSERT INTO book.main.transactions
SELECT c.customer, i.day, i.amount${columns.map((name) => `, i.${name}`).join('')}, ${number}, NULL
FROM incoming AS i JOIN book.main.customers AS c ON i.customer_id = c.customer_id ORDER BY c.customer, i.day`);
  await note(store, number, added, columns);
  for (const name of added.single) await mustBeSingle(store, book, name);
  return { number, equal };
}

/** Writes the line of an add. What it holds is counted where it stands. */
async function note(store: DuckDBStore, number: number, added: NewAdd, columns: readonly string[]): Promise<void> {
  const { addedAt, file, layout, options, reading } = added;
  await store.rows(
    `INSERT INTO book.main.adds SELECT ${number}, $1, $2, $3, CAST($4 AS BIGINT), CAST($5 AS BIGINT), CAST($6 AS BIGINT),
  records, coalesce(amount, 0), coalesce(days, 0), coalesce(id_bytes, 0), coalesce(checksum, 0), NULLIF($7, ''), $8, $9, NULL
FROM (SELECT ${SUMS}, ${checksumOf(columns)} AS checksum FROM book.main.transactions AS t
  JOIN book.main.customers AS c ON t.customer = c.customer WHERE t.add = ${number}) AS s`,
    [
      addedAt,
      file.name,
      file.sha256,
      String(file.bytes),
      String(file.records),
      String(file.rejected),
      layout ?? '',
      options,
      reading,
    ],
  );
}

const NONE: Equal = { records: 0, amount: 0n };

/** Incoming rows that are equal to some of the book in all that is kept, as many as stand in both. */
async function equalRows(store: DuckDBStore, columns: readonly string[]): Promise<Equal> {
  const all = ['customer_id', 'day', 'amount', ...columns];
  const same = all.map((name) => `o.${name} = n.${name}`).join(' AND ');
  const [row] =
    await store.rows(`SELECT sum(least(n.many, o.many)) AS records, sum(least(n.many, o.many) * n.amount) AS amount
FROM (SELECT ${all.join(', ')}, count(*) AS many FROM incoming GROUP BY ALL) AS n JOIN (
  SELECT ${all.join(', ')}, count(*) AS many FROM ${LIVE}
    AND day BETWEEN (SELECT min(day) FROM incoming) AND (SELECT max(day) FROM incoming) GROUP BY ALL) AS o ON ${same}`);
  return { records: count(row?.['records']), amount: units(row?.['amount']) };
}

/** Keys in examples of what was restated. */
const SHOWN = 3;

/**
 * Takes rows out of what comes in whose key came before: all rows of a key with the same contents are dropped and counted; with
 * other contents they end those before. E490 where that is not wanted.
 */
async function takeOutKnown(
  store: DuckDBStore,
  book: Book,
  number: number,
  { once, restate }: { readonly once: string; readonly restate: boolean },
  columns: readonly string[],
): Promise<void> {
  const key = keptName(book.kept.indexOf(once));
  const content = `count(*) AS many, ${checksumOf(columns)} AS checksum`;
  await store.create('came', `SELECT ${key} AS key, ${content} FROM incoming WHERE ${key} <> '' GROUP BY 1`);
  await store.create(
    'known',
    `SELECT key, o.many = n.many AND o.checksum = n.checksum AS same, o.add AS earlier FROM (
  SELECT ${key} AS key, max(add) AS add, ${content} FROM ${LIVE} AND ${key} IN (SELECT key FROM came) GROUP BY 1) AS o
  JOIN came AS n USING (key)`,
  );
  const [differing] = await store.rows('SELECT count(*) AS n FROM known WHERE NOT same');
  const many = count(differing?.['n']);
  if (many > 0 && !restate) {
    const examples = await examplesOf(store, key);
    throw new ClvError('E490', { count: many, column: once, examples });
  }
  const sums = `coalesce(sum(amount), 0), coalesce(sum(${DAY_NUMBER}), 0), coalesce(CAST(sum(strlen(customer_id)) AS BIGINT), 0)`;
  await store.run(`INSERT INTO book.main.overlaps
SELECT ${number}, earlier, 'repeated', count(*), ${sums}, 0, 0
FROM incoming AS i JOIN known AS k ON i.${key} = k.key WHERE k.same GROUP BY earlier`);
  await store.run(`INSERT INTO book.main.overlaps
SELECT ${number}, o.add, 'restated', o.records, o.amount, o.days, o.id_bytes, coalesce(n.records, 0), coalesce(n.amount, 0) FROM (
  SELECT t.add, ${SUMS} FROM ${LIVE} AND ${key} IN (SELECT key FROM known WHERE NOT same) GROUP BY t.add) AS o
LEFT JOIN (SELECT k.earlier, count(*) AS records, sum(i.amount) AS amount
  FROM incoming AS i JOIN known AS k ON i.${key} = k.key WHERE NOT k.same GROUP BY k.earlier) AS n ON n.earlier = o.add`);
  await store.run(
    `UPDATE book.main.transactions SET ended = ${number} WHERE ended IS NULL AND ${key} IN (SELECT key FROM known WHERE NOT same)`,
  );
  await store.run(`DELETE FROM incoming WHERE ${key} IN (SELECT key FROM known WHERE same)`);
}

/** The first keys with other contents, each with what was and what is, in words. */
async function examplesOf(store: DuckDBStore, key: string): Promise<string> {
  const side = (rows: string): string =>
    `SELECT ${key} AS key, min(customer_id) AS customer, min(day) AS day, sum(amount) AS amount FROM ${rows} GROUP BY 1`;
  const rows =
    await store.rows(`SELECT k.key AS key, o.customer AS old_customer, o.day AS old_day, o.amount AS old_amount,
  n.customer AS new_customer, n.day AS new_day, n.amount AS new_amount
FROM (SELECT key FROM known WHERE NOT same ORDER BY key LIMIT ${SHOWN}) AS k
JOIN (${side(`${LIVE} AND ${key} IN (SELECT key FROM known WHERE NOT same)`)}) AS o ON o.key = k.key
JOIN (${side('incoming')}) AS n ON n.key = k.key ORDER BY k.key`);
  return rows
    .map((row) => {
      const of = (which: string): string =>
        `${row[`${which}_customer`]} ${isoOf(dayOrNull(row[`${which}_day`])!)} ${exactText(units(row[`${which}_amount`]), AMOUNT_SCALE, 2)}`;
      const [was, is] = [of('old'), of('new')];
      return `"${row['key']}" was ${was} and is ${is === was ? 'the same with other texts' : is}`;
    })
    .join('; ');
}

/** E488 for a column that has two values in the book, as of two currencies. */
async function mustBeSingle(store: DuckDBStore, { kept, name: file }: Book, name: string): Promise<void> {
  const column = keptName(kept.indexOf(name));
  const rows = await store.rows(
    `SELECT upper(${column}) AS value, max(add) AS last FROM book.main.transactions WHERE ended IS NULL AND ${column} <> ''
GROUP BY 1 ORDER BY min(add), 1 LIMIT 2`,
  );
  if (rows.length < 2) return;
  const [first, second] = rows.map((row) => String(row['value']));
  throw new ClvError('E488', { what: `the column ${name}`, found: second!, wanted: first! }, { file });
}
